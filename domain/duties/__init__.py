"""What somebody must do by a day: computed from windows, roster, roles and ledger, never kept (domain §8).

One pure function a cadence gives duties; reminders, 谁没交, 还欠谁, 点评覆盖 and 逾期 all read the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from domain.commitments import Commitment
from domain.people import Person
from domain.permissions import Target
from domain.reminders import LEADERS, STEPS, Mark, Pending

ASKED_AFTER = timedelta(days=14)
"""So long after its last day a window is still spoken of without being named; the step of the day after may have to
wait for the end of nine days off."""


class State(StrEnum):
    """Where a duty stands on the day asked. `partly`: only reviewed 共同; `free`: nothing is owed at all."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    PARTLY = "partly"
    WAIVED = "waived"
    FREE = "free"


CLOSED = (State.DONE, State.LATE, State.WAIVED, State.FREE)


@dataclass(frozen=True, slots=True)
class Window:
    """From the first moment of `opens` to 23:59 of `due`; `label` is the period's code, or the day for single things.

    What belongs to an organisation's office has `@` and its id behind, so that two offices of one person differ.
    """

    label: str
    opens: date
    due: date

    def is_asked_on(self, day: date) -> bool:
        """Whether people are being asked for it that day without naming it."""
        return self.opens <= day <= self.due + ASKED_AFTER


@dataclass(frozen=True, slots=True)
class Duty:
    """`code` is the row of domain §8 and `owner` who must act; `object` is the person, organisation or number it is about.

    `unit` is the organisation in which it arises. `by` is what satisfied it, `why` why it is not owed;
    `silence` why nobody is reminded of it although it is. `note` holds what words about it need;
    `steps` are the reminders which make sense: none of the opening where the news of an act already asked.
    """

    code: str
    owner: str
    object: str
    unit: str
    window: Window
    state: State = State.OPEN
    by: str = ""
    why: str = ""
    silence: str = ""
    note: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Mark, ...] = STEPS

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in CLOSED

    def is_overdue_on(self, day: date) -> bool:
        """Open after its last day."""
        return self.is_open and day > self.window.due


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDuty(Duty):
    """A review that is owed, and the post in which it is."""

    target: Target
    capacity: str
    steps: tuple[Mark, ...] = LEADERS


def pendings(duties: Iterable[Duty], unit: str, silence: str) -> list[Pending]:
    """What each person could be reminded of: duties of one kind and window are one (R-321).

    `unit` is whose start and hold the reminder obeys, `silence` why that unit hears nothing at all.
    """
    ordered = sorted(duties, key=_together)
    return [_pending(list(group), unit, silence) for _, group in groupby(ordered, key=_together)]


def _together(duty: Duty) -> tuple[str, str, str]:
    return (duty.code, duty.window.label, duty.owner)


def _pending(alike: Sequence[Duty], unit: str, silence: str) -> Pending:
    main, window = alike[0], alike[0].window
    left = [one for one in alike if one.is_open]
    heard = [one for one in left if not one.silence]
    reason = silence or (_closed(alike) if not left else "" if heard else left[0].silence)
    done = sum(one.state in (State.DONE, State.LATE) for one in alike)
    note = {"open": heard, "done": done, "owed": done + len(left)}
    days = (window.opens, window.due)
    return Pending(main.code, main.owner, window.label, unit, *days, reason, None, note, main.steps)


_REASONS = {State.DONE: "已完成", State.LATE: "已完成", State.WAIVED: "已免", State.FREE: "不用"}


def _closed(alike: Sequence[Duty]) -> str:
    return next((one.why for one in alike if one.why), "") or _REASONS[alike[0].state]


FRAIL = "年老体弱"
"""R-148: no deadline presses on these members; their secretary enters for them."""
AWAY = "长期请假"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with the branch to which they belong in the window; `on_leave` for a while, on the day asked."""

    person: Person
    org: str
    on_leave: bool = False

    @property
    def is_away(self) -> bool:
        """On long leave, when nothing is owed (R-016)."""
        return self.person.status == AWAY

    @property
    def silence(self) -> str:
        """Why nobody presses this member although something is owed."""
        if self.on_leave:
            return "请假"
        return f"{FRAIL}，不催" if FRAIL in self.person.categories else ""


def by_owner(items: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Commitments by who made them."""
    found: dict[str, list[Commitment]] = {}
    for item in items:
        found.setdefault(item.owner, []).append(item)
    return found
