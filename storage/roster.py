"""People and organisations as the rules ask for them (`domain.people.Roster`), read within one turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from domain.contacts import Contact
from domain.people import Link, Membership, Organisation, Person, Role, RoleKind
from storage import models
from storage.codec import from_row
from storage.db import Prepared, Transaction
from storage.sounds import sound
from storage.tables import person

_SHOWN = (
    person.c.id,
    person.c.name,
    person.c.number,
    person.c.post,
    person.c.political,
    person.c.categories,
    person.c.status,
)
_PERSON = Prepared(select(*_SHOWN).where(person.c.id == bindparam("id_")))
_NAMED = Prepared(select(*_SHOWN).where(person.c.name == bindparam("name_")).order_by(person.c.id))
_SOUNDING = Prepared(select(*_SHOWN).where(person.c.sound == bindparam("sound_")).order_by(person.c.id))


def to_person(row: Sequence[Any]) -> Person:
    """A person from the columns which a rule may see; never gender, ethnicity, birth or education."""
    return from_row(Person, row[:7])


class RosterView:
    """The roster as one transaction sees it. Organisations are read once a turn, and only when asked for."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._orgs: dict[str, Organisation] | None = None
        self._people: dict[str, Person | None] = {}

    def person(self, id: str) -> Person | None:
        if id not in self._people:
            row = _PERSON.run(self._tx.connection, id_=id).first()
            self._people[id] = to_person(row) if row else None
        return self._people[id]

    def people(self, ids: Collection[str]) -> dict[str, Person]:
        rows = self._tx.connection.execute(select(*_SHOWN).where(person.c.id.in_(ids)))
        return {row[0]: to_person(row) for row in rows}

    def named(self, name: str) -> Sequence[Person]:
        return [to_person(row) for row in _NAMED.run(self._tx.connection, name_=name)]

    def sounding_like(self, name: str) -> Sequence[Person]:
        return [to_person(row) for row in _SOUNDING.run(self._tx.connection, sound_=sound(name))]

    def org(self, id: str) -> Organisation | None:
        return self._tree().get(id)

    def org_named(self, words: str) -> Sequence[Organisation]:
        exact = [org for org in self.orgs() if words in (org.name, org.short_name)]
        return exact or [org for org in self.orgs() if _may_mean(org, words)]

    def orgs(self) -> Sequence[Organisation]:
        return list(self._tree().values())

    def children(self, org: str) -> Sequence[Organisation]:
        return [child for child in self.orgs() if child.parent == org]

    def path(self, org: str) -> Sequence[Organisation]:
        found: list[Organisation] = []
        at = self.org(org)
        while at is not None and at not in found:
            found.append(at)
            at = self.org(at.parent) if at.parent else None
        return found

    def branch_of(self, person: str, day: date) -> Organisation | None:
        c = models.table(Membership).c
        bonds = models.find(self._tx, Membership, c.person == person, *_valid(c, day))
        return self.org(bonds[0].org) if bonds else None

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        c = models.table(Membership).c
        query = (
            select(*_SHOWN, c.org)
            .join(models.table(Membership), c.person == person.c.id)
            .where(c.org.in_(orgs), *_valid(c, day))
            .order_by(c.org, person.c.id)
        )
        return [(to_person(row), row[7]) for row in self._tx.connection.execute(query)]

    def roles_of(self, person: str, day: date) -> Sequence[Role]:
        c = models.table(Role).c
        return models.find(self._tx, Role, c.person == person, *_valid(c, day))

    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]:
        c = models.table(Role).c
        return models.find(self._tx, Role, c.role == str(role), c.org.in_(orgs), *_valid(c, day))

    def links_of(self, leader: str, day: date) -> Sequence[Link]:
        c = models.table(Link).c
        return models.find(self._tx, Link, c.leader == leader, *_valid(c, day))

    def links_to(self, org: str, day: date) -> Sequence[Link]:
        c = models.table(Link).c
        return models.find(self._tx, Link, c.org == org, *_valid(c, day))

    def has_account(self, ids: Collection[str]) -> set[str]:
        c = models.table(Contact).c
        return set(self._tx.connection.execute(select(c.person).where(c.person.in_(ids))).scalars())

    def _tree(self) -> dict[str, Organisation]:
        if self._orgs is None:
            self._orgs = {org.id: org for org in models.find(self._tx, Organisation)}
        return self._orgs


def _valid(c: Any, day: date) -> tuple[Any, ...]:
    on = day.isoformat()
    return (and_(c.start <= on), or_(c.end.is_(None), c.end >= on))


def _may_mean(org: Organisation, words: str) -> bool:
    """Whether people may call the organisation this: 二支部 for 教工第二党支部, 机械学院 for 机械学院党总支."""
    if len(words) < 2:
        return False
    return _short(words) in _short(org.name) or bool(org.short_name and words in org.short_name)


def _short(name: str) -> str:
    for word in ("第", "中国共产党", "中共", "委员会"):
        name = name.replace(word, "")
    return name.replace("党支部", "支部").replace("党总支", "总支")
