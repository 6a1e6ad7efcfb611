"""When somebody is reminded of a duty: steps, days off, merging, and nothing twice (R-320 to R-324, R-242)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Literal

KEEP_AFTER = timedelta(days=7)
"""An outage longer than this after the last step: the reminder is dropped, not sent absurdly late."""

IsWorkday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """A reminder as a kind of duty wants it: so many days from its first day, its middle or its last day.

    `name` tells it from the duty's other reminders; what stands before its colon is what outsiders read.
    """

    name: str
    end: Literal["opens", "middle", "due"]
    days: int = 0

    def on(self, opens: date, due: date, is_workday: IsWorkday) -> date:
        """Its workday: up to the last day one before a day off (R-242), at the opening and after the end one behind it."""
        ends = {"opens": opens, "middle": opens + (due - opens) // 2, "due": due}
        day = ends[self.end] + timedelta(days=self.days)
        is_later = self.end == "opens" or self.days > 0
        return _next(day, is_workday) if is_later else last_workday(day, is_workday)


_OPEN, _LAST, _AFTER = Mark("open", "opens"), Mark("due", "due"), Mark("after", "due", 1)
STEPS = (_OPEN, Mark("before", "due", -2), _LAST, _AFTER)
"""R-320, for every duty that says nothing else."""
LEADERS = (
    _OPEN,
    Mark("before:middle", "middle"),
    Mark("before:10", "due", -10),
    Mark("before:3", "due", -3),
    _LAST,
    _AFTER,
)
"""R-324, for whoever has many to review; three days before stands for R-320's two."""


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder of a duty on its day; `name` is its mark's, or `manual` and a day for one that was put off."""

    name: str
    day: date

    @property
    def code(self) -> str:
        """As outsiders read it: open, before, due, after or manual."""
        return self.name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Pending:
    """A duty of one person as it stands. `reason` is empty while a reminder makes sense, else why it does not.

    `unit` is the organisation whose start and hold it obeys; `note` holds what the words will need;
    `steps` are those which make sense for it.
    """

    duty: str
    person: str
    period: str
    unit: str
    opens: date
    due: date
    reason: str = ""
    snoozed_until: datetime | None = None
    note: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Mark, ...] = STEPS


@dataclass(frozen=True, slots=True)
class Occasion:
    """One step of one duty of one person: it exists once for ever."""

    pending: Pending
    step: Step

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Duty, period, person and step."""
        return (self.pending.duty, self.pending.period, self.pending.person, self.step.name)


def steps(opens: date, due: date, is_workday: IsWorkday, marks: Iterable[Mark] = STEPS) -> tuple[Step, ...]:
    """A duty's reminders in their order; one moved onto a later one's day, or behind it, gives way to it."""
    wanted = [(mark, Step(mark.name, mark.on(opens, due, is_workday))) for mark in marks]
    return tuple(
        one
        for at, (mark, one) in enumerate(wanted)
        if (mark.end == "opens" or one.day > opens)
        and all(one.day < later.day for _, later in wanted[at + 1 :])
    )


def steps_of(pending: Pending, is_workday: IsWorkday) -> tuple[Step, ...]:
    """The steps of one duty."""
    return steps(pending.opens, pending.due, is_workday, pending.steps)


def _next(day: date, is_workday: IsWorkday) -> date:
    for _ in range(15):
        if is_workday(day):
            return day
        day += timedelta(days=1)
    return day


def last_workday(day: date, is_workday: IsWorkday) -> date:
    """The day itself, or the last workday before it (R-242)."""
    for _ in range(15):
        if is_workday(day):
            return day
        day -= timedelta(days=1)
    return day


def due_on(pending: Pending, now: datetime, is_workday: IsWorkday) -> Step | None:
    """The step that should have happened by now: of several missed ones only the latest (R-322)."""
    reached = [one for one in _wanted(pending, is_workday) if one.day <= now.date()]
    asleep = pending.snoozed_until is not None and now < pending.snoozed_until
    if asleep or not reached or now.date() - reached[-1].day > KEEP_AFTER:
        return None
    return reached[-1]


def _wanted(pending: Pending, is_workday: IsWorkday) -> list[Step]:
    """The steps; a snoozed duty has one at its own moment instead of those up to that day."""
    found = steps_of(pending, is_workday)
    if pending.snoozed_until is None:
        return list(found)
    # One may put off the same duty again, so the day belongs to the name.
    own = Step(f"manual:{pending.snoozed_until.date()}", pending.snoozed_until.date())
    return [own, *(one for one in found if one.day > own.day)]


def plan(
    pendings: Iterable[Pending],
    known: Collection[tuple[str, str, str, str]],
    now: datetime,
    is_workday: IsWorkday,
) -> dict[str, tuple[Occasion, ...]]:
    """What each person should hear about today, by person: merged, new, and of open duties only (R-321)."""
    merged: dict[str, list[Occasion]] = {}
    for pending in pendings:
        step = None if pending.reason else due_on(pending, now, is_workday)
        if step is None or _is_known(Occasion(pending, step), known):
            continue
        merged.setdefault(pending.person, []).append(Occasion(pending, step))
    return {person: tuple(found) for person, found in merged.items()}


def _is_known(occasion: Occasion, known: Collection[tuple[str, str, str, str]]) -> bool:
    return occasion.key in known


def send_at(person: str, now: datetime, first: time, quiet_from: time, quiet_to: time) -> datetime:
    """When a reminder planned now leaves: in the morning, spread over minutes, never in the quiet hours.

    The minute depends on the person alone and avoids the full and half hour (R-294).
    """
    earliest = now.replace(hour=first.hour, minute=first.minute, second=0, microsecond=0)
    wanted = max(now, earliest + timedelta(minutes=minute_of(person)))
    return out_of_quiet(wanted, quiet_from, quiet_to, minute_of(person))


def out_of_quiet(moment: datetime, quiet_from: time, quiet_to: time, minute: int = 5) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into (R-320)."""
    clock = moment.time()
    if quiet_to <= clock < quiet_from:
        return moment
    morning = moment if clock < quiet_to else moment + timedelta(days=1)
    ends = morning.replace(hour=quiet_to.hour, minute=quiet_to.minute, second=0, microsecond=0)
    return ends + timedelta(minutes=minute)


def minute_of(person: str) -> int:
    """A minute from 3 to 26 that is always the same for a person."""
    return 3 + sha256(person.encode()).digest()[0] % 24


def workdays(holidays: Collection[date], made_up: Collection[date]) -> IsWorkday:
    """Monday to Friday without the listed days off, and the listed weekends that are worked (R-242)."""
    return lambda day: day in made_up or (day.weekday() < 5 and day not in holidays)
