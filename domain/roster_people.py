"""What a row of 人员 makes of one person: everything about them as it will be, and the entries that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain import enrolment, roster_bonds
from domain.contacts import folded
from domain.entries import Entry
from domain.people import Link, Membership, Organisation, Person, Role
from domain.roster_bonds import Shift
from domain.roster_posts import Post, post_of
from domain.roster_rows import LABELS, LEAVING, PersonRow
from domain.roster_state import PERSONAL, Record, Said, holds, home, settled, settled_set

CHANNEL = "wecom"
_DEFAULTS = {"political": "中共党员", "status": "在册"}


@dataclass(frozen=True, slots=True)
class Fate:
    """One person before and after a row. `is_new` people are enrolled; `left` are cells that chat has overtaken."""

    row: PersonRow
    before: Record
    after: Record
    is_new: bool
    place: Shift[Membership] = field(default_factory=Shift)
    posts: Shift[Role] = field(default_factory=Shift)
    ties: Shift[Link] = field(default_factory=Shift)
    left: tuple[str, ...] = ()

    @property
    def has_left(self) -> bool:
        return self.after.person.status in LEAVING


def fate(row: PersonRow, record: Record | None, number: str, today: date) -> Fate:
    """The person of a row as it will be; a new one bears `number`."""
    before = record or Record(Person(row.id, str(row.said["name"]), number))
    now = _now(before, today, record is None)
    chosen = {key: settled(row.said[key], before.said, key, now[key]) for key in now if key != "posts"}
    gone = (chosen["status"] or _DEFAULTS["status"]) in LEAVING
    leaves = gone and row.said["status"] in LEAVING
    # Whoever comes back belongs to what the row says, although the last import said the same.
    said = None if before.person.status in LEAVING else before.said
    person = replace(
        before.person,
        name=chosen["name"],
        post=chosen["post"],
        political=chosen["political"] or _DEFAULTS["political"],
        categories=tuple(chosen["categories"]),
        status=chosen["status"] or _DEFAULTS["status"],
    )
    org = "" if gone else settled(row.said["org"], said, "org", now["org"])
    place = _place(row, before, org, now["org"])
    posts = _posts(row, before, said, gone)
    lasting = [link for link in before.links if holds(link, row.day)]
    ties = roster_bonds.ceased(lasting if gone else [], row.day)
    after = Record(
        person=person,
        personal={key: chosen[key] for key in PERSONAL},
        said=row.said,
        bonds=place.after(before.bonds),
        roles=posts.after(before.roles),
        links=ties.after(before.links),
        account=chosen["account"],
    )
    return Fate(
        row, before, after, record is None, place, posts, ties, () if leaves else _left(row, before, now)
    )


def _now(before: Record, today: date, is_new: bool) -> dict[str, Any]:
    person = before.person
    return {
        "name": person.name,
        "account": before.account,
        "org": home(before.bonds, today),
        "political": "" if is_new else person.political,
        **{key: before.personal.get(key, "") for key in PERSONAL},
        "post": person.post,
        "posts": sorted([post.org, post.word] for post in held(before, today)),
        "categories": list(person.categories),
        "status": "" if is_new else person.status,
    }


def _place(row: PersonRow, before: Record, org: str, now: str) -> Shift[Membership]:
    return Shift() if org == now else roster_bonds.moved(row.id, before.bonds, org, row.day)


def _posts(row: PersonRow, before: Record, said: Said | None, gone: bool) -> Shift[Role]:
    last = frozenset(Post(*post) for post in said["posts"]) if said else None
    wanted = frozenset() if gone else settled_set(row.posts, last, held(before, row.day))
    return roster_bonds.appointed(row.id, before.roles, wanted, row.day)


def _left(row: PersonRow, before: Record, now: Mapping[str, Any]) -> tuple[str, ...]:
    """The headings whose cell says what the last import said, while something else holds since."""
    if before.said is None:
        return ()
    same = [key for key in LABELS if row.said[key] == before.said.get(key)]
    return tuple(
        LABELS[key] for key in same if now[key] != (row.said[key] or _DEFAULTS.get(key, row.said[key]))
    )


def entries(one: Fate, orgs: Mapping[str, Organisation]) -> tuple[Entry, ...]:
    """Everything that happens to a person, in the order in which it may be told."""
    person = one.after.person
    found = [enrolment.enrolled(person)] if one.is_new else _named(one)
    found += roster_bonds.entries(person, one.place, orgs)
    found += roster_bonds.entries(person, one.posts, orgs)
    found += roster_bonds.entries(person, one.ties, orgs)
    return (*found, *_account(one))


def _named(one: Fate) -> list[Entry]:
    fields = changed(one)
    return [enrolment.changed(one.after.person, fields)] if fields else []


def changed(one: Fate) -> tuple[str, ...]:
    """The names of the person's own fields that are different afterwards."""
    old, new = one.before, one.after
    own = ("name", "post", "political", "categories", "status")
    fields = [key for key in own if getattr(old.person, key) != getattr(new.person, key)]
    return (*fields, *(key for key in PERSONAL if old.personal.get(key, "") != new.personal[key]))


def released(one: Fate) -> tuple[Entry, ...]:
    """The account that somebody no longer has; written before anybody else may get it."""
    old, new = one.before.account, one.after.account
    if not old or folded(old) == folded(new):
        return ()
    return (enrolment.released(one.before.person, CHANNEL, old),)


def _account(one: Fate) -> tuple[Entry, ...]:
    old, new = one.before.account, one.after.account
    if not new or folded(old) == folded(new):
        return ()
    return (enrolment.bound(one.after.person, CHANNEL, new, None),)


def held(record: Record, day: date) -> frozenset[Post]:
    """The posts somebody has on a day or will have; those held for a time (代) are no business of the sheet."""
    return frozenset(post_of(role) for role in record.roles if holds(role, day) and not role.acting)
