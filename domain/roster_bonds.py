"""What begins and what ends when somebody's place, posts or links change on a day; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from domain import enrolment
from domain.entries import Entry
from domain.people import Link, Membership, Organisation, Person, Role
from domain.roster_posts import Post, post_of
from domain.roster_state import holds

Bond = TypeVar("Bond", Membership, Role, Link)


@dataclass(frozen=True, slots=True)
class Shift(Generic[Bond]):
    """Bonds that never were, that end (each with its last day), and that begin."""

    cancelled: tuple[Bond, ...] = ()
    ended: tuple[Bond, ...] = ()
    begun: tuple[Bond, ...] = ()

    def after(self, bonds: Iterable[Bond]) -> list[Bond]:
        """All bonds once this has happened."""
        gone = {_key(bond) for bond in self.cancelled} | {_key(bond) for bond in self.ended}
        return [bond for bond in bonds if _key(bond) not in gone] + list(self.ended) + list(self.begun)


def _key(bond: Membership | Role | Link) -> tuple[str, str, date]:
    what = bond.role if isinstance(bond, Role) else bond.kind if isinstance(bond, Link) else ""
    return (bond.org, what, bond.start)


def ceased(bonds: Iterable[Bond], day: date) -> Shift[Bond]:
    """These bonds are over from `day` on: their last day is the one before; what began later never was."""
    bonds = list(bonds)
    last = day - timedelta(days=1)
    ended = (replace(bond, end=last) for bond in bonds if bond.start < day)
    return Shift(tuple(bond for bond in bonds if bond.start >= day), tuple(ended))


def moved(person: str, bonds: Sequence[Membership], org: str, day: date) -> Shift[Membership]:
    """Somebody belongs to `org` (empty: to none) from that day on."""
    over = ceased([bond for bond in bonds if holds(bond, day)], day)
    return replace(over, begun=(Membership(person, org, day),)) if org else over


def appointed(person: str, roles: Sequence[Role], posts: frozenset[Post], day: date) -> Shift[Role]:
    """Somebody holds exactly these posts from that day on; deputies for a time (代) stay as they are."""
    held = {post_of(role): role for role in roles if holds(role, day) and not role.acting}
    over = ceased([role for post, role in held.items() if post not in posts], day)
    fresh = sorted(posts - set(held))
    return replace(over, begun=tuple(Role(person, one.role, one.org, day, None, one.word) for one in fresh))


def linked(leader: str, links: Sequence[Link], orgs: frozenset[str], kind: str, day: date) -> Shift[Link]:
    """A leader has exactly these organisations as 联系点 (or 分管) from that day on."""
    held = {link.org: link for link in links if holds(link, day) and link.kind == kind}
    over = ceased([link for org, link in held.items() if org not in orgs], day)
    return replace(over, begun=tuple(Link(leader, org, kind, day) for org in sorted(orgs - set(held))))


def entries(person: Person, shift: Shift[Bond], orgs: Mapping[str, Organisation]) -> list[Entry]:
    """A shift as entries of the person's archive: what ends before what begins."""
    name = {id: org.name for id, org in orgs.items()}
    found = [enrolment.cancelled(person, bond, name.get(bond.org, bond.org)) for bond in shift.cancelled]
    found += [_ended(person, bond, name.get(bond.org, bond.org)) for bond in shift.ended]
    return found + [_begun(person, bond, name[bond.org]) for bond in shift.begun]


def _ended(person: Person, bond: Membership | Role | Link, org: str) -> Entry:
    last = bond.end or bond.start
    if isinstance(bond, Role):
        return enrolment.ended(person, bond, last, org)
    if isinstance(bond, Link):
        return enrolment.unlinked(person, bond, last, org)
    return enrolment.left(person, bond, last, org)


def _begun(person: Person, bond: Membership | Role | Link, org: str) -> Entry:
    if isinstance(bond, Role):
        return enrolment.given(person, bond, org)
    if isinstance(bond, Link):
        return enrolment.linked(person, bond, org)
    return enrolment.joined(person, bond, org)
