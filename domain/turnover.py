"""What one act of chat changes about one person: own fields, place, posts, links; how it is written and undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain import enrolment, roster_bonds
from domain.entries import Entry
from domain.people import Bonds, Link, Membership, Organisation, Person, Role, RoleKind
from domain.roster_bonds import Bond, Shift

OWN = ("name", "post", "political", "categories", "status")
Orgs = Mapping[str, Organisation]
AnyBond = Membership | Role | Link


@dataclass(frozen=True, slots=True)
class Turnover:
    """A person before and after, with the bonds that end and begin; written as the roster sheet writes them.

    `former` are the bonds that end, as they were before: 撤回 brings these back.
    """

    before: Person
    after: Person
    places: Shift[Membership] = field(default_factory=Shift)
    posts: Shift[Role] = field(default_factory=Shift)
    ties: Shift[Link] = field(default_factory=Shift)
    former: tuple[AnyBond, ...] = ()
    is_new: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the person's own fields that change."""
        return tuple(key for key in OWN if getattr(self.before, key) != getattr(self.after, key))


def entries(one: Turnover, orgs: Orgs, capacity: str) -> tuple[Entry, ...]:
    """The kinds of entries that the roster sheet writes too, so that an import sees what chat changed."""
    person = one.after
    found = [enrolment.enrolled(person)] if one.is_new else []
    if one.fields and not one.is_new:
        found.append(enrolment.changed(person, one.fields))
    for shift in _shifts(one):
        found += roster_bonds.entries(person, shift, orgs)
    return tuple(replace(entry, capacity=capacity) for entry in found)


def _shifts(one: Turnover) -> tuple[Shift[Any], ...]:
    return (one.places, one.posts, one.ties)


def turned(
    before: Person,
    after: Person,
    bonds: Bonds,
    places: Shift[Membership] | None = None,
    posts: Shift[Role] | None = None,
    ties: Shift[Link] | None = None,
) -> Turnover:
    """A turnover whose `former` bonds are looked up among those of before."""
    change = Turnover(before, after, places or Shift(), posts or Shift(), ties or Shift())
    known: list[AnyBond] = [*bonds.places, *bonds.posts, *bonds.ties]
    ended: list[AnyBond] = [bond for shift in _shifts(change) for bond in shift.ended]
    former = tuple(old for old in known if any(replace(old, end=bond.end) == bond for bond in ended))
    return replace(change, former=former)


def gone(person: Person, status: str, bonds: Bonds, day: date) -> Turnover:
    """Somebody leaves for good: whatever lasts on `day` ends with the day before, what was to come never is."""
    return turned(
        person,
        replace(person, status=status),
        bonds,
        roster_bonds.ceased(_lasting(bonds.places, day), day),
        roster_bonds.ceased(_lasting(bonds.posts, day), day),
        roster_bonds.ceased(_lasting(bonds.ties, day), day),
    )


def moved(person: Person, bonds: Bonds, org: str, day: date) -> Turnover:
    """Somebody belongs to another branch from `day` on; posts at the old one end with the membership."""
    places = roster_bonds.moved(person.id, bonds.places, org, day)
    left = {bond.org for bond in places.ended}
    posts = [post for post in _lasting(bonds.posts, day) if post.org in left]
    return turned(person, person, bonds, places, roster_bonds.ceased(posts, day))


def _lasting(bonds: Iterable[Bond], day: date) -> list[Bond]:
    return [bond for bond in bonds if bond.end is None or bond.end >= day]


def undone(one: Turnover, bonds: Bonds, orgs: Orgs, capacity: str) -> tuple[Entry, ...] | None:
    """The entries that take it back; None when something about these bonds has changed since."""
    now: list[AnyBond] = [*bonds.places, *bonds.posts, *bonds.ties]
    if not all(_stands(shift, now) for shift in _shifts(one)):
        return None
    person = one.before
    found = [enrolment.changed(person, one.fields)] if one.fields else []
    for shift in _shifts(one):
        found += [_cancelled(person, bond, orgs) for bond in shift.begun]
        found += [_again(person, bond, orgs) for bond in shift.cancelled]
    found += [_again(person, bond, orgs) for bond in one.former]
    return tuple(replace(entry, capacity=capacity) for entry in found)


def _stands(shift: Shift[Any], now: Sequence[AnyBond]) -> bool:
    return all(bond in now for bond in (*shift.begun, *shift.ended))


def _cancelled(person: Person, bond: Membership | Role | Link, orgs: Orgs) -> Entry:
    return enrolment.cancelled(person, bond, _name(orgs, bond.org))


def _again(person: Person, bond: Membership | Role | Link, orgs: Orgs) -> Entry:
    """A bond that was ended lasts again; the entry that began it is written once more, with the end it had."""
    if isinstance(bond, Role):
        return enrolment.given(person, bond, _name(orgs, bond.org))
    if isinstance(bond, Link):
        return enrolment.linked(person, bond, _name(orgs, bond.org))
    return enrolment.joined(person, bond, _name(orgs, bond.org))


def _name(orgs: Orgs, id: str) -> str:
    return orgs[id].name if id in orgs else id


def noted(one: Turnover) -> dict[str, Any]:
    """A turnover as JSON, for 撤回."""
    parts = {"places": one.places, "posts": one.posts, "ties": one.ties}
    shifts = {
        name: {key: [_row(bond) for bond in getattr(shift, key)] for key in ("cancelled", "ended", "begun")}
        for name, shift in parts.items()
    }
    own = [{**{key: getattr(who, key) for key in OWN}, "id": who.id} for who in (one.before, one.after)]
    return {"own": own, "former": [_row(bond) for bond in one.former], **shifts}


def read(note: Mapping[str, Any], person: Person) -> Turnover:
    """What `noted` kept, about the person as he is now."""
    before, after = (replace(person, **_own(own)) for own in note["own"])
    places, posts, ties = (_shift(note[name]) for name in ("places", "posts", "ties"))
    former = tuple(_bond(row) for row in note["former"])
    return Turnover(before, after, places, posts, ties, former)


def _shift(kept: Mapping[str, Any]) -> Shift[Any]:
    return Shift(*(tuple(_bond(row) for row in kept[key]) for key in ("cancelled", "ended", "begun")))


def _own(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(kept[key]) if key == "categories" else kept[key] for key in OWN}


def _row(bond: AnyBond) -> dict[str, Any]:
    who = bond.leader if isinstance(bond, Link) else bond.person
    row: dict[str, Any] = {"who": who, "org": bond.org, "start": bond.start.isoformat()}
    row["end"] = bond.end.isoformat() if bond.end else None
    if isinstance(bond, Role):
        return {**row, "role": str(bond.role), "title": bond.title, "acting": bond.acting}
    return {**row, "kind": bond.kind} if isinstance(bond, Link) else row


def _bond(row: Mapping[str, Any]) -> AnyBond:
    start = date.fromisoformat(row["start"])
    end = date.fromisoformat(row["end"]) if row["end"] else None
    if "role" in row:
        return Role(row["who"], RoleKind(row["role"]), row["org"], start, end, row["title"], row["acting"])
    if "kind" in row:
        return Link(row["who"], row["org"], row["kind"], start, end)
    return Membership(row["who"], row["org"], start, end)
