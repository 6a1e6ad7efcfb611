"""Every duty that arises in an organisation at a moment, from what roster and ledger say; a few questions in all.

Whoever plans reminders and whoever answers a question ask here, so that both speak of the same duties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from domain import attestations, coverage, monthly, periods
from domain.acting import in_charge
from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import (
    Duty,
    Member,
    ReviewDuty,
    above,
    demands,
    filed,
    lists,
    looking_back,
    papers_of_reviews,
    promise,
    record,
    signing,
)
from domain.duties.sight import Sight
from domain.people import READS_ALL, WITH_MEMBERS, Organisation, OrgKind, Person, RoleKind
from domain.permissions import kept_meanwhile, offices_of
from domain.rectifications import OWED
from domain.signing import Chairs

Starts = Mapping[str, date | None]
_BESIDE = (RoleKind.SCHOOL_LEADER, RoleKind.COMMITTEE)
"""Who reviews at 学校党委 beside its 书记."""
_PARTY = (
    OrgKind.SCHOOL,
    OrgKind.SUB_COMMITTEE,
    OrgKind.GENERAL_BRANCH,
    OrgKind.DIRECT_BRANCH,
    OrgKind.BRANCH,
)


def units(at: Sight) -> list[Organisation]:
    """Every organisation in which a duty may arise."""
    return [org for org in at.roster.orgs() if org.kind in _PARTY]


def of_unit(at: Sight, unit: Organisation) -> list[Duty]:
    """Every duty of an organisation's people, whether open or not."""
    leaders, members = _leaders(at, unit), of_members(at, unit)
    own = _of_leaders(at, unit, leaders, leaders)
    words = above.duties([*members, *own], unit, lambda: _above(at, unit, leaders), at.today)
    right = demands.of_unit(at, unit)
    return [*members, *_lists(at, unit, members, leaders), *own, *words, *right, *of_papers(at, unit)]


def of_person(at: Sight, unit: Organisation, person: str) -> list[Duty]:
    """The same for one person; whoever leads nothing costs less."""
    leaders = _leaders(at, unit)
    own = [one for one in leaders if one.id == person]
    of_all = of_members(at, unit, "" if own else person)
    found = [*of_all, *_lists(at, unit, of_all, own), *_of_leaders(at, unit, leaders, own)]
    found += demands.of_unit(at, unit)
    found += of_papers(at, unit) if own or not leaders or unit.kind is OrgKind.SCHOOL else []
    return [one for one in found if one.owner == person]


def words_about(at: Sight, unit: Organisation, person: str) -> list[Duty]:
    """What somebody above hears of a unit that is late as a whole (R-323)."""
    found = of_unit(at, unit)
    return [one for one in found if one.owner == person and above.unit_in(one.window.label)]


def of_papers(at: Sight, unit: Organisation) -> list[Duty]:
    """What an organisation does on paper and people are asked for now, whoever is reminded of it."""
    back = papers_of_reviews.spoken_of(at.profile)
    reviewed = days_reviewed(at, unit, back)
    found = filed.windows(unit.kind, at.profile, at.today, reviewed)
    pairs = [one for one in found if filed.is_asked_on(one[1], at.today)]
    start = coverage.starts_on(at.roster, unit.id) if pairs else None
    existing = [(row, asked) for row, asked in pairs if filed.exists(asked, start)]
    if not existing:
        return []
    labels = {asked.label for _, asked in existing}
    labels |= {*papers_of_reviews.labels(back, at.today)} if reviewed else set()
    done = at.facts.attestations([unit.id], sorted(labels))
    owners = attestations.owners(at.roster, unit, at.today)
    return filed.duties(unit, existing, at.profile, owners, done, at.today)


def days_reviewed(at: Sight, unit: Organisation, back: timedelta) -> Sequence[date]:
    """The days since then on which the organisation or its people were reviewed, where papers are owed after that."""
    if not papers_of_reviews.are_owed(unit.kind, at.profile):
        return ()
    return papers_of_reviews.days_of(at.facts.reviews_in([unit.id], at.today - back, at.today))


def _above(at: Sight, unit: Organisation, leaders: Sequence[Person]) -> list[str]:
    """The nearest 书记 over a unit, but nobody who leads it himself."""
    path = at.roster.path(unit.id)[1:]
    heads = (in_charge(at.roster, one.id, at.today) for one in path)
    near, own = next((found for found in heads if found), []), {one.id for one in leaders}
    return [id for id in near if id not in own]


def _lists(at: Sight, unit: Organisation, members: Sequence[Duty], leaders: Sequence[Person]) -> list[Duty]:
    return lists.duties(members, unit.id, [one.id for one in leaders], at.today)


def of_all_units(at: Sight, person: Person) -> list[Duty]:
    """Everything that somebody owes, as a member and in each post."""
    return [duty for unit in places(at, person) for duty in of_person(at, unit, person.id)]


def places(at: Sight, person: Person) -> Sequence[Organisation]:
    """The organisations in which somebody may owe anything: his branch, where he holds a post, and empty chairs below."""
    homes = [at.roster.branch_of(person.id, day) for day in (at.today, _last_day(at))]
    posts = (_place(at, role.org) for role in at.roster.roles_of(person.id, at.today))
    demanded = (
        at.roster.org(one.org) for one in at.facts.rectifications_of([person.id]) if one.state in OWED
    )
    found = (*homes, *posts, *kept_meanwhile(at.roster, person.id, at.today), *demanded)
    return list({org.id: org for org in found if org is not None and org.kind in _PARTY}.values())


