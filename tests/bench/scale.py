"""One month in a small and in a large school: planning, 谁没交 of one branch, calls for equal texts, 点评覆盖 of all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast as typed

from bot.bootstrap import keep_for_good
from bot.channels.wecom import Api, WeComChannel
from bot.delivery import deliver
from bot.dispatcher import Dispatcher
from bot.messages import Message, Parcel, Receipt
from bot.parts import Bot
from bot.scheduler import planning
from storage import owed
from storage.codec import ZONE
from storage.db import Database
from storage.owed import Owed
from tests import cast
from tests.bench import largeschool
from tests.school import School
from tests.sealed import made

OPENING = datetime(2026, 6, 25, 10, tzinfo=ZONE)
AFTER = datetime(2026, 7, 6, 10, tzinfo=ZONE)
REVIEWED = date(2026, 7, 3)
QUESTIONS, REPEATS = 20, 5
STAFF = cast.ACCOUNT["2008030"]


@dataclass
class Counting(WeComChannel):
    """A road that takes everything and counts its calls."""

    calls: list[int] = field(default_factory=list)
    gate = None
    api = typed(Api, "there is one")

    def send(self, accounts: Sequence[str], parcel: Parcel) -> Receipt:
        self.calls.append(len(accounts))
        return Receipt(f"m{len(self.calls)}")


def measure(sizes: Sequence[int], engines: Sequence[tuple[str, Callable[[], str]]], home: Path) -> list[str]:
    """Lines of the table, one school after the other; of other engines than SQLite only 点评覆盖."""
    lines = [
        "| 党员 | 引擎 | 排一个月的提醒 秒 | 每人 ms | 排出 | 同一时刻再排 秒 | 一个支部“谁没交” ms | 1,000条同样的话，调用 | 全校点评覆盖 ms |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return lines + [_line(size, name, make(), home) for size in sizes for name, make in engines]


def _line(size: int, engine: str, url: str, home: Path) -> str:
    database = largeschool.fill(url, size)
    largeschool.review(database, size, REVIEWED)
    largeschool.settle(database)
    bot = made(School(database, OPENING), home)
    keep_for_good()
    covered = _milliseconds(bot.dispatcher, STAFF, "点评覆盖", "应点评", REPEATS)
    others = _others(bot, size) if engine == "SQLite" else " — | — | — | — | — | —"
    database.dispose()
    return f"| {size:,} | {engine} |{others} | {covered:.0f} |"


def _others(bot: Bot, size: int) -> str:
    first, again = _seconds(bot), _seconds(bot)
    with bot.database.reading() as tx:
        planned = tx.connection.exec_driver_sql("SELECT count(*) FROM owed WHERE duty = 'K-05'").scalar()
    asked = _milliseconds(bot.dispatcher, "user0", "谁没交", "未交", QUESTIONS)
    calls = _calls(bot, min(size, 1000))
    return f" {first:.1f} | {first / size * 1000:.2f} | {planned:,} | {again:.1f} | {asked:.1f} | {calls}"


def _seconds(bot: Bot) -> float:
    began = time.perf_counter()
    planning.run(bot, OPENING)
    return time.perf_counter() - began


def _milliseconds(dispatcher: Dispatcher, account: str, words: str, expected: str, times: int) -> float:
    """The median of some turns in which somebody asks the same."""
    taken = []
    for n in range(times):
        message = Message("wecom", account, f"{words}|{n}", "text", AFTER, AFTER, words)
        began = time.perf_counter()
        outcome = dispatcher.handle(message)
        taken.append(time.perf_counter() - began)
        assert expected in outcome.reply, outcome.reply
    return statistics.median(taken) * 1000


def _calls(bot: Bot, people: int) -> int:
    """How many calls bring one text to so many people."""
    road = Counting()
    _clear(bot.database)
    rows = [
        Owed(f"equal|{n}", "text", {"text": "一样的话"}, AFTER, AFTER, person=largeschool.member(n).id)
        for n in range(people)
    ]
    with bot.database.transaction() as tx:
        owed.put(tx, rows)
    deliver(replace(bot, wecom=road), AFTER + timedelta(seconds=5))
    return len(road.calls)


def _clear(database: Database) -> None:
    with database.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM owed")
