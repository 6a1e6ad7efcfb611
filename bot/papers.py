"""Commitments from paper into the ledger: checked whole, written in small steps, never twice (R-353)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot import importing
from domain import papersheet
from domain.entries import Stamp
from domain.profile import Profile
from domain.roster_plan import Change
from domain.sheets import Table
from storage import ledger, rostersheet
from storage.db import Database


def look(database: Database, table: Table, profile: Profile, today: date) -> list[Change]:
    """What an import would write; raises Faulty."""
    return _planned(database, table, profile, today)[0]


def run(
    database: Database,
    table: Table,
    profile: Profile,
    now: datetime,
    pause: Callable[[], None] = lambda: None,
) -> int:
    """Write the items that are not there yet and return their number; `now` is the date of entry. Raises Faulty."""
    stamp = Stamp("system", now, now, {"channel": papersheet.CHANNEL})
    new = 0
    for _ in range(importing.REPLANS):
        changes, heads = _planned(database, table, profile, now.date())
        new = max(new, len(changes))
        if importing.write(database, changes, heads, stamp, pause):
            return new
    raise importing.Overtaken


def _planned(
    database: Database, table: Table, profile: Profile, today: date
) -> tuple[list[Change], rostersheet.Heads]:
    with database.reading() as tx:
        heads, present = rostersheet.heads(tx), rostersheet.present(tx)
        already = papersheet.known(ledger.of_kind(tx, "commitment.proposed"))
    return papersheet.plan(table, present, already, profile, today), heads
