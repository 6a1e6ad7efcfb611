"""Whose names somebody may ask about: deny by default, by office and day (R-230, R-305, O-43)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from domain.authority import POWERS
from domain.people import WITH_MEMBERS, Organisation, Person, Role, RoleKind, Roster
from domain.seats import EVERYWHERE, Seat, leads_to, reads_all


@dataclass(frozen=True, slots=True)
class Scope:
    """`tops` are the organisations whose word one has; `orgs` those and all below; `led` those below a 书记's.

    Names of an organisation outside `orgs` are never shown; whoever is not `led` is only looked at.
    """

    tops: tuple[str, ...] = ()
    orgs: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.orgs)


def scope_of(roster: Roster, person: Person, day: date) -> Scope:
    """Own unit and below for a 书记, its recorder and clerk; all for 办公室 and 组织部; nothing for everybody else."""
    return reach(roster, person, "ask", day)


def asks_about(roster: Roster, person: Person, day: date) -> Scope:
    """Of whom somebody may ask how far things are: as `scope_of`, and a school leader of his 联系点 and 分管 (R-305)."""
    own, roles = scope_of(roster, person, day), roster.roles_of(person.id, day)
    if not any(role.role is RoleKind.SCHOOL_LEADER for role in roles):
        return own
    linked = [link.org for link in roster.links_of(person.id, day)]
    tops = tuple(dict.fromkeys([*own.tops, *linked]))
    return Scope(tops, below(roster, tops), own.led)


def keeps_roster(roster: Roster, person: Person, day: date) -> Scope:
    """As `scope_of`, and an administrator for the whole school: for who is in the roster and how to reach them."""
    return reach(roster, person, "list", day)


def reach(roster: Roster, person: Person, act: str, day: date) -> Scope:
    """Where the table of authority lets somebody do an act that goes downward (`ask`, `list`, `free` …)."""
    roles, seats = roster.roles_of(person.id, day), POWERS[act].seats
    chairs = [role.org for role in roles if role.role is RoleKind.SECRETARY]
    found = [org for role in roles for seat in seats for org in _from(roster, role, seat)]
    tops = list(dict.fromkeys([*(org for org in chairs if org in found), *found]))
    return Scope(tuple(tops), below(roster, tops), below(roster, chairs))


def below(roster: Roster, tops: Collection[str]) -> frozenset[str]:
    """These organisations and everything under them; a branch has nothing under it, so the tree is not read."""
    known = [org for org in map(roster.org, tops) if org is not None]
    found = {org.id for org in known}
    if all(org.kind in WITH_MEMBERS for org in known):
        return frozenset(found)
    tree, before = roster.orgs(), 0
    while before < len(found):
        before = len(found)
        found |= {org.id for org in tree if org.parent in found}
    return frozenset(found)


def branches(roster: Roster, orgs: Collection[str]) -> list[Organisation]:
    """Those of the organisations which have members, in the roster's order."""
    tree = map(roster.org, orgs) if len(orgs) == 1 else roster.orgs()
    return [org for org in tree if org and org.id in orgs and org.kind in WITH_MEMBERS]


def within(
    roster: Roster, scope: Scope, people: Iterable[str], day: date
) -> list[tuple[Person, Organisation]]:
    """Those of a few people who belong to an organisation of the scope, with it, in the given order."""
    placed = [(roster.person(id), roster.branch_of(id, day)) for id in people]
    return [(person, org) for person, org in placed if person and org and org.id in scope.orgs]


def secretary_above(roster: Roster, person: Person, day: date) -> Person | None:
    """Whom somebody may ask instead: for a 书记 the one of the unit above, for others the own branch's."""
    roles = roster.roles_of(person.id, day)
    led = [role.org for role in roles if role.role is RoleKind.SECRETARY]
    own = roster.branch_of(person.id, day)
    parents = [org.parent for org in map(roster.org, led) if org and org.parent]
    asked = parents if led else [own.id] if own else []
    heads = roster.holders(RoleKind.SECRETARY, asked, day) if asked else ()
    return roster.person(heads[0].person) if heads else None


def _from(roster: Roster, role: Role, seat: Seat) -> list[str]:
    """The organisations from which a post looks down in this seat."""
    if not leads_to(roster, role, seat):
        return []
    if seat in EVERYWHERE:
        return [org.id for org in roster.orgs() if org.parent is None]
    # 办公室 and 组织部 read the whole school by a seat of their own.
    return [] if reads_all(roster, role) else [role.org]
