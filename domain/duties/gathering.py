"""Every duty that arises in an organisation at a moment, from what roster and ledger say; a few questions in all.

Whoever plans reminders and whoever answers a question ask here, so that both speak of the same duties.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain import coverage, monthly, periods
from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import Duty, Member, ReviewDuty, lists, promise, record, signing
from domain.facts import Facts
from domain.people import WITH_MEMBERS, Organisation, OrgKind, Person, RoleKind, Roster
from domain.permissions import offices_of
from domain.profile import Profile
from domain.signing import chairs_over

_LEADERS = (RoleKind.SECRETARY, RoleKind.SCHOOL_LEADER, RoleKind.COMMITTEE)
_PARTY = (
    OrgKind.SCHOOL,
    OrgKind.SUB_COMMITTEE,
    OrgKind.GENERAL_BRANCH,
    OrgKind.DIRECT_BRANCH,
    OrgKind.BRANCH,
)


class Sight(Protocol):
    """What is known at a moment; a turn's context and a planner's scene both are one."""

    @property
    def roster(self) -> Roster: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def profile(self) -> Profile: ...
    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...


def units(at: Sight) -> list[Organisation]:
    """Every organisation in which a duty may arise."""
    return [org for org in at.roster.orgs() if org.kind in _PARTY]


def of_unit(at: Sight, unit: Organisation) -> list[Duty]:
    """Every duty of an organisation's people, whether open or not."""
    leaders, members = _leaders(at, unit), of_members(at, unit, members_of(at, unit))
    return [*members, *_lists(at, unit, members, leaders), *_of_leaders(at, unit, leaders, leaders)]


def of_person(at: Sight, unit: Organisation, person: str) -> list[Duty]:
    """The same for one person; whoever leads nothing costs less."""
    leaders, members = _leaders(at, unit), members_of(at, unit)
    own = [one for one in leaders if one.id == person]
    asked = members if own else [one for one in members if one.person.id == person]
    of_all = of_members(at, unit, asked)
    found = [*of_all, *_lists(at, unit, of_all, own), *_of_leaders(at, unit, leaders, own)]
    return [one for one in found if one.owner == person]


def _lists(at: Sight, unit: Organisation, members: Sequence[Duty], leaders: Sequence[Person]) -> list[Duty]:
    return lists.duties(members, unit.id, [one.id for one in leaders], at.today)


def of_all_units(at: Sight, person: Person) -> list[Duty]:
    """Everything that somebody owes, as a member and in each post."""
    return [duty for unit in places(at, person) for duty in of_person(at, unit, person.id)]


def places(at: Sight, person: Person) -> Sequence[Organisation]:
    """The organisations in which somebody may owe anything: his branch and those where he holds a post."""
    home = at.roster.branch_of(person.id, at.today)
    posts = (at.roster.org(role.org) for role in at.roster.roles_of(person.id, at.today))
    return list({org.id: org for org in (home, *posts) if org is not None and org.kind in _PARTY}.values())


def members_of(at: Sight, unit: Organisation) -> list[Member]:
    if unit.kind not in WITH_MEMBERS:
        return []
    belonging = at.roster.members([unit.id], at.today)
    return [Member(person, org) for person, org in belonging if person.is_member]


def of_members(at: Sight, unit: Organisation, members: Sequence[Member]) -> list[Duty]:
    """K-01 and K-05 of a branch's members."""
    if not members:
        return []
    ids = [one.person.id for one in members]
    items, starts = at.facts.commitments_of(ids), {unit.id: coverage.starts_on(at.roster, unit.id)}
    month = monthly.due_month(at.now, at.profile)
    sent = at.facts.reports(ids, month.label)
    waived = {one.subject for one in at.facts.waivers(record.CODE, month.label, ids)}
    found = record.duties(members, month, at.profile, items, sent, waived, starts)
    year = periods.year_of(at.today)
    if not promise.window(year, at.profile).is_asked_on(at.today):
        return found
    spared = {one.subject for one in at.facts.waivers(promise.CODE, year.label, ids)}
    return found + promise.of_members(members, year, at.profile, items, spared, starts)


def _of_leaders(
    at: Sight, unit: Organisation, leaders: Sequence[Person], chosen: Sequence[Person]
) -> list[Duty]:
    """What whoever leads the unit has to sign, to publish, to promise for it and to review."""
    if not chosen:
        return []
    return [
        *_of_unit_itself(at, unit, leaders),
        *(duty for one in chosen for duty in _reviews(at, unit, one)),
    ]


def _leaders(at: Sight, unit: Organisation) -> list[Person]:
    kinds = _LEADERS if unit.kind is OrgKind.SCHOOL else _LEADERS[:1]
    held = (role.person for kind in kinds for role in at.roster.holders(kind, [unit.id], at.today))
    found = (at.roster.person(id) for id in dict.fromkeys(held))
    return [person for person in found if person is not None]


def _of_unit_itself(at: Sight, unit: Organisation, leaders: Sequence[Person]) -> list[Duty]:
    """K-01 of the organisation, K-02 and K-03 of what waits in it."""
    year, found = periods.year_of(at.today), list[Duty]()
    heads = [one.id for one in leaders]
    if unit.kind is not OrgKind.SCHOOL and promise.window(year, at.profile).is_asked_on(at.today):
        items, start = at.facts.commitments_of([unit.id]), coverage.starts_on(at.roster, unit.id)
        found += promise.of_organisation(unit, heads, year, at.profile, items, start)
    waiting = _waiting(at, unit)
    if waiting:
        chairs = chairs_over(at.roster, unit.id, at.today)
        found += signing.duties(waiting, unit.id, at.profile, chairs.signers, chairs.publishers)
    return found


def _waiting(at: Sight, unit: Organisation) -> list[Commitment]:
    """Urgent items for this unit's signature, and the signed ones which it makes public."""
    to_sign = at.facts.commitments_to_sign([unit.id])
    urgent = [one for one in to_sign if one.kind == "immediate" and one.state is ItemState.SIGNED]
    return [*urgent, *at.facts.commitments_in([unit.id], (ItemState.FIXED,))]


def _reviews(at: Sight, unit: Organisation, leader: Person) -> Sequence[Duty]:
    """K-08, K-09 and K-10 of somebody, once: where he holds his most direct post."""
    offices = offices_of(at.roster, leader.id, at.today)
    if not offices or offices[0].org != unit.id:
        return []
    duties = coverage.asked_of(at.roster, at.profile, leader, at.today)
    if not duties:
        return []
    first, last = min(one.window.opens for one in duties), max(one.window.due for one in duties)
    subjects = sorted({one.object for one in duties})
    given = at.facts.reviews_of(subjects, first, last)
    return coverage.settled(duties, given, _waived(at, duties))


def _waived(at: Sight, duties: Sequence[ReviewDuty]) -> set[str]:
    members = [one for one in duties if one.code == coverage.MEMBERS]
    labels = {one.window.label for one in members}
    people = [one.object for one in members]
    return {one.subject for label in labels for one in at.facts.waivers(coverage.MEMBERS, label, people)}
