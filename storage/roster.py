"""People and organisations as the rules ask for them (`domain.people.Roster`), read within one turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from domain.contacts import Contact
from domain.people import Bonds, Link, Membership, Organisation, Person, Role, RoleKind
from storage import models
from storage import roster_questions as asked
from storage.db import Coming, Transaction
from storage.sounds import sound
from storage.tables import person


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
        self._coming: dict[tuple[Any, ...], Coming] = {}

    def person(self, id: str) -> Person | None:
        if id not in self._people:
            row = asked.PERSON.run(self._tx.connection, id_=id).first()
            self._people[id] = asked.to_person(row) if row else None
        return self._people[id]

    def people(self, ids: Collection[str]) -> dict[str, Person]:
        rows = self._tx.connection.execute(select(*asked.SHOWN).where(person.c.id.in_(ids)))
        return {row[0]: asked.to_person(row) for row in rows}

    def named(self, name: str) -> Sequence[Person]:
        return [asked.to_person(row) for row in asked.NAMED.run(self._tx.connection, name_=name)]

    def sounding_like(self, name: str) -> Sequence[Person]:
        return [asked.to_person(row) for row in asked.SOUNDING.run(self._tx.connection, sound_=sound(name))]

    def org(self, id: str) -> Organisation | None:
        return models.get(self._tx, Organisation, id)

    def org_named(self, words: str) -> Sequence[Organisation]:
        exact = [org for org in self.orgs() if words in (org.name, org.short_name)]
        return exact or [org for org in self.orgs() if _may_mean(org, words)]

    def orgs(self) -> Sequence[Organisation]:
        if self._orgs is None:
            self._orgs = asked.ORGS.run(self._tx)
            self._met(self._orgs)
        return self._orgs

    def children(self, orgs: Collection[str]) -> Sequence[Organisation]:
        if len(orgs) == 1:
            return self._met(self._ask(asked.CHILDREN, parent_=next(iter(orgs))))
        return self._met(models.find(self._tx, Organisation, asked.ORG.parent.in_(orgs))) if orgs else ()

    def path(self, org: str) -> Sequence[Organisation]:
        found = self._way_up(org)
        while unknown := self._above_these(found, org):
            if not self._met(self._ask(asked.PATH, org_=unknown)):
                break
            found = self._way_up(org)
        return found

    def _above_these(self, found: Sequence[Organisation], org: str) -> str | None:
        """What this turn has not met yet of a way up, None at its end."""
        above = found[-1].parent if found else org
        return None if above in self._tree else above

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
        found = self._met(self._ask(asked.BRANCH, person_=person, day_=day.isoformat()))
        above = {one.parent for one in found}
        return next((one for one in found if one.id not in above), None)

    def foresee_branch(self, person: str, day: date) -> None:
        """Somebody's branch will be asked for: have it come with the next question."""
        self._foresee(asked.BRANCH, asked.BRANCH, person_=person, day_=day.isoformat())

    def foresee_way_up(self, person: str, day: date) -> None:
        """Somebody's branch and what is above it will be asked for: have all of them come with the next question."""
        self._foresee(asked.BRANCH, asked.BRANCH_AND_ABOVE, person_=person, day_=day.isoformat())

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        on = day.isoformat()
        if len(orgs) == 1:
            rows: Any = asked.MEMBERS_OF_ONE.run(self._tx.connection, org_=next(iter(orgs)), day_=on)
        else:
            rows = self._tx.connection.execute(
                asked.MEMBERS.where(asked.MEMBERSHIP.org.in_(orgs)), {"day_": on}
            )
        return [(asked.to_person(row), row[7]) for row in rows]

    def spoken_of(self, words: str, orgs: Collection[str], day: date) -> Sequence[Person]:
        given = {"words_": words, "day_": day.isoformat()}
        if len(orgs) == 1:
            rows: Any = asked.SPOKEN_OF_ONE.run(self._tx.connection, org_=next(iter(orgs)), **given)
        else:
            rows = self._tx.connection.execute(asked.SPOKEN_OF.where(asked.MEMBERSHIP.org.in_(orgs)), given)
        return [asked.to_person(row) for row in rows]

    def sounding(self, names: Collection[str], orgs: Collection[str], day: date) -> Sequence[Person]:
        sounds = {sound(name) for name in names}
        alike = asked.MEMBERS.where(person.c.sound.in_(sounds), asked.MEMBERSHIP.org.in_(orgs))
        rows = self._tx.connection.execute(alike, {"day_": day.isoformat()})
        return [asked.to_person(row) for row in rows]

    def roles_of(self, person: str, day: date) -> Sequence[Role]:
        return self._ask(asked.ROLES, person_=person, day_=day.isoformat())

    def foresee_roles(self, person: str, day: date) -> None:
        """Somebody's posts will be asked for: have them come with the next question."""
        self._foresee(asked.ROLES, asked.ROLES, person_=person, day_=day.isoformat())

    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]:
        on = day.isoformat()
        if 0 < len(orgs) <= asked.FEW:
            named = [*orgs, *[next(iter(orgs))] * (asked.FEW - len(orgs))]
            given = {f"org{n}_": org for n, org in enumerate(named)}
            return self._ask(asked.HOLDERS, role_=str(role), **given, day_=on)
        if len(orgs) > asked.MOST_NAMED:
            return [one for one in self.everywhere(role, day) if one.org in orgs]
        key = (role, on, *orgs)
        if key not in self._known:
            valid = (asked.ROLE.start <= on, or_(asked.ROLE.end.is_(None), asked.ROLE.end >= on))
            self._known[key] = models.find(
                self._tx, Role, asked.ROLE.role == str(role), asked.ROLE.org.in_(orgs), *valid
            )
        return self._known[key]

    def everywhere(self, role: RoleKind, day: date) -> Sequence[Role]:
        return self._ask(asked.ALL_HOLDERS, role_=str(role), day_=day.isoformat())

    def links_of(self, leader: str, day: date) -> Sequence[Link]:
        return self._ask(asked.LINKS_OF, leader_=leader, day_=day.isoformat())

    def links_to(self, org: str, day: date) -> Sequence[Link]:
        return self._ask(asked.LINKS_TO, org_=org, day_=day.isoformat())

    def bonds_of(self, person: str) -> Bonds:
        return Bonds(
            models.find(self._tx, Membership, asked.MEMBERSHIP.person == person),
            models.find(self._tx, Role, asked.ROLE.person == person),
            models.find(self._tx, Link, asked.LINK.leader == person),
        )

    def posts_at(self, org: str) -> Sequence[Role]:
        return models.find(self._tx, Role, asked.ROLE.org == org)

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
            coming = self._coming.pop(key, None)
            self._known[key] = coming() if coming else finder.run(self._tx, **values)
        return self._known[key]

    def _foresee(self, question: models.Finder, richer: models.Finder, **values: str) -> None:
        """Ask ahead what answers a question, and perhaps more."""
        key = (question, *values.values())
        if key not in self._known and key not in self._coming:
            self._coming[key] = richer.later(self._tx, **values)


def _may_mean(org: Organisation, words: str) -> bool:
    """Whether people may call the organisation this: 二支部 for 教工第二党支部, 机械学院 for 机械学院党总支."""
    if len(words) < 2:
        return False
    return _short(words) in _short(org.name) or bool(org.short_name and words in org.short_name)


def _short(name: str) -> str:
    for word in ("第", "中国共产党", "中共", "委员会"):
        name = name.replace(word, "")
    return name.replace("党支部", "支部").replace("党总支", "总支")
