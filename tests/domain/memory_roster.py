"""A roster in memory that answers the rules' questions: the cast of the tests plus whatever a test adds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.people import Bonds, Link, Membership, Organisation, Person, Role, RoleKind
from tests import cast


def _cast_people() -> dict[str, Person]:
    return {
        id: Person(id, name, f"{n:04}", post) for n, (id, name, _, _, post) in enumerate(cast.PEOPLE, 150)
    }


def _cast_memberships() -> list[Membership]:
    return [Membership(id, org, cast.START) for id, _, _, org, _ in cast.PEOPLE]


@dataclass
class MemoryRoster:
    """The cast; lists may be changed freely before asking."""

    known: dict[str, Person] = field(default_factory=_cast_people)
    tree: list[Organisation] = field(default_factory=lambda: list(cast.ORGS))
    roles: list[Role] = field(default_factory=lambda: list(cast.ROLES))
    links: list[Link] = field(default_factory=lambda: list(cast.LINKS))
    bonds: list[Membership] = field(default_factory=_cast_memberships)

    def add(
        self, id: str, org: str, *roles: tuple[RoleKind, str], categories: tuple[str, ...] = ()
    ) -> Person:
        person = self.known[id] = Person(id, f"某{id}", id, categories=categories)
        self.bonds.append(Membership(id, org, cast.START))
        self.roles += [Role(id, role, where, cast.START) for role, where in roles]
        return person

    def person(self, id: str) -> Person | None:
        return self.known.get(id)

    def people(self, ids: Collection[str]) -> dict[str, Person]:
        return {id: self.known[id] for id in ids if id in self.known}

    def named(self, name: str) -> Sequence[Person]:
        return [person for person in self.known.values() if person.name == name]

    def sounding_like(self, name: str) -> Sequence[Person]:
        return self.named(name)

    def org(self, id: str) -> Organisation | None:
        return next((org for org in self.tree if org.id == id), None)

    def org_named(self, words: str) -> Sequence[Organisation]:
        return [org for org in self.tree if words in (org.name, org.short_name)]

    def orgs(self) -> Sequence[Organisation]:
        return self.tree

    def children(self, orgs: Collection[str]) -> Sequence[Organisation]:
        return [child for child in self.tree if child.parent in orgs]

    def path(self, org: str) -> Sequence[Organisation]:
        found = self.org(org)
        return [found, *self.path(found.parent or "")] if found else []

    def branch_of(self, person: str, day: date) -> Organisation | None:
        bonds = [bond for bond in self.bonds if bond.person == person and _holds(bond, day)]
        return self.org(bonds[0].org) if bonds else None

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        bonds = [bond for bond in self.bonds if bond.org in orgs and _holds(bond, day)]
        return [(self.known[bond.person], bond.org) for bond in bonds]

    def spoken_of(self, words: str, orgs: Collection[str], day: date) -> Sequence[Person]:
        return [one for one, _ in self.members(orgs, day) if one.name[0] in words or one.name[1:] in words]

    def sounding(self, names: Collection[str], orgs: Collection[str], day: date) -> Sequence[Person]:
        return [one for one, _ in self.members(orgs, day) if one.name in names]

    def roles_of(self, person: str, day: date) -> Sequence[Role]:
        return [role for role in self.roles if role.person == person and _holds(role, day)]

    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]:
        return [one for one in self.roles if one.role is role and one.org in orgs and _holds(one, day)]

    def everywhere(self, role: RoleKind, day: date) -> Sequence[Role]:
        return [one for one in self.roles if one.role is role and _holds(one, day)]

    def links_of(self, leader: str, day: date) -> Sequence[Link]:
        return [link for link in self.links if link.leader == leader and _holds(link, day)]

    def links_to(self, org: str, day: date) -> Sequence[Link]:
        return [link for link in self.links if link.org == org and _holds(link, day)]

    def bonds_of(self, person: str) -> Bonds:
        places = [bond for bond in self.bonds if bond.person == person]
        posts = [role for role in self.roles if role.person == person]
        return Bonds(places, posts, [link for link in self.links if link.leader == person])

    def posts_at(self, org: str) -> Sequence[Role]:
        return [role for role in self.roles if role.org == org]

    def last_number(self) -> int:
        return max(int(person.number) for person in self.known.values())

    def has_account(self, ids: Collection[str]) -> set[str]:
        return set(ids)


def _holds(bond: Membership | Role | Link, day: date) -> bool:
    return bond.start <= day and (bond.end is None or day <= bond.end)
