"""What is owed to whom: rows with a natural key. Deciding writes them, a worker does them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.codec import moment, to_json
from storage.db import Transaction
from storage.prepared import Prepared
from storage.tables import owed


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to do later. `key` is its meaning and exists once for ever.

    `kind` is text, file, fetch, free, rehearse or ask; `body` its content as JSON. Either `person` (reached by whatever account
    they have) or `channel` and `account` say whom it reaches. `unit`, `duty`, `step`, `period` as in Tell.
    """

    key: str
    kind: str
    body: Mapping[str, Any]
    created: datetime
    not_before: datetime
    person: str = ""
    channel: str = ""
    account: str = ""
    unit: str = ""
    duty: str = ""
    step: str = ""
    period: str = ""
    deadline: datetime | None = None
    state: str = field(default="waiting")


def answer_to(order: Owed, part: str, kind: str, body: Mapping[str, Any], now: datetime) -> Owed:
    """A part of what whoever ordered something gets; its key is that of an answer, so no hold keeps it back (R-351)."""
    return Owed(f"file|{order.key}|{part}", kind, body, now, now, order.person)


def put(tx: Transaction, rows: Sequence[Owed]) -> None:
    """Owe what is not owed yet."""
    post = _PUT[tx.connection.dialect.name].post
    for row in rows:
        post(tx.connection, **_columns(row))


def put_new(tx: Transaction, row: Owed) -> bool:
    """Owe one thing; whether it was not owed yet, whoever else puts it at the same moment."""
    statement = _unless_owed(tx.connection.dialect.name).returning(owed.c.key)
    return tx.connection.execute(statement, _columns(row)).first() is not None


def _unless_owed(dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(owed).on_conflict_do_nothing(index_elements=["key"])


_PUT = {dialect: Prepared(_unless_owed(dialect)) for dialect in ("sqlite", "postgresql")}


def _columns(row: Owed) -> dict[str, Any]:
    return {
        "key": row.key,
        "kind": row.kind,
        "person": row.person,
        "channel": row.channel,
        "account": row.account,
        "unit": row.unit,
        "duty": row.duty,
        "step": row.step,
        "period": row.period,
        "body": to_json(row.body),
        "created": moment(row.created),
        "not_before": moment(row.not_before),
        "deadline": moment(row.deadline) if row.deadline else None,
        "state": row.state,
        "lease": None,
        "tries": 0,
        "reason": "",
        "message": "",
        "done_at": None,
    }


def oldest(tx: Transaction, now: datetime) -> datetime | None:
    """Since when the longest-waiting row that is due has been due."""
    due = (owed.c.state == "waiting", owed.c.not_before <= moment(now))
    found: str | None = tx.connection.execute(select(func.min(owed.c.not_before)).where(*due)).scalar()
    return datetime.fromisoformat(found) if found else None


def reminders(tx: Transaction) -> int:
    """How many reminders of duties wait to leave."""
    waiting = (owed.c.state == "waiting", owed.c.duty != "")
    return int(tx.connection.execute(select(func.count()).where(*waiting)).scalar_one())
