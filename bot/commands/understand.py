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
from bot.commands._usage import Misuse
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
        for who, moment, words in _lines(batch):
            _ground.say_json(_understood(bot, who, moment, words))
        return
    if who is None or text is None:
        raise Misuse("请写 --as 和要理解的话，或用 --batch。")
    _ground.say_json(_understood(bot, who, at or bot.clock.now(), text))


def _lines(batch: Path) -> Iterator[tuple[str, datetime, str]]:
    # Read as bytes, because only a line feed ends a line of JSON, and one bad line has its number.
    for n, line in enumerate(batch.read_bytes().split(b"\n"), 1):
        if line.strip():
            yield _line(line, f"{batch.name} 第{n}行")


def _line(line: bytes, where: str) -> tuple[str, datetime, str]:
    try:
        parsed = json.loads(line)
        return _words(parsed["as"]), read_moment(parsed["at"]), _words(parsed["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        _ground.refuse(f"{where}要有 as、at（时刻，例：2026-07-31T15:20）、text 三项。")


def _words(value: Any) -> str:
    """Words that a database can hold, or a 编号 written as a number; raises ValueError."""
    words = str(value)
    if not isinstance(value, str | int) or "\0" in words:
        raise ValueError
    words.encode()
    return words


def _understood(bot: Bot, who: str, at: datetime, text: str) -> dict[str, Any]:
    found = bot.dispatcher.understand(_who.person(bot, who), who, at, text)
    first, *others = found or [Understanding("none")]
    return {**_plain(first), "alternatives": [_plain(one) for one in others]}


def _plain(one: Understanding) -> dict[str, Any]:
    return {"handler": one.handler, "fields": dict(one.fields), "missing": list(one.missing)}
