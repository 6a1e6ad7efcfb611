"""预演: every reminder that would go out between two days if nothing changed; writes nothing (R-351, issue 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.decisions import Decision
from bot.parts import Bot
from bot.scheduler import flood, holidays, planning
from domain.profile import Profile
from domain.reminders import IsWorkday, Pending, steps_of
from storage.codec import ZONE

HOUR = 9


@dataclass(frozen=True, slots=True)
class Push:
    """One message that would go out; `parts` are duties with the names of their steps."""

    on: date
    to: str
    text: str
    parts: tuple[tuple[str, str], ...]
    keys: frozenset[flood.Key] = frozenset()

    def line(self) -> dict[str, Any]:
        """As the contract prints it; a merged message names its further duties under `also`."""
        main, *others = ({"duty": duty, "step": step.partition(":")[0]} for duty, step in self.parts)
        line = {"on": self.on.isoformat(), "to": self.to, **main, "text": self.text}
        return {**line, **({"also": others} if others else {})}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who would have been reminded on that day, and why not."""

    on: date
    person: str
    duty: str
    reason: str

    def line(self) -> dict[str, Any]:
        """As the contract prints it."""
        return {"on": self.on.isoformat(), "left_out": self.person, "duty": self.duty, "reason": self.reason}


def run(bot: Bot, first: date, last: date, orgs: Collection[str] | None = None) -> Iterator[Push | LeftOut]:
    """Day by day from the first to the last, organisation by organisation; only some of them if named."""
    known: set[flood.Key] = set()
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for branch in planning.read_all(bot, morning(day), orgs):
            yield from _branch(bot, branch, day, known)


def tomorrow(bot: Bot, now: datetime) -> list[Decision]:
    """The evening's tick: remember what the next day will bring, so that a flood is recognised (house, 9)."""
    remember(bot, now.date() + timedelta(days=1))
    return []


def remember(bot: Bot, day: date) -> None:
    """Rehearse one day and keep the keys of its pushes."""
    pushes = [found for found in run(bot, day, day) if isinstance(found, Push)]
    flood.remember(bot, day, {key for push in pushes for key in push.keys})


def _branch(bot: Bot, branch: planning.Branch, day: date, known: set[flood.Key]) -> Iterable[Push | LeftOut]:
    is_workday = holidays.calendar(bot.profile)
    for push in _pushes(bot.profile, branch, day, known):
        known |= push.keys
        yield push
    for one in branch.pendings:
        if one.reason and _has_step(one, day, is_workday):
            yield LeftOut(day, one.person, one.duty, one.reason)


def _pushes(profile: Profile, branch: planning.Branch, day: date, known: set[flood.Key]) -> Iterable[Push]:
    # What the database knows as planned already was left out of `due`; what this rehearsal sent is in `known`.
    due = {who: tuple(one for one in found if one.key not in known) for who, found in branch.due.items()}
    for who, fresh in sorted(due.items()):
        if fresh:
            parts = tuple((one.pending.duty, one.step.name) for one in fresh)
            first = (*planning.FIRST[:2], who, planning.FIRST[2])
            is_first = who not in branch.greeted and first not in known
            text = planning.text_of(profile, branch, who, fresh, day, is_first)
            yield Push(day, who, text, parts, frozenset([first, *(one.key for one in fresh)]))


def _has_step(pending: Pending, day: date, is_workday: IsWorkday) -> bool:
    return any(step.day == day for step in steps_of(pending, is_workday))


def morning(day: date) -> datetime:
    """When a day's reminders are looked at ahead of time."""
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=ZONE)
