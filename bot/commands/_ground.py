"""What every command stands on: settings, the bot, and a refusal as one plain sentence."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NoReturn

import click

from bot import settings as _settings
from bot.bootstrap import bot
from bot.clock import read_moment
from bot.commands import Refusal
from bot.parts import Bot
from storage import settings as kept
from storage.db import Unavailable

UNREACHED = "数据库连不上。第一次使用请先运行：xieshi init；否则请检查 XIESHI_DATABASE_URL。"


class Moment(click.ParamType[datetime]):
    """ISO 8601; without offset Asia/Shanghai."""

    name = "时刻"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Called by click."""
        try:
            return value if isinstance(value, datetime) else read_moment(value)
        except ValueError:
            self.fail(f"“{value}”不是时刻，例：2026-07-31T15:20", param, ctx)


class Day(click.ParamType[date]):
    """A day as 2026-12-01."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Called by click."""
        try:
            return value if isinstance(value, date) else read_moment(f"{value}T00:00").date()
        except ValueError:
            self.fail(f"“{value}”不是日期，例：2026-12-01", param, ctx)


def load() -> Bot:
    """The bot by its settings; every fault of the settings and of the profile at once."""
    try:
        return bot(_settings.load())
    except _settings.Faulty as faulty:
        raise Refusal("\n".join(faulty.faults)) from faulty
    except Unavailable as error:
        raise Refusal(UNREACHED) from error


def ready() -> Bot:
    """The bot on a database that `init` has made."""
    one = load()
    try:
        with one.database.reading() as tx:
            made = tx.connection.dialect.has_table(tx.connection, "setting") and kept.get(tx, "school")
    except Unavailable as error:
        raise Refusal(UNREACHED) from error
    if not made:
        raise Refusal("还没有初始化，请先运行：xieshi init")
    return one


def say_json(value: Any) -> None:
    """One JSON document or line on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


def refuse(sentence: str) -> NoReturn:
    """Stop with exit 1."""
    raise Refusal(sentence)
