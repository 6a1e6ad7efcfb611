"""Which reminder was planned when: one row a duty, period, person and step, so that two clocks are harmless."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from storage.codec import moment
from storage.db import Conflict, Transaction
from storage.prepared import Prepared
from storage.tables import occasion

_KEEP = Prepared(insert(occasion))
Key = tuple[str, str, str, str]


def known(tx: Transaction, periods: Collection[tuple[str, str]], people: Collection[str]) -> set[Key]:
    """The steps already planned for these people in these (duty, period) pairs."""
    c = occasion.c
    chosen = (c.duty.in_({duty for duty, _ in periods}), c.period.in_({period for _, period in periods}))
    rows = tx.connection.execute(
        select(c.duty, c.period, c.person, c.step).where(*chosen, c.person.in_(people))
    )
    return {(row.duty, row.period, row.person, row.step) for row in rows}


def keep(tx: Transaction, keys: Sequence[Key], owed: str, now: datetime) -> None:
    """Note that these steps travel in one owed row; raises Conflict when another clock was first."""
    made = {"planned": moment(now), "owed": owed}
    for duty, period, person, step in keys:
        _KEEP.post(tx.connection, Conflict(owed), duty=duty, period=period, person=person, step=step, **made)


def of_row(tx: Transaction, owed: str) -> list[Key]:
    """The steps which an owed row carries."""
    c = occasion.c
    rows = tx.connection.execute(select(c.duty, c.period, c.person, c.step).where(c.owed == owed))
    return [(row.duty, row.period, row.person, row.step) for row in rows]
