"""The roster as rows of its own sheet, so that an export imports back as no change; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.people import Link
from domain.roster_orgs import LINKS
from domain.roster_people import held
from domain.roster_posts import written
from domain.roster_state import PERSONAL, Present, Record, Unit, holds, home

Rows = Sequence[Sequence[str]]


def units(present: Present, today: date) -> Rows:
    """Rows of 组织 under HEADINGS, in the order of their numbers."""
    leaders = {kind: _leaders(present, kind, today) for _, kind in LINKS.values()}
    ordered = sorted(present.units.values(), key=lambda unit: (unit.org.number, unit.org.id))
    return [_unit(unit, present, leaders) for unit in ordered]


def _unit(unit: Unit, present: Present, leaders: dict[str, dict[str, list[str]]]) -> list[str]:
    org = unit.org
    above = present.units.get(org.parent or "")
    return [
        org.name,
        "",
        org.short_name,
        str(org.kind),
        above.org.name if above else "",
        "" if org.activists is None else str(org.activists),
        *("、".join(leaders[kind].get(org.id, ())) for _, kind in LINKS.values()),
        org.starts_on.isoformat() if org.starts_on else "",
    ]


def _leaders(present: Present, kind: str, today: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, link in sorted(_links(present, today), key=lambda one: one[0]):
        if link.kind == kind:
            found.setdefault(link.org, []).append(id)
    return found


def _links(present: Present, today: date) -> Iterator[tuple[str, Link]]:
    for id, record in present.people.items():
        yield from ((id, link) for link in record.links if holds(link, today))


def people(present: Present, today: date) -> Rows:
    """Rows of 人员 under HEADINGS, in the order of their numbers."""
    ordered = sorted(present.people.values(), key=lambda one: (len(one.person.number), one.person.number))
    return [_person(record, present, today) for record in ordered]


def _person(record: Record, present: Present, today: date) -> list[str]:
    orgs = {id: unit.org for id, unit in present.units.items()}
    person, own = record.person, home(record.bonds, today)
    posts = [written(post, own, orgs) for post in sorted(held(record, today))]
    return [
        person.id,
        person.name,
        record.account,
        orgs[own].name if own else "",
        person.political,
        "、".join(posts),
        *(record.personal.get(key, "") for key in PERSONAL),
        person.post,
        "、".join(person.categories),
        person.status,
        "",
    ]
