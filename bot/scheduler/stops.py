"""A clock that had stopped: noticed with its first beat, told to the administrators once all is planned (R-322)."""

from __future__ import annotations

import json
from datetime import datetime

from bot.parts import Bot
from bot.scheduler.telling import to_administrators
from domain import clockwork
from domain.reminders import out_of_quiet
from storage import owed, settings
from storage.codec import moment
from storage.db import Transaction

STOPPED = "clock|stopped"


def beat(tx: Transaction, bot: Bot, now: datetime, was_silent: bool) -> None:
    """Keep the beat. After a silence of ours look whether it cost half an hour of those in which reminders leave."""
    before = settings.get(tx, clockwork.HEARTBEAT) if was_silent else None
    if before and _lost(bot, datetime.fromisoformat(before), now):
        settings.put(tx, STOPPED, json.dumps({"from": before, "to": moment(now)}))
    settings.put(tx, clockwork.HEARTBEAT, moment(now))


def tell(bot: Bot, now: datetime) -> None:
    """After planning: one push to each administrator for each stop, whoever else tells of it at the same time."""
    bot.database.attempt(lambda tx: _tell(tx, bot, now))


def _lost(bot: Bot, first: datetime, last: datetime) -> bool:
    hours = (bot.profile.hour("push.quiet_to"), bot.profile.hour("push.quiet_from"))
    return clockwork.lost(first, last, *hours) >= clockwork.WORTH_A_WORD


def _tell(tx: Transaction, bot: Bot, now: datetime) -> None:
    kept = settings.get(tx, STOPPED)
    if not kept:
        return
    stop = json.loads(kept)
    first, last = (datetime.fromisoformat(stop[end]) for end in ("from", "to"))
    text = _words(first, last, owed.reminders(tx))
    leaves = out_of_quiet(now, bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to"))
    owed.put(tx, to_administrators(tx, f"stopped|{stop['from']}", text, now, leaves))
    settings.put(tx, STOPPED, "")


def _words(first: datetime, last: datetime, waiting: int) -> str:
    until = f"{last:%H:%M}" if first.date() == last.date() else _at(last)
    made_up = (
        f"积下的{waiting}条提醒现在陆续发出，一人一条，错过几步的只发最近一步。"
        if waiting
        else "没有积下提醒。"
    )
    return f"后台停过：{_at(first)}到{until}。现在恢复了，{made_up}看情况请回复“调度状态”。"


def _at(when: datetime) -> str:
    return f"{when.month}月{when.day}日{when:%H:%M}"
