"""Is everything alive: database, the clock's heartbeat, the oldest owed row. For `/readyz` and `xieshi health`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import brakes
from domain.clockwork import HEARTBEAT, silence
from storage import owed, settings
from storage.db import Database, Unavailable

MOST_DELAY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Ping:
    """One answer: `words` are for people."""

    name: str
    is_good: bool
    words: str


def all_of(database: Database, now: datetime) -> list[Ping]:
    """Every ping; when the database is away, only that."""
    try:
        with database.transaction() as tx:
            beat, oldest, state = settings.get(tx, HEARTBEAT), owed.oldest(tx, now), brakes.read(tx)
    except Unavailable:
        return [Ping("database", False, "数据库连不上")]
    return [Ping("database", True, "正常"), _beat(beat, now), _owed(oldest, state, now)]


def _beat(beat: str | None, now: datetime) -> Ping:
    if beat is None:
        return Ping("clock", False, "后台进程还没有启动过（xieshi work）")
    silent = silence(beat, now)
    words = f"后台进程已停{int(silent.total_seconds() // 60)}分钟" if silent else "正常"
    return Ping("clock", silent is None, words)


def _owed(oldest: datetime | None, state: brakes.Brakes, now: datetime) -> Ping:
    if state.stopped:
        return Ping("owed", False, f"发送已停：{state.stopped}")
    if state.held:
        return Ping("owed", True, "已停发，待发的都留着")
    if oldest is None or now - oldest <= MOST_DELAY:
        return Ping("owed", True, "没有积压")
    return Ping("owed", False, f"最早一条待发已等{int((now - oldest).total_seconds() // 60)}分钟")
