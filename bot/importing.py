"""A sheet's plan into the database: checked whole, then written in small steps between which turns go on (house, 4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain import roster_plan
from domain.entries import Stamp, canonical
from domain.roster_plan import Change, Plan
from domain.sheets import Table
from storage import rostersheet, settings
from storage.db import Conflict, Database

# A step of 10 archives lasts some 10 to 25 ms; nobody who writes to the bot meanwhile notices (house, 4: 200 at most).
ARCHIVES, ENTRIES = 10, 100
# So often may chat overtake one import before it gives up; what is written by then stays right.
REPLANS = 50
_BEGUN = "roster.import"


@dataclass(frozen=True, slots=True)
class Begun:
    """An import that has not come to its end: which sheet, its day, and the organisations it found new."""

    digest: str
    day: date
    fresh: tuple[str, ...] = ()


class Overtaken(Exception):
    """Too much happened meanwhile; the same import, run again, finishes."""


def look(database: Database, units: Table, people: Table, today: date) -> Plan:
    """What an import would do; raises Faulty. Writes nothing."""
    begun = _begun(database, _digest(units, people), today)
    with database.reading() as tx:
        present = rostersheet.present(tx)
    return roster_plan.plan(units, people, present, begun.day, begun.fresh)


def run(
    database: Database, units: Table, people: Table, now: datetime, pause: Callable[[], None] = lambda: None
) -> Plan:
    """Do an import, or finish one that was cut off; returns what was planned at its start. Raises Faulty.

    `pause` is called between steps, so that waiting turns get their chance.
    """
    begun = _begun(database, _digest(units, people), now.date())
    stamp = Stamp("system", now, now, {"channel": "sheet"})
    first: Plan | None = None
    for _ in range(REPLANS):
        with database.reading() as tx:
            heads, present = rostersheet.heads(tx), rostersheet.present(tx)
        plan = roster_plan.plan(units, people, present, begun.day, begun.fresh)
        first = first or plan
        begun = Begun(begun.digest, begun.day, (*begun.fresh, *plan.founded))
        if plan.changes:
            _remember(database, begun)
        if write(database, plan.changes, heads, stamp, pause):
            _remember(database, None)
            return first
    raise Overtaken


def write(
    database: Database,
    changes: Sequence[Change],
    heads: rostersheet.Heads,
    stamp: Stamp,
    pause: Callable[[], None],
) -> bool:
    """Whether all changes are in; False when somebody else wrote meanwhile and the rest must be planned anew."""
    for step in steps(changes):
        try:
            with database.transaction() as tx:
                rostersheet.write(tx, step, heads, stamp)
        except Conflict:
            return False
        pause()
    return True


def steps(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes in their order, so many together that no step is larger than ARCHIVES and ENTRIES."""
    step: list[Change] = []
    archives: set[str] = set()
    entries = 0
    for change in changes:
        more = {entry.archive for entry in change.entries} or {change.unit or str(change.person)}
        if step and (len(archives | more) > ARCHIVES or entries + len(change.entries) > ENTRIES):
            yield step
            step, archives, entries = [], set(), 0
        step.append(change)
        archives |= more
        entries += len(change.entries)
    if step:
        yield step


def _digest(*tables: Table) -> str:
    rows = [[table.name, [dict(line.cells) for line in table.lines]] for table in tables]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def _begun(database: Database, digest: str, today: date) -> Begun:
    """The import that was cut off, if there is one: the same sheet goes on with its own day."""
    with database.reading() as tx:
        kept = settings.get(tx, _BEGUN)
    if not kept:
        return Begun(digest, today)
    old = json.loads(kept)
    day = date.fromisoformat(old["day"]) if old["digest"] == digest else today
    return Begun(digest, day, tuple(old["fresh"]))


def _remember(database: Database, begun: Begun | None) -> None:
    fresh = list(begun.fresh) if begun else []
    kept = canonical({"digest": begun.digest, "day": begun.day.isoformat(), "fresh": fresh}) if begun else ""
    with database.transaction() as tx:
        settings.put(tx, _BEGUN, kept)