def _place(at: Sight, org: str) -> Organisation | None:
    """Where a post has its duties: the papers of the school are kept by the office's clerks."""
    found = at.roster.org(org)
    is_office = found is not None and found.kind in READS_ALL
    return at.roster.org(found.parent or "") if found and is_office else found


def _last_day(at: Sight) -> date:
    """The month's record belongs to the branch of its last day, wherever somebody went afterwards (S-15)."""
    return min(at.today, monthly.due_month(at.now, at.profile).end)


def of_members(at: Sight, unit: Organisation, only: str = "") -> list[Duty]:
    """K-01 and K-05 of a branch's members, or of one of them."""
    if unit.kind not in WITH_MEMBERS:
        return []
    starts = {unit.id: coverage.starts_on(at.roster, unit.id)}
    return [*_records(at, unit, only, starts), *_promises(at, unit, only, starts)]


def _records(at: Sight, unit: Organisation, only: str, starts: Starts) -> list[Duty]:
    members = _members(at, unit, _last_day(at), only)
    ids, month = [one.person.id for one in members], monthly.due_month(at.now, at.profile)
    if not ids:
        return []
    sent, waived = at.facts.reports(ids, month.label), _spared(at, record.CODE, month.label, ids)
    items = at.facts.commitments_of(ids)
    return record.duties(members, month, at.profile, items, sent, waived, starts)


def _promises(at: Sight, unit: Organisation, only: str, starts: Starts) -> list[Duty]:
    year = periods.year_of(at.today)
    if not promise.window(year, at.profile).is_asked_on(at.today):
        return []
    members = _members(at, unit, at.today, only)
    ids = [one.person.id for one in members]
    items = at.facts.commitments_of(ids) if ids else ()
    waived = _spared(at, promise.CODE, year.label, ids)
    return promise.of_members(members, year, at.profile, items, waived, starts)


def _members(at: Sight, unit: Organisation, day: date, only: str) -> list[Member]:
    belonging = at.roster.members([unit.id], day)
    found = [person for person, _ in belonging if person.is_member and only in ("", person.id)]
    ids = [one.id for one in found]
    away = {one.person for one in at.facts.leaves(ids, at.today, at.today)} if ids else set()
    return [Member(one, unit.id, one.id in away) for one in found]


def _spared(at: Sight, code: str, period: str, ids: Sequence[str]) -> set[str]:
    return {one.subject for one in at.facts.waivers(code, period, ids)} if ids else set()


def _of_leaders(
    at: Sight, unit: Organisation, leaders: Sequence[Person], chosen: Sequence[Person]
) -> list[Duty]:
    """What whoever leads the unit has to sign, to publish, to promise for it and to review."""
    if not chosen:
        return []
    return [
        *_of_unit_itself(at, unit, leaders),
        *(duty for one in chosen for duty in (*_reviews(at, unit, one), *demands.to_judge(at, unit, one))),
    ]


def _leaders(at: Sight, unit: Organisation) -> list[Person]:
    kinds = _BESIDE if unit.kind is OrgKind.SCHOOL else ()
    beside = [role.person for kind in kinds for role in at.roster.holders(kind, [unit.id], at.today)]
    ids = dict.fromkeys([*in_charge(at.roster, unit.id, at.today), *beside])
    found = (at.roster.person(id) for id in ids)
    return [person for person in found if person is not None]


def _of_unit_itself(at: Sight, unit: Organisation, leaders: Sequence[Person]) -> list[Duty]:
    """K-01 of the organisation, its 前期总结 before K-09, K-02 and K-03 of what waits in it."""
    year, found = periods.year_of(at.today), list[Duty]()
    heads = [one.id for one in leaders]
    if unit.kind is not OrgKind.SCHOOL and promise.window(year, at.profile).is_asked_on(at.today):
        items, start = at.facts.commitments_of([unit.id]), coverage.starts_on(at.roster, unit.id)
        found += promise.of_organisation(unit, heads, year, at.profile, items, start)
    found += _looking_back(at, unit, heads)
    waiting = _waiting(at, unit)
    if waiting:
        chairs = Chairs(at.roster, at.today)
        found += signing.duties(waiting, unit.id, at.profile, chairs.signers, chairs.publishers)
    return found


def _looking_back(at: Sight, unit: Organisation, heads: Sequence[str]) -> list[Duty]:
    """Nobody is asked whom nobody else would review."""
    half = periods.half_of(at.today)
    if unit.kind is OrgKind.SCHOOL or not looking_back.is_asked_on(half, at.today):
        return []
    above = set(coverage.reviewers(at.roster, at.profile, unit, at.today))
    reviewed = [id for id in heads if above - {id}]
    given = at.facts.reviews_of([unit.id, *reviewed], half.start, half.end) if reviewed else ()
    return looking_back.duties(unit, half, reviewed, coverage.starts_on(at.roster, unit.id), given)


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
    people = [one.object for one in members]
    labels = {one.window.label for one in members}
    return {id for label in labels for id in _spared(at, coverage.MEMBERS, label, people)}
