"""Who and what a duty is done about and what it is not, for each duty that can be asked about (R-220 to R-223, R-305).

Every number comes from what the ledger holds; the roster only says who belongs to the unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain import coverage
from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import Duty, Member, State, Window, promise, record, rectifying, reviewed, signing
from domain.people import Organisation, Person
from domain.periods import Period
from domain.permissions import Target
from domain.profile import Profile
from domain.rectifications import OWED, Rectification
from domain.rectifications import State as Stage
from domain.reports import Report
from domain.reviews import Review

REPORT, REVIEW, PROMISE = record.CODE, reviewed.CODE, promise.CODE
ORGANISATIONS, ROUND = coverage.ORGANISATIONS, coverage.ROUND
SIGNING, PUBLICATION = signing.URGENT, signing.PUBLICATION
ORG_PROMISE = f"{PROMISE}@"
"""K-01 has two kinds of objects; this is the half about organisations."""
OF_MEMBERS = (REPORT, REVIEW, PROMISE)
OF_REVIEWS = (REVIEW, ORGANISATIONS, ROUND)
OF_ITEMS = (SIGNING, PUBLICATION)
RECTIFICATION = rectifying.DEED


@dataclass(frozen=True, slots=True)
class Object:
    """What a duty is about: somebody, an organisation, its 书记 or an item; `id` differs from every other's.

    `org` is where it counts; `person` is whose 台账 tells of it, None for an organisation.
    """

    id: str
    name: str
    org: str
    person: Person | None = None


def of_member(one: Member) -> Object:
    """Somebody as a member of a branch."""
    return Object(one.person.id, one.person.name, one.org, one.person)


Objects = tuple[Object, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The objects of a duty, each in one place but that `late` are among the `done`.

    `partly` were only reviewed 共同; `without` owe nothing because they promised nothing (R-223).
    """

    done: Objects = ()
    late: Objects = ()
    partly: Objects = ()
    missing: Objects = ()
    waived: Objects = ()
    without: Objects = ()

    @property
    def owed(self) -> int:
        """应交: everybody who owes it, waived ones left out."""
        return len(self.done) + len(self.partly) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do; who was only reviewed 共同 is."""
        return not self.missing and not self.partly

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
    return _of_members(members, [one for one in found if one.why != record.TOO_EARLY])


def reviews(
    members: Sequence[Member],
    window: Period,
    given: Iterable[Review],
    waived: Collection[str],
    starts: Mapping[str, date | None],
    common_counts: bool = False,
) -> Standing:
    """Which members were reviewed in the window, by whomever (R-037); `members` without those who review them."""
    return _of_members(members, reviewed.duties(members, window, given, waived, starts, common_counts))


def promises(
    members: Sequence[Member],
    year: Period,
    profile: Profile,
    items: Iterable[Commitment],
    waived: Collection[str],
    starts: Mapping[str, date | None],
) -> Standing:
    """Which members have signed a promise of more than the moment that belongs to the year."""
    return _of_members(members, promise.of_members(members, year, profile, items, waived, starts))


def org_promises(
    orgs: Sequence[Organisation],
    year: Period,
    profile: Profile,
    items: Iterable[Commitment],
    starts: Mapping[str, date | None],
) -> Standing:
    """Which organisations have signed theirs, whoever leads them."""
    made = list(items)
    duties = [
        duty
        for org in orgs
        for duty in promise.of_organisation(org, [""], year, profile, made, starts.get(org.id))
    ]
    return _sorted({(org.id, org.id): Object(org.id, org.name, org.id) for org in orgs}, duties)


def targets(
    code: str,
    objects: Mapping[Target, Object],
    window: Window,
    given: Iterable[Review],
    starts: Mapping[str, date | None],
) -> Standing:
    """Which of these were reviewed in a half-year (K-09) or a round (K-10), by whomever."""
    duties = reviewed.of_targets(code, list(objects), window, given, starts)
    return _sorted({(to.subject, to.org): one for to, one in objects.items()}, duties)


_WAITS = {SIGNING: ItemState.SIGNED, PUBLICATION: ItemState.FIXED}
_BEFORE = {
    SIGNING: (ItemState.RETURNED, ItemState.WITHDRAWN),
    PUBLICATION: (ItemState.RETURNED, ItemState.WITHDRAWN, ItemState.SIGNED),
}


def items(code: str, made: Iterable[Commitment], year: Period, people: Mapping[str, Person]) -> Standing:
    """Which promises of a year are countersigned (K-02) or public (K-03); what waits from before counts too."""
    done, missing = list[Object](), list[Object]()
    for item in made:
        if item.state is _WAITS[code]:
            missing.append(_item(item, people))
        elif item.state not in _BEFORE[code] and item.proposed_on in year:
            done.append(_item(item, people))
    return Standing(done=tuple(done), missing=tuple(missing))


def _item(item: Commitment, people: Mapping[str, Person]) -> Object:
    return Object(item.number, f"{item.owner_name}（{item.tail}）", item.org, people.get(item.owner))


_PLACES = {
    State.DONE: "done",
    State.LATE: "done",
    State.PARTLY: "partly",
    State.WAIVED: "waived",
    State.FREE: "without",
    State.OPEN: "missing",
}


def demands(made: Iterable[Rectification], year: Period, people: Mapping[str, Person]) -> Standing:
    """Which demands of a year were answered (K-15); what is still owed from before counts too."""
    done, missing = list[Object](), list[Object]()
    for one in made:
        named = Object(one.number, f"{one.owner_name}（{one.tail}）", one.org, people.get(one.owner))
        if one.state in OWED:
            missing.append(named)
        elif one.state is not Stage.CANCELLED and one.demanded_on in year:
            done.append(named)
    return Standing(done=tuple(done), missing=tuple(missing))


def _of_members(members: Sequence[Member], duties: Iterable[Duty]) -> Standing:
    return _sorted({(one.person.id, one.org): of_member(one) for one in members}, duties)


def _sorted(objects: Mapping[tuple[str, str], Object], duties: Iterable[Duty]) -> Standing:
    """Each object with a duty into one place."""
    places: dict[str, list[Object]] = {field.name: [] for field in fields(Standing)}
    for duty in duties:
        one = objects[duty.object, duty.unit]
        places[_PLACES[duty.state]].append(one)
        if duty.state is State.LATE:
            places["late"].append(one)
    return Standing(**{name: tuple(found) for name, found in places.items()})
