"""One month in a small and in a large school: planning, 谁没交 of one branch, and calls for equal texts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast as typed

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
from tests.bench import largeschool
from tests.school import School
from tests.sealed import made

OPENING = datetime(2026, 6, 25, 10, tzinfo=ZONE)
AFTER = datetime(2026, 7, 6, 10, tzinfo=ZONE)
QUESTIONS = 20


@dataclass
class Counting(WeComChannel):
    """A road that takes everything and counts its calls."""

    calls: list[int] = field(default_factory=list)
    gate = None
    api = typed(Api, "there is one")

    def send(self, accounts: Sequence[str], parcel: Parcel) -> Receipt:
        self.calls.append(len(accounts))
        return Receipt(f"m{len(self.calls)}")


def measure(sizes: Sequence[int], home: Path) -> list[str]:
    """Lines of the table, one school after the other, on SQLite."""
    lines = [
        "| 党员 | 排一个月的提醒 秒 | 每人 ms | 排出 | 同一时刻再排 秒 | 一个支部“谁没交” ms | 1,000条同样的话，调用 |",
        "|---|---|---|---|---|---|---|",
    ]
    return lines + [_line(size, home) for size in sizes]


def _line(size: int, home: Path) -> str:
    database = largeschool.fill(f"sqlite:///{home.resolve() / f'scale-{size}.db'}", size)
    bot = made(School(database, OPENING), home)
    first, again = _seconds(bot), _seconds(bot)
    with database.reading() as tx:
        planned = tx.connection.exec_driver_sql("SELECT count(*) FROM owed WHERE duty = 'K-05'").scalar()
    asked = _question(bot.dispatcher)
    calls = _calls(bot, min(size, 1000))
    database.dispose()
    return f"| {size:,} | {first:.1f} | {first / size * 1000:.2f} | {planned:,} | {again:.1f} | {asked:.1f} | {calls} |"


def _seconds(bot: Bot) -> float:
    began = time.perf_counter()
    planning.run(bot, OPENING)
    return time.perf_counter() - began


def _question(dispatcher: Dispatcher) -> float:
    """The median of some turns in which the first secretary asks about her branch, in milliseconds."""
    taken = []
    for n in range(QUESTIONS):
        message = Message("wecom", "user0", f"asked|{n}", "text", AFTER, AFTER, "谁没交")
        began = time.perf_counter()
        outcome = dispatcher.handle(message)
        taken.append(time.perf_counter() - began)
        assert "未交" in outcome.reply, outcome.reply
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
