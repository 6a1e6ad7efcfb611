"""Who has done a duty and who has not, for 写实 (K-05), 点评 (K-08) and 承诺 (K-01) of a window (R-220 to R-223, R-305).

Every number comes from what the ledger holds; the roster only says who belongs to the unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain import monthly
from domain.commitments import Commitment, State
from domain.people import Person
from domain.periods import Period
from domain.profile import Profile
from domain.reports import Report
from domain.reviews import Review

REPORT, REVIEW, PROMISE = "K-05", "K-08", "K-01"
_GONE = (State.WITHDRAWN, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with the branch to which they belong in the window."""

    person: Person
    org: str


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
    own, sent = _by_owner(items), {report.person: report for report in handed_in}
    begun = [one for one in members if monthly.has_begun(month, profile, starts.get(one.org))]
    owing = {one.person.id for one in begun if monthly.live_items(own.get(one.person.id, ()), month, profile)}
    late = {person for person, report in sent.items() if report.late}
    return _sorted(begun, set(sent), owing, waived, late=late)


def reviews(
    members: Sequence[Member],
    window: Period,
    given: Iterable[Review],
    waived: Collection[str],
    starts: Mapping[str, date | None],
    common_counts: bool = False,
) -> Standing:
    """Which members were reviewed in the window, by whomever (R-037); `members` without those who review them."""
    begun = [one for one in members if (start := starts.get(one.org)) is not None and start <= window.start]
    of_members = [one for one in given if one.target == "member" and one.day in window]
    common = {one.subject for one in of_members if _whole(one) and one.common_only}
    done = {one.subject for one in of_members if one.satisfies_duty} | (common if common_counts else set())
    return _sorted(begun, done, {one.person.id for one in begun}, waived, partly=common)


def promises(
    members: Sequence[Member],
    year: Period,
    items: Iterable[Commitment],
    waived: Collection[str],
    starts: Mapping[str, date | None],
) -> Standing:
    """Which members have signed a promise of more than the moment that belongs to the year."""
    begun = [one for one in members if (start := starts.get(one.org)) is not None and start <= year.end]
    yearly = (item for item in items if item.kind != "immediate" and item.state not in _GONE)
    done = {item.owner for item in yearly if item.proposed_on <= year.end and item.due >= year.start}
    return _sorted(begun, done, {one.person.id for one in begun}, waived)


def _by_owner(items: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    found: dict[str, list[Commitment]] = {}
    for item in items:
        found.setdefault(item.owner, []).append(item)
    return found


def _whole(review: Review) -> bool:
    return review.kind == "periodic" and bool(review.merits and review.gaps and review.directions)


def _sorted(
    members: Sequence[Member],
    done: Collection[str],
    owing: Collection[str],
    waived: Collection[str],
    late: Collection[str] = (),
    partly: Collection[str] = (),
) -> Standing:
    """Each member into one place: what was done counts before everything else, then 免."""
    places: dict[str, list[Member]] = {field.name: [] for field in fields(Standing)}
    for one in members:
        id = one.person.id
        place = "done" if id in done else "waived" if id in waived else "without" if id not in owing else ""
        places[place or ("partly" if id in partly else "missing")].append(one)
    late_ones = tuple(one for one in places["done"] if one.person.id in late)
    return Standing(**{**{name: tuple(found) for name, found in places.items()}, "late": late_ones})
