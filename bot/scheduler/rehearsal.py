"""预演: every reminder that would go out between two days if nothing changed; writes nothing (R-351, issue 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.decisions import Decision
from bot.parts import Bot
from bot.scheduler import flood, holidays, planning, words
from domain.reminders import IsWorkday, Occasion, Pending, steps
from storage.codec import ZONE

HOUR = 9


@dataclass(frozen=True, slots=True)
class Push:
    """One message that would go out."""

    on: date
    to: str
    text: str
    occasions: tuple[Occasion, ...]

    def line(self) -> dict[str, Any]:
        """As the contract prints it; a merged message names its further duties under `also`."""
        main, *others = self.occasions
        line = {"on": self.on.isoformat(), "to": self.to, "duty": main.pending.duty, "step": main.step.code}
        also = [{"duty": one.pending.duty, "step": one.step.code} for one in others]
        return {**line, "text": self.text, **({"also": also} if also else {})}


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


def run(bot: Bot, first: date, last: date) -> Iterator[Push | LeftOut]:
    """Day by day from the first to the last, branch by branch."""
    known: set[tuple[str, str, str, str]] = set()
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for branch in planning.read_all(bot, _morning(day)):
            yield from _branch(bot, branch, day, known)


def tomorrow(bot: Bot, now: datetime) -> list[Decision]:
    """The evening's tick: remember what the next day will bring, so that a flood is recognised (house, 9)."""
    remember(bot, now.date() + timedelta(days=1))
    return []


def remember(bot: Bot, day: date) -> None:
    """Rehearse one day and keep the keys of its pushes."""
    pushes = [found for found in run(bot, day, day) if isinstance(found, Push)]
    flood.remember(bot, day, {one.key for push in pushes for one in push.occasions})


def _branch(
    bot: Bot, branch: planning.Branch, day: date, known: set[tuple[str, str, str, str]]
) -> Iterable[Push | LeftOut]:
    is_workday = holidays.calendar(bot.profile)
    # What the database knows as planned already was left out of `due`; what this rehearsal sent is in `known`.
    for who, due in sorted(branch.due.items()):
        fresh = tuple(one for one in due if one.key not in known)
        known.update(one.key for one in fresh)
        if fresh:
            yield Push(day, who, words.message(branch.names[who], fresh, day), fresh)
    for one in branch.pendings:
        if one.reason and _has_step(one, day, is_workday):
            yield LeftOut(day, one.person, one.duty, one.reason)


def _has_step(pending: Pending, day: date, is_workday: IsWorkday) -> bool:
    return any(step.day == day for step in steps(pending.opens, pending.due, is_workday))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=ZONE)
