"""What the roster is asked, compiled once: people, organisations and who holds what (see `storage.roster`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, and_, bindparam, func, or_, select, type_coerce

from domain.people import Link, Membership, Organisation, Person, Role
from storage import models
from storage.codec import from_row
from storage.prepared import Prepared
from storage.tables import person

FEW = 4
"""So many organisations, as stand one above the other, have a prepared statement of their own."""
MOST_NAMED = 200
"""Above so many organisations it costs less to read them all than to name each."""
SHOWN = (
    person.c.id,
    person.c.name,
    person.c.number,
    person.c.post,
    person.c.political,
    person.c.categories,
    person.c.status,
)
PERSON = Prepared(select(*SHOWN).where(person.c.id == bindparam("id_")))
NAMED = Prepared(select(*SHOWN).where(person.c.name == bindparam("name_")).order_by(person.c.id))
SOUNDING = Prepared(select(*SHOWN).where(person.c.sound == bindparam("sound_")).order_by(person.c.id))


def to_person(row: Sequence[Any]) -> Person:
    """A person from the columns which a rule may see; never gender, ethnicity, birth or education."""
    return from_row(Person, row[:7])


_DAY: Any = bindparam("day_")
MEMBERSHIP, ROLE, LINK, ORG = (models.table(kind).c for kind in (Membership, Role, Link, Organisation))


def _valid(c: Any) -> tuple[Any, ...]:
    return (c.start <= _DAY, or_(c.end.is_(None), c.end >= _DAY))


def _finder(kind: type[Any], **equal: str) -> models.Finder:
    c = models.table(kind).c
    return models.Finder(kind, *(c[name] == bindparam(value) for name, value in equal.items()), *_valid(c))


ROLES = _finder(Role, person="person_")
HOLDERS = models.Finder(
    Role,
    ROLE.role == bindparam("role_"),
    ROLE.org.in_([bindparam(f"org{n}_") for n in range(FEW)]),
    *_valid(ROLE),
)
ALL_HOLDERS = _finder(Role, role="role_")
LINKS_OF = _finder(Link, leader="leader_")
LINKS_TO = _finder(Link, org="org_")
ORGS = models.Finder(Organisation)
_HOME = (
    select(MEMBERSHIP.org)
    .where(MEMBERSHIP.person == bindparam("person_"), *_valid(MEMBERSHIP))
    .order_by(MEMBERSHIP.org)
    .limit(1)
)
BRANCH = models.Finder(Organisation, ORG.id == _HOME.scalar_subquery())


def _way_up(first: Any) -> list[Any]:
    """The ids of an organisation, the one above it and the one above that: most schools have no more levels."""
    found = [first]
    for _ in range(2):
        one = models.table(Organisation).alias()
        found.append(select(one.c.parent).where(one.c.id == found[-1]).scalar_subquery())
    return found


BRANCH_AND_ABOVE = models.Finder(Organisation, ORG.id.in_(_way_up(_HOME.scalar_subquery())))
# It stands alone in a list, where nothing else tells PostgreSQL its type.
PATH = models.Finder(Organisation, ORG.id.in_(_way_up(type_coerce(bindparam("org_"), ORG.id.type))))
CHILDREN = models.Finder(Organisation, ORG.parent == bindparam("parent_"))
MEMBERS = (
    select(*SHOWN, MEMBERSHIP.org)
    .join(models.table(Membership), MEMBERSHIP.person == person.c.id)
    .where(*_valid(MEMBERSHIP))
    .order_by(MEMBERSHIP.org, person.c.id)
)
_OF_ONE = MEMBERSHIP.org == bindparam("org_")
MEMBERS_OF_ONE = Prepared(MEMBERS.where(_OF_ONE))
_WORDS: Any = bindparam("words_", type_=Text())
SPOKEN_OF = MEMBERS.where(
    or_(
        _WORDS.contains(func.substr(person.c.name, 1, 1)),
        and_(func.length(person.c.name) > 1, _WORDS.contains(func.substr(person.c.name, 2))),
        and_(person.c.post != "", _WORDS.contains(person.c.post)),
    )
)
SPOKEN_OF_ONE = Prepared(SPOKEN_OF.where(_OF_ONE))
