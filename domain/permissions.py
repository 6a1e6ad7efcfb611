"""Who may review whom on a day, in which capacity, and who may instead (R-030 to R-039, R-042, O-04, O-43)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.people import WITH_MEMBERS, Organisation, OrgKind, Person, Role, RoleKind, Roster
from domain.profile import Profile
from domain.review_matrix import DAILY, DIRECTNESS, FLAGS, MATRIX, NO, YES
from domain.verdict import Entitled, Reason, Verdict

LEADING = "担任领导职务"
CONTACT_POINT = "联系点"
EXTERNAL = "external"
SECRETARIES = ("branch_secretary", "direct_secretary", "l1_secretary", "party_secretary")


@dataclass(frozen=True, slots=True)
class Target:
    """What is reviewed. `org` is the branch of a member (or the organisation he is 班子成员 of), the
    organisation a secretary leads, or the organisation itself."""

    type: Literal["member", "secretary", "org"]
    subject: str
    org: str


@dataclass(frozen=True, slots=True)
class Office:
    """A capacity of the matrix and the organisation in which somebody holds it, or acts in it for a time (代)."""

    capacity: str
    org: str
    acting: bool = False


_OFFICES = {
    (RoleKind.SECRETARY, OrgKind.SCHOOL): "party_secretary",
    (RoleKind.SCHOOL_LEADER, OrgKind.SCHOOL): "school_leader",
    (RoleKind.COMMITTEE, OrgKind.SCHOOL): "school_leader",
    (RoleKind.SECRETARY, OrgKind.SUB_COMMITTEE): "l1_secretary",
    (RoleKind.SECRETARY, OrgKind.GENERAL_BRANCH): "l1_secretary",
    (RoleKind.ADMIN_HEAD, OrgKind.SUB_COMMITTEE): "admin_head",
    (RoleKind.ADMIN_HEAD, OrgKind.GENERAL_BRANCH): "admin_head",
    (RoleKind.SECRETARY, OrgKind.DIRECT_BRANCH): "direct_secretary",
    (RoleKind.SECRETARY, OrgKind.BRANCH): "branch_secretary",
}
_COMMITTEE = (RoleKind.COMMITTEE, RoleKind.DEPUTY)


def may_review(roster: Roster, profile: Profile, actor: Person, target: Target, day: date) -> Verdict:
    """Whether and as what `actor` may review the target that day; never himself (R-038)."""
    offices = offices_of(roster, actor.id, day)
    reason = _barred(roster, actor, target, offices, day)
    if not reason:
        found = _allowing(roster, profile, actor.id, offices, target, day)
        if found is not None:
            return Verdict(True, found.capacity, daily_only=found.daily_only)
        reason = "outside"
    others = [one for one in who_may_review(roster, profile, target, day) if one.person != actor.id]
    direct = [one for one in others if not one.daily_only]
    return Verdict(False, reason=reason, instead=tuple(direct or others))


def may_register(roster: Roster, profile: Profile, actor: Person, target: Target, day: date) -> Verdict:
    """Whether a 书记 may register what an external leader said of the target: whoever may review it himself (R-040)."""
    verdict = may_review(roster, profile, actor, target, day)
    column = column_of(roster, target, day)
    if column is None or MATRIX[EXTERNAL][column] == NO:
        return Verdict(allowed=False, reason="external")
    if verdict.allowed and verdict.capacity not in SECRETARIES:
        verdict = Verdict(
            allowed=False, reason="no_office", instead=tuple(who_may_review(roster, profile, target, day))
        )
    return replace(verdict, instead=tuple(one for one in verdict.instead if one.capacity in SECRETARIES))


def registers(roster: Roster, person: str, day: date) -> bool:
    """Whether somebody is a 书记, and so may register external reviews at all."""
    return any(office.capacity in SECRETARIES for office in offices_of(roster, person, day))


def who_may_review(roster: Roster, profile: Profile, target: Target, day: date) -> Sequence[Entitled]:
    """Everybody who may review the target that day, the most direct first."""
    path = [org.id for org in roster.path(target.org)]
    roles = (*roster.holders(RoleKind.SECRETARY, path, day), *roster.holders(RoleKind.ADMIN_HEAD, path, day))
    leaders = (link.leader for org in path for link in roster.links_to(org, day))
    ids = dict.fromkeys((*(role.person for role in roles), *leaders))
    found = []
    for person in roster.people(list(ids)).values():
        offices = offices_of(roster, person.id, day)
        if not _barred(roster, person, target, offices, day):
            found.append(_allowing(roster, profile, person.id, offices, target, day))
    return sorted((one for one in found if one is not None), key=_directness)


def offices_of(roster: Roster, person: str, day: date) -> Sequence[Office]:
    """The posts of a person that the matrix knows, the most direct first."""
    held = []
    for role in roster.roles_of(person, day):
        org = roster.org(role.org)
        capacity = _OFFICES.get((role.role, org.kind)) if org else None
        if capacity:
            held.append(Office(capacity, role.org, role.acting))
    return sorted(held, key=lambda office: DIRECTNESS.index(office.capacity))


def reviews_anybody(roster: Roster, person: str, day: date) -> bool:
    """Whether somebody holds a post that may review at all."""
    return bool(offices_of(roster, person, day))


def targets_of(roster: Roster, person: Person, day: date) -> Sequence[Target]:
    """In what somebody can be reviewed: as a member, as 班子成员, as the secretary of an organisation."""
    branch, roles = roster.branch_of(person.id, day), roster.roles_of(person.id, day)
    found = [Target("member", person.id, branch.id)] if branch and person.is_member else []
    for role in roles:
        org = roster.org(role.org)
        if org and role.role in (*_COMMITTEE, RoleKind.SCHOOL_LEADER) and org.kind not in WITH_MEMBERS:
            found.append(Target("member", person.id, org.id))
    heads = (Target("secretary", person.id, one.org) for one in roles if is_head(roster, one, day))
    return [*found, *heads]


def is_vacant(roster: Roster, org: str, day: date) -> bool:
    """Whether an organisation has no 书记 that day, so that the one above reviews its members (O-43)."""
    return not roster.holders(RoleKind.SECRETARY, [org], day)


def kept_meanwhile(roster: Roster, person: str, day: date) -> list[Organisation]:
    """The branches right below somebody's chair that have no 书记 of their own (O-43)."""
    chairs = [role.org for role in roster.roles_of(person, day) if role.role is RoleKind.SECRETARY]
    below = [org for org in roster.children(chairs) if org.kind is OrgKind.BRANCH] if chairs else []
    return vacant(roster, below, day)


