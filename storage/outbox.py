"""The owed rows as an administrator sees and moves them: what waits and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import not_, select, update

from storage.claims import is_answer, read
from storage.codec import moment
from storage.db import Transaction
from storage.owed import Owed
from storage.tables import owed

OPEN = ("waiting", "in_flight", "held", "doubtful")
FAILED = ("failed",)


@dataclass(frozen=True, slots=True)
class Standing:
    """A row, how often it was tried, and why it stands where it does."""

    row: Owed
    tries: int
    reason: str
    is_answer: bool


def standing(tx: Transaction, states: Sequence[str] = OPEN, limit: int = 1000) -> list[Standing]:
    """Rows in these states, the longest due first; fetching photos is not a matter of the outbox."""
    query = select(owed, is_answer().label("answers")).where(owed.c.state.in_(states), owed.c.kind != "fetch")
    rows = tx.connection.execute(query.order_by(owed.c.not_before, owed.c.key).limit(limit))
    return [Standing(read(row), row.tries, row.reason, bool(row.answers)) for row in rows]


def due_but_held(tx: Transaction, now: datetime) -> list[Owed]:
    """What would leave now if pushes were not held."""
    due = (owed.c.state == "waiting", owed.c.not_before <= moment(now), not_(is_answer()))
    return [read(row) for row in tx.connection.execute(select(owed).where(*due).order_by(owed.c.key))]


def release_held(tx: Transaction) -> int:
    """Let go what was held row by row; returns how many."""
    held = update(owed).where(owed.c.state == "held").values(state="waiting", reason="")
    return int(tx.connection.execute(held).rowcount)


def release(tx: Transaction, key: str, now: datetime) -> bool:
    """Let one row go again from the beginning: held, in doubt or failed; False if there is none such."""
    stuck = (owed.c.key == key, owed.c.state.in_(("held", "doubtful", "failed")))
    anew = {"state": "waiting", "reason": "", "message": "", "lease": None, "tries": 0, "done_at": None}
    statement = update(owed).where(*stuck).values(**anew, not_before=moment(now))
    return bool(tx.connection.execute(statement).rowcount)


def drop(tx: Transaction, key: str, now: datetime, reason: str) -> bool:
    """Never send one row; False if it is not open."""
    open_ = (owed.c.key == key, owed.c.state.in_(OPEN))
    values = {"state": "cancelled", "reason": reason, "done_at": moment(now), "lease": None}
    return bool(tx.connection.execute(update(owed).where(*open_).values(**values)).rowcount)
