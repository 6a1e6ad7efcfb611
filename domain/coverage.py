"""Whom somebody must review in a window, and whom of them he still owes (R-034, R-138, R-139, R-142, K-08, K-09)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.organisations import start_of
from domain.people import WITH_MEMBERS, Organisation, Person, RoleKind, Roster
from domain.periods import Kind, Period, period_of
from domain.permissions import Office, Target, is_head, is_vacant, linked_to, offices_of
from domain.profile import Profile
from domain.reviews import Review

MEMBERS, ORGANISATIONS = "K-08", "K-09"
_WINDOWS: dict[str, Kind] = {"quarter": "quarter", "term": "half"}


@dataclass(frozen=True, slots=True)
class Duty:
    """One review that somebody must give in a window; `code` is the row of domain §8."""

    code: str
    target: Target
    capacity: str
    period: Period


def member_window(profile: Profile, day: date) -> Period | None:
    """The window in which each member is reviewed once; None where the office has no such cadence (D-02)."""
    kind = _WINDOWS.get(profile.text("review.member_cadence"))
    return period_of(kind, day) if kind else None


def reviewable_members(
    roster: Roster, profile: Profile, actor: Person, day: date
) -> Sequence[tuple[Person, str]]:
    """The members somebody must review himself, with their branch; those of a vacant branch too (O-43)."""
    own = _branches(roster, actor, day)
    branches = {branch for _, branch in own}
    found = roster.members(list(branches), day) if branches else ()
    # Whoever acts for a 书记 does not review her: she is reviewed from above.
    lent = [branch for office, branch in own if office.acting]
    heads = {role.person for role in roster.holders(RoleKind.SECRETARY, lent, day)} if lent else set()
    return [(one, org) for one, org in found if one.is_member and one.id not in {actor.id, *heads}]


def duties_of(roster: Roster, profile: Profile, actor: Person, day: date) -> Sequence[Duty]:
    """Every review somebody owes in the windows that contain the day, done or not."""
    return [*_of_members(roster, profile, actor, day), *_of_organisations(roster, profile, actor, day)]


def still_owed(duties: Sequence[Duty], reviews: Sequence[Review], waived: Collection[str]) -> Sequence[Duty]:
    """The duties that no review satisfies; `waived` are the ids of members who need none this time."""
    open_duties = [duty for duty in duties if duty.target.subject not in waived]
    return [duty for duty in open_duties if not any(satisfies(review, duty) for review in reviews)]


def satisfies(review: Review, duty: Duty) -> bool:
    """Whether a review does what the duty asks; a superior's does not do a branch secretary's (R-037)."""
    same = (review.target, review.subject, review.org) == (
        duty.target.type,
        duty.target.subject,
        duty.target.org,
    )
    own = duty.code == ORGANISATIONS or review.capacity == duty.capacity
    return same and own and review.satisfies_duty and review.day in duty.period


def starts_on(roster: Roster, org: str) -> date | None:
    """The 启用日期 of an organisation, its own or inherited (R-350)."""
    return start_of(roster.path(org))


def _of_members(roster: Roster, profile: Profile, actor: Person, day: date) -> list[Duty]:
    window = member_window(profile, day)
    if window is None:
        return []
    capacities = {branch: office.capacity for office, branch in _branches(roster, actor, day)}
    owed = reviewable_members(roster, profile, actor, day)
    return [
        Duty(MEMBERS, Target("member", person.id, org), capacities[org], window)
        for person, org in owed
        if _in_force(roster, org, window)
    ]


def _branches(roster: Roster, actor: Person, day: date) -> list[tuple[Office, str]]:
    """The branches whose members are somebody's own duty, with the post that makes them so."""
    found = []
    for office in offices_of(roster, actor.id, day):
        if office.capacity in ("branch_secretary", "direct_secretary"):
            found.append((office, office.org))
        if office.capacity == "l1_secretary":
            below = (org for org in roster.children(office.org) if org.kind in WITH_MEMBERS)
            found += [(office, org.id) for org in below if is_vacant(roster, org.id, day)]
    return found


def _of_organisations(roster: Roster, profile: Profile, actor: Person, day: date) -> list[Duty]:
    window = period_of("half", day)
    owed: list[Duty] = []
    for office in offices_of(roster, actor.id, day):
        orgs = [
            org for org in _below(roster, profile, actor, office, day) if _in_force(roster, org.id, window)
        ]
        owed += [Duty(ORGANISATIONS, Target("org", org.id, org.id), office.capacity, window) for org in orgs]
        heads = roster.holders(RoleKind.SECRETARY, [org.id for org in orgs], day) if orgs else ()
        owed += [
            Duty(ORGANISATIONS, Target("secretary", head.person, head.org), office.capacity, window)
            for head in heads
            if head.person != actor.id and is_head(roster, head, day)
        ]
    return list({duty.target: duty for duty in owed}.values())


def _below(
    roster: Roster, profile: Profile, actor: Person, office: Office, day: date
) -> Sequence[Organisation]:
    """The organisations one level under a post: branches, or level one as the office's scope has it."""
    if office.capacity == "l1_secretary":
        return [org for org in roster.children(office.org) if org.kind in WITH_MEMBERS]
    if office.capacity not in ("party_secretary", "school_leader"):
        return []
    everywhere = profile.text("review.party_secretary_scope") == "all"
    if office.capacity == "party_secretary" and everywhere:
        return [org for org in roster.children(office.org) if org.is_level_one]
    linked = linked_to(roster, profile, actor.id, day)
    return [org for org in map(roster.org, linked) if org is not None and org.is_level_one]


def _in_force(roster: Roster, org: str, window: Period) -> bool:
    start = starts_on(roster, org)
    return start is not None and start <= window.start
