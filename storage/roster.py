"""People and organisations as the rules ask for them (`domain.people.Roster`), read within one turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, func, or_, select

from domain.contacts import Contact
from domain.people import Bonds, Link, Membership, Organisation, Person, Role, RoleKind
from storage import models
from storage.codec import from_row
from storage.db import Transaction
from storage.prepared import Prepared
from storage.sounds import sound
from storage.tables import person

FEW = 4
"""So many organisations, as stand one above the other, have a prepared statement of their own."""
MOST_NAMED = 200
"""Above so many organisations it costs less to read them all than to name each."""
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


_DAY: Any = bindparam("day_")
_MEMBERSHIP, _ROLE, _LINK, _ORG = (models.table(kind).c for kind in (Membership, Role, Link, Organisation))


def _valid(c: Any) -> tuple[Any, ...]:
    return (c.start <= _DAY, or_(c.end.is_(None), c.end >= _DAY))


def _finder(kind: type[Any], **equal: str) -> models.Finder:
    c = models.table(kind).c
    return models.Finder(kind, *(c[name] == bindparam(value) for name, value in equal.items()), *_valid(c))


_ROLES = _finder(Role, person="person_")
_HOLDERS = models.Finder(
    Role,
    _ROLE.role == bindparam("role_"),
    _ROLE.org.in_([bindparam(f"org{n}_") for n in range(FEW)]),
    *_valid(_ROLE),
)
_ALL_HOLDERS = _finder(Role, role="role_")
_LINKS_OF = _finder(Link, leader="leader_")
_LINKS_TO = _finder(Link, org="org_")
_ORGS = models.Finder(Organisation)
_HOME = (
    select(_MEMBERSHIP.org)
    .where(_MEMBERSHIP.person == bindparam("person_"), *_valid(_MEMBERSHIP))
    .order_by(_MEMBERSHIP.org)
    .limit(1)
)
_BRANCH = models.Finder(Organisation, _ORG.id == _HOME.scalar_subquery())


def _above() -> Select[Any]:
    """An organisation and those above it, by their ids; each once, even if they stood in a ring."""
    first = select(_ORG.id, _ORG.parent).where(_ORG.id == bindparam("org_")).cte("above", recursive=True)
    higher = models.table(Organisation).alias()
    return select(first.union(select(higher.c.id, higher.c.parent).where(higher.c.id == first.c.parent)).c.id)


_PATH = models.Finder(Organisation, _ORG.id.in_(_above()))
_CHILDREN = models.Finder(Organisation, _ORG.parent == bindparam("parent_"))
_MEMBERS = (
    select(*_SHOWN, _MEMBERSHIP.org)
    .join(models.table(Membership), _MEMBERSHIP.person == person.c.id)
    .where(*_valid(_MEMBERSHIP))
    .order_by(_MEMBERSHIP.org, person.c.id)
)
_OF_ONE = _MEMBERSHIP.org == bindparam("org_")
_MEMBERS_OF_ONE = Prepared(_MEMBERS.where(_OF_ONE))
_WORDS: Any = bindparam("words_", type_=Text())
_SPOKEN_OF = _MEMBERS.where(
    or_(
        _WORDS.contains(func.substr(person.c.name, 1, 1)),
        and_(func.length(person.c.name) > 1, _WORDS.contains(func.substr(person.c.name, 2))),
        and_(person.c.post != "", _WORDS.contains(person.c.post)),
    )
)
_SPOKEN_OF_ONE = Prepared(_SPOKEN_OF.where(_OF_ONE))


class RosterView:
    """The roster as one transaction sees it; what was asked once in a turn is not asked again.

    `speaker` is somebody who was read in this transaction already.
    """

    def __init__(self, tx: Transaction, speaker: Person | None = None) -> None:
        self._tx = tx
        self._orgs: list[Organisation] | None = None
        self._people: dict[str, Person | None] = {speaker.id: speaker} if speaker else {}
        self._tree: dict[str, Organisation] = {}
        self._known: dict[tuple[Any, ...], list[Any]] = {}

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
        return models.get(self._tx, Organisation, id)

    def org_named(self, words: str) -> Sequence[Organisation]:
        exact = [org for org in self.orgs() if words in (org.name, org.short_name)]
        return exact or [org for org in self.orgs() if _may_mean(org, words)]

    def orgs(self) -> Sequence[Organisation]:
        if self._orgs is None:
            self._orgs = _ORGS.run(self._tx)
            self._met(self._orgs)
        return self._orgs

    def children(self, orgs: Collection[str]) -> Sequence[Organisation]:
        if len(orgs) == 1:
            return self._met(self._ask(_CHILDREN, parent_=next(iter(orgs))))
        return self._met(models.find(self._tx, Organisation, _ORG.parent.in_(orgs))) if orgs else ()

    def path(self, org: str) -> Sequence[Organisation]:
        found = self._way_up(org)
        if not found or found[-1].parent:
            self._met(self._ask(_PATH, org_=org))
            found = self._way_up(org)
        return found

    def _way_up(self, org: str) -> list[Organisation]:
        """As far as the organisations go that this turn has met."""
        found: list[Organisation] = []
        at = self._tree.get(org)
        while at is not None and at not in found:
            found.append(at)
            at = self._tree.get(at.parent or "")
        return found

    def _met(self, orgs: Sequence[Organisation]) -> Sequence[Organisation]:
        self._tree.update((one.id, one) for one in orgs)
        return orgs

    def branch_of(self, person: str, day: date) -> Organisation | None:
        found: Sequence[Organisation] = self._ask(_BRANCH, person_=person, day_=day.isoformat())
        return self._met(found)[0] if found else None

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        on = day.isoformat()
        if len(orgs) == 1:
            rows: Any = _MEMBERS_OF_ONE.run(self._tx.connection, org_=next(iter(orgs)), day_=on)
        else:
            rows = self._tx.connection.execute(_MEMBERS.where(_MEMBERSHIP.org.in_(orgs)), {"day_": on})
        return [(to_person(row), row[7]) for row in rows]

    def spoken_of(self, words: str, orgs: Collection[str], day: date) -> Sequence[Person]:
        given = {"words_": words, "day_": day.isoformat()}
        if len(orgs) == 1:
            rows: Any = _SPOKEN_OF_ONE.run(self._tx.connection, org_=next(iter(orgs)), **given)
        else:
            rows = self._tx.connection.execute(_SPOKEN_OF.where(_MEMBERSHIP.org.in_(orgs)), given)
        return [to_person(row) for row in rows]

    def sounding(self, names: Collection[str], orgs: Collection[str], day: date) -> Sequence[Person]:
        sounds = {sound(name) for name in names}
        asked = _MEMBERS.where(person.c.sound.in_(sounds), _MEMBERSHIP.org.in_(orgs))
        rows = self._tx.connection.execute(asked, {"day_": day.isoformat()})
        return [to_person(row) for row in rows]

    def roles_of(self, person: str, day: date) -> Sequence[Role]:
        return self._ask(_ROLES, person_=person, day_=day.isoformat())

    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]:
        on = day.isoformat()
        if 0 < len(orgs) <= FEW:
            named = [*orgs, *[next(iter(orgs))] * (FEW - len(orgs))]
            given = {f"org{n}_": org for n, org in enumerate(named)}
            return self._ask(_HOLDERS, role_=str(role), **given, day_=on)
        if len(orgs) > MOST_NAMED:
            return [one for one in self.everywhere(role, day) if one.org in orgs]
        key = (role, on, *orgs)
        if key not in self._known:
            valid = (_ROLE.start <= on, or_(_ROLE.end.is_(None), _ROLE.end >= on))
            self._known[key] = models.find(
                self._tx, Role, _ROLE.role == str(role), _ROLE.org.in_(orgs), *valid
            )
        return self._known[key]

    def everywhere(self, role: RoleKind, day: date) -> Sequence[Role]:
        return self._ask(_ALL_HOLDERS, role_=str(role), day_=day.isoformat())

    def links_of(self, leader: str, day: date) -> Sequence[Link]:
        return self._ask(_LINKS_OF, leader_=leader, day_=day.isoformat())

    def links_to(self, org: str, day: date) -> Sequence[Link]:
        return self._ask(_LINKS_TO, org_=org, day_=day.isoformat())

    def bonds_of(self, person: str) -> Bonds:
        return Bonds(
            models.find(self._tx, Membership, _MEMBERSHIP.person == person),
            models.find(self._tx, Role, _ROLE.person == person),
            models.find(self._tx, Link, _LINK.leader == person),
        )

    def posts_at(self, org: str) -> Sequence[Role]:
        return models.find(self._tx, Role, _ROLE.org == org)

    def last_number(self) -> int:
        # Numbers are padded, so the longest and then the greatest in the order of letters is the highest.
        by_size = (func.length(person.c.number).desc(), person.c.number.desc())
        found = self._tx.connection.execute(select(person.c.number).order_by(*by_size).limit(1)).scalar()
        return int(found) if found and found.isdecimal() else 0

    def has_account(self, ids: Collection[str]) -> set[str]:
        c = models.table(Contact).c
        return set(self._tx.connection.execute(select(c.person).where(c.person.in_(ids))).scalars())

    def _ask(self, finder: models.Finder, **values: str) -> list[Any]:
        key = (finder, *values.values())
        if key not in self._known:
            self._known[key] = finder.run(self._tx, **values)
        return self._known[key]


def _may_mean(org: Organisation, words: str) -> bool:
    """Whether people may call the organisation this: 二支部 for 教工第二党支部, 机械学院 for 机械学院党总支."""
    if len(words) < 2:
        return False
    return _short(words) in _short(org.name) or bool(org.short_name and words in org.short_name)


def _short(name: str) -> str:
    for word in ("第", "中国共产党", "中共", "委员会"):
        name = name.replace(word, "")
    return name.replace("党支部", "支部").replace("党总支", "总支")
