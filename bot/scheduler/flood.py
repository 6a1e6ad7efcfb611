"""A flood of pushes that no rehearsal foresaw is held until the administrator has looked at it (house, 9)."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime

from bot.parts import Bot
from bot.scheduler.telling import to_administrators
from storage import owed, settings
from storage.db import Transaction

Key = tuple[str, str, str, str]
KEPT = "rehearsed"


def remember(bot: Bot, day: date, keys: Collection[Key]) -> None:
    """Keep the pushes which a rehearsal of that day named; only the latest rehearsal is kept."""
    kept = json.dumps({"day": day.isoformat(), "keys": sorted(keys)}, ensure_ascii=False)
    with bot.database.transaction() as tx:
        settings.put(tx, KEPT, kept)


def is_unforeseen(bot: Bot, keys: Collection[Key], now: datetime) -> bool:
    """Whether more pushes than `push.hold_above` are due that were not rehearsed; tells the administrators.

    What somebody asked for himself (稍后提醒, 补发) surprises nobody.
    """
    most, keys = bot.profile.number("push.hold_above"), [key for key in keys if not is_asked_for(key)]
    if len(keys) <= most:
        return False
    with bot.database.reading() as tx:
        foreseen = _foreseen(tx, now.date())
    count = sum(key not in foreseen for key in keys)
    if count <= most:
        return False
    bot.database.attempt(lambda tx: _tell(tx, count, now))
    return True


def is_asked_for(key: Key) -> bool:
    """Whether a step stands there because of a person's word, not by the calendar."""
    return key[3].startswith("manual:")


def _foreseen(tx: Transaction, day: date) -> set[Key]:
    kept = json.loads(settings.get(tx, KEPT) or "{}")
    if kept.get("day") != day.isoformat():
        return set()
    return {(key[0], key[1], key[2], key[3]) for key in kept["keys"]}


def _tell(tx: Transaction, count: int, now: datetime) -> None:
    text = (
        f"今天要发的{count}条提醒不在昨晚的预演里，已先留着没有发。"
        "请在服务器上看 xieshi outbox list，没有问题就 xieshi outbox release。"
    )
    owed.put(tx, to_administrators(tx, f"flood|{now.date()}", text, now, now))
