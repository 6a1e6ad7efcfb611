"""`xieshi understand`: how a first message is understood; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.clock import read_moment
from bot.commands import _ground, _who
from bot.engine.turn import Understanding
from bot.parts import Bot


@click.command(help="看机器人怎样理解一句话，不写任何东西。")
@click.option("--as", "who", metavar="编号或账号", help="谁在说")
@click.option("--at", type=_ground.Moment(), help="什么时刻（默认现在）")
@click.option(
    "--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="一行一句的 JSONL 文件"
)
@click.argument("text", required=False)
def COMMAND(who: str | None, at: datetime | None, batch: Path | None, text: str | None) -> None:  # noqa: N802
    """Print JSON, one line for each message."""
    bot = _ground.ready()
    if batch is not None:
        for line in _lines(batch):
            _ground.say_json(_understood(bot, line["as"], read_moment(line["at"]), line["text"]))
        return
    if who is None or text is None:
        raise click.UsageError("请写 --as 和要理解的话，或用 --batch。")
    _ground.say_json(_understood(bot, who, at or bot.clock.now(), text))


def _lines(batch: Path) -> Iterator[dict[str, str]]:
    for n, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            parsed = json.loads(line)
            yield {key: str(parsed[key]) for key in ("as", "at", "text")}
        except (ValueError, KeyError, TypeError):
            _ground.refuse(f"{batch.name} 第{n}行要有 as、at、text 三项。")


def _understood(bot: Bot, who: str, at: datetime, text: str) -> dict[str, Any]:
    found = bot.dispatcher.understand(_who.person(bot, who), who, at, text)
    first, *others = found or [Understanding("none")]
    return {**_plain(first), "alternatives": [_plain(one) for one in others]}


def _plain(one: Understanding) -> dict[str, Any]:
    return {"handler": one.handler, "fields": dict(one.fields), "missing": list(one.missing)}
