"""Who has done a duty and who has not, for 写实 (K-05), 点评 (K-08) and 承诺 (K-01) of a window (R-220 to R-223, R-305).

Every number comes from what the ledger holds; the roster only says who belongs to the unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain.commitments import Commitment
from domain.duties import Duty, Member, State, promise, record, reviewed
from domain.periods import Period
from domain.profile import Profile
from domain.reports import Report
from domain.reviews import Review

REPORT, REVIEW, PROMISE = record.CODE, reviewed.CODE, promise.CODE
Members = tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The members of some branches, each in one place but that `late` are among the `done`.

    `partly` were only reviewed 共同; `without` owe nothing because they promised nothing (R-223).
    """

    done: Members = ()
    late: Members = ()
    partly: Members = ()
    missing: Members = ()
    waived: Members = ()
    without: Members = ()

    @property
    def owed(self) -> int:
        """应交: everybody who owes it, waived ones left out."""
        return len(self.done) + len(self.partly) + len(self.missing)

    def of(self, org: str) -> Standing:
        """The part of one branch."""
        return Standing(
            *(tuple(one for one in getattr(self, f.name) if one.org == org) for f in fields(self))
        )


def reports(
    members: Sequence[Member],
    month: Period,
    profile: Profile,
    items: Iterable[Commitment],
    handed_in: Iterable[Report],
    waived: Collection[str],
    starts: Mapping[str, date | None],
) -> Standing:
    """写实 of a month; one handed in early or without owing counts as done. `starts` is each branch's 启用日期."""
    found = record.duties(members, month, profile, items, handed_in, waived, starts)
    return _sorted(members, [one for one in found if one.why != record.TOO_EARLY])


def reviews(
    members: Sequence[Member],
    window: Period,
    given: Iterable[Review],
    waived: Collection[str],
    starts: Mapping[str, date | None],
    common_counts: bool = False,
) -> Standing:
    """Which members were reviewed in the window, by whomever (R-037); `members` without those who review them."""
    return _sorted(members, reviewed.duties(members, window, given, waived, starts, common_counts))


def promises(
    members: Sequence[Member],
    year: Period,
    profile: Profile,
    items: Iterable[Commitment],
    waived: Collection[str],
    starts: Mapping[str, date | None],
) -> Standing:
    """Which members have signed a promise of more than the moment that belongs to the year."""
    return _sorted(members, promise.of_members(members, year, profile, items, waived, starts))


_PLACES = {
    State.DONE: "done",
    State.LATE: "done",
    State.PARTLY: "partly",
    State.WAIVED: "waived",
    State.FREE: "without",
    State.OPEN: "missing",
}


def _sorted(members: Sequence[Member], duties: Iterable[Duty]) -> Standing:
    """Each member with a duty into one place."""
    known = {(one.person.id, one.org): one for one in members}
    places: dict[str, list[Member]] = {field.name: [] for field in fields(Standing)}
    for duty in duties:
        one = known[duty.object, duty.unit]
        places[_PLACES[duty.state]].append(one)
        if duty.state is State.LATE:
            places["late"].append(one)
    return Standing(**{name: tuple(found) for name, found in places.items()})
