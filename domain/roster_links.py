"""联系领导 and 分管领导 of the sheet 组织: bonds of leaders, written in their archives (R-004, R-005); pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain import roster_bonds
from domain.entries import Entry
from domain.organisations import path, start_of
from domain.people import Organisation
from domain.roster_orgs import LINKS, OrgRow
from domain.roster_rows import LEAVING
from domain.roster_state import Present, Record, holds, settled_set
from domain.sheets import Fault, Table


def faults(table: Table, rows: Sequence[OrgRow], everybody: Mapping[str, Record]) -> Iterator[Fault]:
    """Leaders who are not in the roster, or have left."""
    for row in rows:
        for key, (heading, _) in LINKS.items():
            for id in row.said[key]:
                wrong = _wrong(id, everybody.get(id))
                if wrong:
                    yield table.fault(row.line, heading, wrong)


def _wrong(id: str, record: Record | None) -> str:
    if record is None:
        return f"没有编号“{id}”。请写“人员”表里的编号，几位之间用、隔开。"
    person = record.person
    return f"{person.name}已{person.status}。请改写现任领导的编号。" if person.status in LEAVING else ""


def entries(
    rows: Sequence[OrgRow],
    present: Present,
    everybody: Mapping[str, Record],
    orgs: Mapping[str, Organisation],
    today: date,
) -> dict[str, list[Entry]]:
    """By organisation, the entries by which leaders get or lose it, from today on or with its first import."""
    now = _held(everybody, today)
    return {
        row.org.id: [entry for key in LINKS for entry in _of(row, key, now, present, everybody, orgs, today)]
        for row in rows
    }


def _held(everybody: Mapping[str, Record], today: date) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for id, record in everybody.items():
        for link in record.links:
            if holds(link, today):
                found.setdefault((link.org, link.kind), set()).add(id)
    return found


def _of(
    row: OrgRow,
    key: str,
    held: Mapping[tuple[str, str], set[str]],
    present: Present,
    everybody: Mapping[str, Record],
    orgs: Mapping[str, Organisation],
    today: date,
) -> Iterator[Entry]:
    org, kind, unit = row.org.id, LINKS[key][1], present.units.get(row.org.id)
    said = frozenset(unit.said[key]) if unit and unit.said and key in unit.said else None
    now = frozenset(held.get((org, kind), ()))
    wanted = settled_set(frozenset(row.said[key]), said, now)
    since = _since(row.org, said is None, orgs, today)
    for leader in sorted(id for id in now ^ wanted if id in everybody):
        record = everybody[leader]
        own = [link for link in record.links if link.org == org]
        chosen = frozenset({org}) if leader in wanted else frozenset()
        day = since if leader in wanted else today
        shift = roster_bonds.linked(leader, own, chosen, kind, day)
        yield from roster_bonds.entries(record.person, shift, orgs)


def _since(org: Organisation, is_first: bool, orgs: Mapping[str, Organisation], today: date) -> date:
    """Leaders of an organisation's first import are those it had when it began (启用日期), which may be past."""
    start = start_of(path(orgs, org.id)) if is_first else None
    return min(start, today) if start else today
