"""Who countersigns an item and who publishes it (R-074, R-079, O-41, O-43): worked out anew on every day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.commitments import Commitment
from domain.people import Organisation, OrgKind, Person, RoleKind, Roster
from domain.permissions import CONTACT_POINT

_CAPACITIES = {
    OrgKind.BRANCH: "branch_secretary",
    OrgKind.DIRECT_BRANCH: "direct_secretary",
    OrgKind.GENERAL_BRANCH: "l1_secretary",
    OrgKind.SUB_COMMITTEE: "l1_secretary",
    OrgKind.SCHOOL: "party_secretary",
}


@dataclass(frozen=True, slots=True)
class Chairs:
    """The secretaries of one day, looked up where somebody asks; a vacant chair is filled by the one above (O-43)."""

    roster: Roster
    day: date
    held: dict[str, list[str]] = field(default_factory=dict)

    def of(self, org: str) -> Sequence[str]:
        """The secretaries of an organisation itself."""
        self.learn((org,))
        return self.held[org]

    def learn(self, orgs: Iterable[str]) -> None:
        """Look up those of some organisations at once."""
        fresh = [org for org in orgs if org not in self.held]
        self.held.update((org, []) for org in fresh)
        for role in self.roster.holders(RoleKind.SECRETARY, fresh, self.day) if fresh else ():
            self.held[role.org].append(role.person)

    def above(self, org: str, without: Collection[str] = ()) -> tuple[Organisation, Sequence[str]] | None:
        """The nearest organisation from `org` upward with secretaries other than these, and who they are."""
        path = self.roster.path(org)
        self.learn(one.id for one in path)
        for one in path:
            people = [person for person in self.held[one.id] if person not in without]
            if people:
                return one, people
        return None

    def signers(self, commitment: Commitment) -> Sequence[str]:
        """Everybody whose countersignature the item may bear today, never its own committer's."""
        found = self.above(commitment.signer_org, self._own_side(commitment))
        if found is None:
            return ()
        return [*found[1], *self._linked_leaders(commitment, found[0])]

    def publishers(self, commitment: Commitment) -> Sequence[str]:
        """The secretaries of the organisation to which the committer belongs."""
        found = self.above(commitment.org)
        return found[1] if found else ()

    def capacity(self, commitment: Commitment, person: str) -> str:
        """As what somebody countersigns: `secretary` of the member's own branch, else `superior`."""
        own = commitment.owner_type == "person" and person in self.of(commitment.org)
        return "secretary" if own else "superior"

    def post(self, person: str) -> str:
        """The code of the highest chair somebody holds; empty without one."""
        codes = [_CAPACITIES.get(org.kind, "") for org in chairs_of(self.roster, person, self.day)]
        return max(codes, key=list(_CAPACITIES.values()).index, default="")

    def _own_side(self, commitment: Commitment) -> Collection[str]:
        own = commitment.owner_type == "person"
        return (commitment.owner,) if own else self.of(commitment.owner)

    def _linked_leaders(self, commitment: Commitment, signing: Organisation) -> Sequence[str]:
        """R-074: an item of a level-one organisation may also be signed by the leader of its 联系点."""
        if commitment.owner_type != "org" or signing.kind is not OrgKind.SCHOOL:
            return ()
        return leaders_of(self.roster, commitment.owner, self.day)


def leaders_of(roster: Roster, org: str, day: date) -> Sequence[str]:
    """The school leaders whose 联系点 a level-one organisation is; nobody's of any other."""
    here = roster.org(org)
    links = roster.links_to(org, day) if here and here.is_level_one else ()
    return [link.leader for link in links if link.kind == CONTACT_POINT]


def desk(known: Chairs, person: str) -> Sequence[str]:
    """The organisations whose waiting items may be this person's to sign; each item is still judged alone."""
    near = _near(known, person)
    linked = [known.roster.org(link.org) for link in known.roster.links_of(person, known.day)]
    return [*near, *(org.parent for org in linked if org and org.parent and org.parent not in near)]


def _near(known: Chairs, person: str) -> list[str]:
    """From the person's own chairs downward: below an organisation that is not theirs to sign for, none is."""
    found: list[str] = []
    level = [org.id for org in chairs_of(known.roster, person, known.day)]
    while level:
        known.learn(level)
        near = [org for org in level if person in _nearest(known, org)]
        found += near
        level = [org.id for org in known.roster.children(near) if org.id not in found]
    return sorted(set(found))


def _nearest(known: Chairs, org: str) -> Collection[str]:
    """The secretaries of the nearest chair, and those above should one of the first be the committer."""
    first = known.above(org)
    second = known.above(org, first[1]) if first else None
    return (*(first[1] if first else ()), *(second[1] if second else ()))


def chairs_of(roster: Roster, person: str, day: date) -> Sequence[Organisation]:
    """The organisations whose secretary somebody is that day."""
    orgs = (roster.org(role.org) for role in roster.roles_of(person, day) if role.role is RoleKind.SECRETARY)
    return [org for org in orgs if org is not None]


def signer_org_of_member(roster: Roster, person: Person, branch: Organisation, day: date) -> str:
    """The branch, or the organisation above it for the branch's own secretary (O-41)."""
    leads = any(org.id == branch.id for org in chairs_of(roster, person.id, day))
    return branch.parent if leads and branch.parent else branch.id


def signer_org_of_organisation(org: Organisation) -> str:
    """The organisation above; 学校党委 has none and signs for itself."""
    return org.parent or org.id