def vacant(roster: Roster, orgs: Sequence[Organisation], day: date) -> list[Organisation]:
    """Those of some organisations whose 书记's chair is empty that day; asked at once however many they are."""
    held = roster.holders(RoleKind.SECRETARY, [org.id for org in orgs], day) if orgs else ()
    led = {role.org for role in held}
    return [org for org in orgs if org.id not in led]


def is_head(roster: Roster, role: Role, day: date) -> bool:
    """Whether somebody is reviewed as the 书记: who only acts is so while the chair is empty (O-43)."""
    if role.role is not RoleKind.SECRETARY or not role.acting:
        return role.role is RoleKind.SECRETARY
    held = roster.holders(RoleKind.SECRETARY, [role.org], day)
    return all(one.acting for one in held)


def _barred(roster: Roster, actor: Person, target: Target, offices: Sequence[Office], day: date) -> Reason:
    if target.subject == actor.id:
        return "self"
    if not offices:
        staff = any(role.role == RoleKind.STAFF for role in roster.roles_of(actor.id, day))
        return "office" if staff else "no_office"
    leads = any(office.org == target.org for office in offices if office.capacity.endswith("secretary"))
    return "own" if target.type == "org" and leads else ""


def _allowing(
    roster: Roster, profile: Profile, person: str, offices: Sequence[Office], target: Target, day: date
) -> Entitled | None:
    """The best capacity in which the matrix lets somebody review the target."""
    column = column_of(roster, target, day)
    if column is None:
        return None
    found = []
    for office in offices:
        cell = MATRIX[office.capacity][column]
        cell = _opened(profile, cell, _stands_in(roster, office, target, day))
        if cell != NO and _reaches(roster, profile, person, office, target, day):
            found.append(Entitled(person, office.capacity, cell == DAILY))
    return min(found, key=_directness, default=None)


def _opened(profile: Profile, cell: str, stands_in: bool) -> str:
    if cell not in FLAGS:
        return cell
    return YES if stands_in or profile.flag(FLAGS[cell]) else NO


def _stands_in(roster: Roster, office: Office, target: Target, day: date) -> bool:
    vacancy = office.capacity == "l1_secretary" and target.type == "member"
    return vacancy and is_vacant(roster, target.org, day)


def _reaches(
    roster: Roster, profile: Profile, person: str, office: Office, target: Target, day: date
) -> bool:
    path = [org.id for org in roster.path(target.org)]
    everywhere = profile.text("review.party_secretary_scope") == "all" or target.org == office.org
    if office.capacity == "school_leader" or (office.capacity == "party_secretary" and not everywhere):
        return any(org in path for org in linked_to(roster, profile, person, day))
    return office.org in path


def linked_to(roster: Roster, profile: Profile, leader: str, day: date) -> Sequence[str]:
    """Organisations of a leader's 联系点, and of his 分管 where that authorises (R-004, R-005)."""
    portfolio = profile.flag("review.portfolio_authorises")
    links = roster.links_of(leader, day)
    return list(dict.fromkeys(link.org for link in links if portfolio or link.kind == CONTACT_POINT))


def column_of(roster: Roster, target: Target, day: date) -> str | None:
    """The matrix's column for a target; None when nobody reviews such a thing."""
    org = roster.org(target.org)
    if org is None:
        return None
    if target.type == "org":
        return _by_level(org, "l1_org", "branch")
    roles = roster.roles_of(target.subject, day)
    if any(role.org == target.org and is_head(roster, role, day) for role in roles):
        return _by_level(org, "l1_secretary", "branch_secretary")
    return _member_column(roster, target, org, roles) if target.type == "member" else None


def _by_level(org: Organisation, level_one: str, branch: str) -> str | None:
    if org.is_level_one:
        return level_one
    return branch if org.kind is OrgKind.BRANCH else None


def _member_column(roster: Roster, target: Target, org: Organisation, roles: Sequence[Role]) -> str:
    if org.kind not in WITH_MEMBERS:
        return "school_committee" if org.kind is OrgKind.SCHOOL else "l1_committee"
    kinds = {(role.role, found.kind) for role in roles if (found := roster.org(role.org))}
    if any(kind is OrgKind.SCHOOL and _OFFICES.get((role, kind)) for role, kind in kinds):
        return "school_leader"
    person = roster.person(target.subject)
    if any((role, kind) in _OFFICES for role, kind in kinds) or (person and LEADING in person.categories):
        return "leading_member"
    here = any(role.role in _COMMITTEE and role.org == target.org for role in roles)
    return "branch_committee" if here else "member"


def _directness(one: Entitled) -> tuple[bool, int]:
    return one.daily_only, DIRECTNESS.index(one.capacity)
