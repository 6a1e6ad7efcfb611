"""A whole roster sheet against the present roster: all its faults, or every change it leads to, in order; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain import enrolment, roster_links, roster_news, roster_orgs, roster_people, roster_rules, roster_tree
from domain.entries import Entry
from domain.people import Organisation, Person
from domain.roster_news import News
from domain.roster_orgs import LINKS, OrgRow
from domain.roster_people import Fate
from domain.roster_rows import LEAVING, Reader
from domain.roster_state import Present, Record, Said
from domain.sheets import Fault, Faulty, Table


@dataclass(frozen=True, slots=True)
class Change:
    """What is written together or not at all; `said` belongs to the organisation `unit` or to the person."""

    entries: tuple[Entry, ...] = ()
    person: Person | None = None
    personal: Mapping[str, str] | None = None
    unit: str = ""
    said: Said | None = None
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order in which they are written. `founded` are organisations that are new with this import.

    `left` says which cells chat has overtaken, `missing` who is in the roster and not in the sheet.
    """

    changes: tuple[Change, ...] = ()
    founded: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for change in self.changes for entry in change.entries)


def plan(units: Table, people: Table, present: Present, today: date, fresh: Collection[str] = ()) -> Plan:
    """What an import of these sheets does; raises Faulty with every fault, and then nothing may be written.

    `fresh` are organisations whose first import began earlier and was cut off.
    """
    faults: list[Fault] = []
    lines = roster_orgs.identified(units, present, faults)
    rows = roster_orgs.read(units, lines, present, today, faults)
    orgs = {id: unit.org for id, unit in present.units.items()} | {row.org.id: row.org for row in rows}
    faults += roster_tree.faults(units, rows, orgs)
    reader = Reader(people, present, roster_orgs.named(lines, present), orgs, today, faults)
    fates = _fates(reader, present, today)
    faults += roster_rules.faults(people, fates, present, orgs, today)
    everybody = {**present.people, **{one.row.id: one.after for one in fates}}
    faults += roster_links.faults(units, rows, everybody)
    if faults:
        raise Faulty(tuple(sorted(faults, key=lambda one: (one.sheet, one.row))))
    founded = tuple(row.org.id for row in rows if row.is_new)
    return Plan(
        tuple(_changes(rows, fates, present, orgs, everybody, today, {*founded, *fresh})),
        founded,
        (*_overtaken(units, rows, present), *_overtaken_people(people, fates)),
        tuple(_missing(rows, fates, present)),
    )


def _fates(reader: Reader, present: Present, today: date) -> list[Fate]:
    last = max(
        (int(one.person.number) for one in present.people.values() if one.person.number.isdecimal()),
        default=0,
    )
    found = []
    for row in reader.rows():
        record = present.people.get(row.id)
        last += record is None
        found.append(roster_people.fate(row, record, f"{last:04}", today))
    return found


def _changes(
    rows: Sequence[OrgRow],
    fates: Sequence[Fate],
    present: Present,
    orgs: Mapping[str, Organisation],
    everybody: Mapping[str, Record],
    today: date,
    fresh: Collection[str],
) -> Iterator[Change]:
    # Accounts are given back first, or a later release would take one from whoever got it meanwhile.
    yield from (Change(entries) for one in fates if (entries := roster_people.released(one)))
    links = roster_links.entries(rows, present, everybody, orgs, today)
    for row in roster_orgs.levels(rows):
        yield from _unit(row, present, bool(links[row.org.id]))
    told = roster_news.of(fates, everybody, orgs, fresh, today)
    yield from _people(fates, orgs, told)
    for row in rows:
        if links[row.org.id]:
            yield Change(tuple(links[row.org.id]), unit=row.org.id, said=row.said)


def _unit(row: OrgRow, present: Present, has_links: bool) -> Iterator[Change]:
    """The organisation itself. While its links are still to be written it has not said them yet."""
    unit = present.units.get(row.org.id)
    before = (unit.said if unit else None) or {}
    own = {key: word for key, word in row.said.items() if key not in LINKS}
    said = {**own, **{key: before[key] for key in LINKS if key in before}} if has_links else row.said
    if unit is None:
        yield Change((enrolment.founded(row.org),), unit=row.org.id, said=said)
        return
    fields = roster_orgs.changes(unit.org, row.org)
    entries = (enrolment.org_changed(row.org, **fields),) if fields else ()
    if entries or said != unit.said:
        yield Change(entries, unit=row.org.id, said=said)


def _people(
    fates: Sequence[Fate], orgs: Mapping[str, Organisation], told: Mapping[str, tuple[News, ...]]
) -> Iterator[Change]:
    """Everybody in the order of the sheet, but those in whose posts something changed first and together."""
    for one in sorted(fates, key=lambda one: one.row.id not in told):
        entries = roster_people.entries(one, orgs)
        new_words = one.is_new or one.before.said != one.after.said
        if not entries and not roster_people.released(one) and not new_words:
            continue
        person, personal = one.after.person, one.after.personal
        yield Change(entries, person, personal, said=one.after.said, news=told.get(one.row.id, ()))


def _overtaken(table: Table, rows: Sequence[OrgRow], present: Present) -> Iterator[str]:
    for row in rows:
        unit = present.units.get(row.org.id)
        if unit is None or unit.said is None:
            continue
        now = {"name": unit.org.name, "short_name": unit.org.short_name, "activists": unit.org.activists}
        headings = {"name": "组织名称", **roster_orgs.FIELDS}
        for key, value in now.items():
            if row.said[key] == unit.said.get(key) and row.said[key] != value:
                yield str(
                    table.fault(row.line, headings[key], f"导入以后已在对话中改为“{value}”，保持不动。")
                )


def _overtaken_people(table: Table, fates: Sequence[Fate]) -> Iterator[str]:
    for one in fates:
        for heading in one.left:
            yield str(
                table.fault(
                    one.row.line, heading, f"{one.after.person.name}的这一项导入以后已改过，保持不动。"
                )
            )


def _missing(rows: Sequence[OrgRow], fates: Sequence[Fate], present: Present) -> Iterator[str]:
    units, people = {row.org.id for row in rows}, {one.row.id for one in fates}
    yield from (unit.org.name for id, unit in present.units.items() if id not in units)
    for id, record in present.people.items():
        if id not in people and record.person.status not in LEAVING:
            yield f"{record.person.name}（{id}）"
