"""Every tick by its name. A tick takes its moment as an argument, so a year can be walked through by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.decisions import Decision
from bot.delivery import deliver, deliver_some, held
from bot.fetching import fetch
from bot.freeing import free, free_some
from bot.parts import Bot
from bot.scheduler import (
    following,
    handing_on,
    holidays,
    nightly,
    outlook,
    planning,
    rechecking,
    rehearsal,
    stops,
    unfinished,
    watching,
)
from bot.scheduler.leisure import count
from bot.scheduler.showing import show
from domain.clockwork import PLANNED
from storage import settings
from storage.codec import moment

Tick = Callable[[Bot, datetime], list[Decision]]


def plan(bot: Bot, now: datetime) -> list[Decision]:
    """What is due by the calendar, who left something unfinished, and whose standing question is answered."""
    found = planning.run(bot, now) + unfinished.run(bot, now) + watching.run(bot, now)
    with bot.database.transaction() as tx:
        settings.put(tx, PLANNED, moment(now))
    stops.tell(bot, now)
    return found


def send(bot: Bot, now: datetime) -> list[Decision]:
    """Everything that is due, and what an administrator holds back; who is freed or ordered something also hears of it."""
    return (
        free(bot, now)
        + show(bot, now)
        + count(bot, now)
        + deliver(bot, now, rechecking.duties(bot.profile))
        + held(bot, now)
    )


def send_some(bot: Bot, now: datetime, must_end: Callable[[], bool]) -> list[Decision]:
    """One batch of it, as a worker takes it."""
    return free_some(bot, now) + deliver_some(bot, now, rechecking.duties(bot.profile), must_end)


def follow(bot: Bot, now: datetime) -> list[Decision]:
    """What goes with people into their new branch, and with an office to its new holder."""
    return following.follow(bot, now) + handing_on.hand_on(bot, now)


def no_papers(bot: Bot, now: datetime) -> list[Decision]:
    """Papers that are owed; nothing can order one before the official papers are there."""
    return []


TICKS: dict[str, Tick] = {
    "follow": follow,
    "plan": plan,
    "deliver": send,
    "fetch": fetch,
    "papers": no_papers,
    "contacts": nightly.name_contacts,
    "retention": nightly.forget,
    "seal": nightly.seal,
    "rehearse": rehearsal.tomorrow,
    "outlook": outlook.look,
    "calendar": holidays.warn,
}
"""In the order in which `xieshi tick` without a name runs them."""

SLOW = ("outlook",)
"""What walks through days and so must not keep the clock's beat waiting."""

NOT_YET = ("backup",)
"""Names of the contract that come with later work."""
