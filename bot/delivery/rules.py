"""May this row leave now? Decided in the transaction that claims it (house 6, 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.organisations import start_of
from domain.people import Organisation
from domain.profile import Profile
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView

UNOPENED = timedelta(hours=1)
"""So often a unit that has not begun is looked at again."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; look again then."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """Not at all: the row ends as cancelled, or failed because nobody can be reached."""

    reason: str
    state: str = "cancelled"


Verdict = Later | Never | None
Eligible = Callable[[Transaction, Owed, datetime], "str | Later | None"]
Render = Callable[[Transaction, Owed, datetime], Mapping[str, Any]]


def always(tx: Transaction, row: Owed, now: datetime) -> None:
    """Nothing has changed since the row was planned."""


def as_planned(tx: Transaction, row: Owed, now: datetime) -> Mapping[str, Any]:
    """The body that the row was put with."""
    return row.body


@dataclass(frozen=True, slots=True)
class Duties:
    """What whoever plans reminders knows of them.

    `eligible` gives None, the reason why the push has become pointless, or Later. `render` gives the body,
    once, at the first attempt. Both are asked in the claiming transaction, for rows with a duty only.
    """

    eligible: Eligible = always
    render: Render = as_planned


@dataclass
class Gate:
    """The rules for the rows of one claiming transaction; the organisations are read once."""

    tx: Transaction
    profile: Profile
    now: datetime
    duties: Duties
    roster: RosterView = field(init=False)

    def __post_init__(self) -> None:
        self.roster = RosterView(self.tx)

    def judge(self, row: Owed) -> Verdict:
        """Whether a row whose receiver can be reached may go."""
        if row.deadline is not None and self.now > row.deadline:
            return Never("已过期")
        return self._duty(row) if row.duty else None

    def body(self, row: Owed) -> Mapping[str, Any]:
        """What will be sent."""
        return self.duties.render(self.tx, row, self.now) if row.duty else row.body

    def _duty(self, row: Owed) -> Verdict:
        later = self._quiet() or self._unit(row.unit)
        if later is not None:
            return later
        said = self.duties.eligible(self.tx, row, self.now)
        return Never(said) if isinstance(said, str) else said

    def _quiet(self) -> Later | None:
        """R-320: between the evening's hour and the morning's nobody is reminded of anything."""
        first, last = self.profile.hour("push.quiet_to"), self.profile.hour("push.quiet_from")
        if first <= self.now.time() < last:
            return None
        day = self.now.date() + timedelta(days=self.now.time() >= last)
        return Later(datetime.combine(day, first, self.now.tzinfo), "夜间不打扰")

    def _unit(self, unit: str) -> Later | None:
        if not unit:
            return None
        path = self.roster.path(unit)
        if not _has_started(path, self.now.date()):
            return Later(self.now + UNOPENED, "还没到启用日期")
        if path[0].opened_on is None or path[0].opened_on > self.now.date():
            return Later(self.now + UNOPENED, "等书记回复“开始”")
        return None


def _has_started(path: Sequence[Organisation], day: date) -> bool:
    """R-350: the 启用日期 is inherited from above."""
    starts = start_of(path)
    return starts is not None and starts <= day
