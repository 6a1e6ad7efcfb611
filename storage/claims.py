"""Taking owed rows to do them, and saying what came of it; every change is conditional on what it found.

`waiting` has surely not been done, `in_flight` perhaps: its worker has a lease, and when that runs out the
same rows go again as the same call. `message` names the call meanwhile, afterwards the platform's message.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select, text, update

from storage.codec import moment, to_json
from storage.db import Transaction
from storage.owed import Owed
from storage.tables import owed

ANSWERS = ("file|", "late|")
"""What such a key begins with answers the speaker himself; no hold stops it (R-351)."""

NO_MESSAGES = ("fetch", "free", "rehearse", "ask")
"""Kinds that nobody reads; they go on while messages are held, and count for nobody's pace."""

_CLAIMERS = 5117


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in our hands until `lease`; `tries` counts this attempt as well."""

    row: Owed
    tries: int
    lease: str


def one_at_a_time(tx: Transaction) -> None:
    """Let no other claimer in until this transaction ends: how fast one account is written to is judged here."""
    if tx.is_postgresql:
        tx.connection.execute(text(f"SELECT pg_advisory_xact_lock({_CLAIMERS})"))


def due(
    tx: Transaction,
    kinds: Collection[str],
    roads: Collection[str],
    now: datetime,
    limit: int,
    only_answers: bool = False,
) -> list[Claim]:
    """The rows that waited longest, locked; `roads` are the channels that work, empty for people by 编号."""
    query = select(owed).where(*_due(kinds, roads, now))
    if only_answers:
        query = query.where(is_answer())
    return _found(tx, query, limit)


def alike(tx: Transaction, row: Owed, now: datetime, limit: int, only_answers: bool = False) -> list[Claim]:
    """Every due text of the same words on the same road, locked."""
    query = select(owed).where(*_due((row.kind,), (row.channel,), now), owed.c.body == to_json(row.body))
    if only_answers:
        query = query.where(is_answer())
    return _found(tx, query, limit)


def broken_off(
    tx: Transaction,
    kinds: Collection[str],
    roads: Collection[str],
    now: datetime,
    only_answers: bool = False,
) -> list[Claim]:
    """One whole call whose lease ran out before anybody said what came of it, locked."""
    over = (owed.c.state == "in_flight", owed.c.lease <= moment(now))
    first = select(owed.c.message).where(*over, owed.c.kind.in_(kinds), owed.c.channel.in_(roads))
    if only_answers:
        first = first.where(is_answer())
    call = tx.connection.execute(first.order_by(owed.c.lease).limit(1)).scalar()
    return _found(tx, select(owed).where(*over, owed.c.message == call), None) if call else []


def take_one(
    tx: Transaction, kinds: Collection[str], roads: Collection[str], now: datetime, length: timedelta
) -> list[Claim]:
    """The order that waited longest, or one whose worker died, in our hands for so long; empty when there is none."""
    one_at_a_time(tx)
    found = broken_off(tx, kinds, roads, now) or due(tx, kinds, roads, now, 1)
    return [start(tx, [one], now, length, one.row.body)[0] for one in found]


def _due(kinds: Collection[str], roads: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    on_time = (owed.c.state == "waiting", owed.c.not_before <= moment(now))
    return (*on_time, owed.c.kind.in_(kinds), owed.c.channel.in_(roads))


def is_answer() -> ColumnElement[bool]:
    """The condition under which a row goes on while all pushes are held."""
    return or_(owed.c.kind.in_(NO_MESSAGES), *(owed.c.key.startswith(prefix) for prefix in ANSWERS))


def _found(tx: Transaction, query: Any, limit: int | None) -> list[Claim]:
    ordered = query.order_by(owed.c.not_before, owed.c.created, owed.c.key).limit(limit)
    return [_claim(row) for row in tx.connection.execute(ordered.with_for_update(skip_locked=True))]


def _claim(row: Row[Any]) -> Claim:
    return Claim(read(row), row.tries, row.lease or "")


def read(row: Row[Any]) -> Owed:
    """A row of the table as the thing that was put there."""
    fields = {name: getattr(row, name) for name in _PLAIN}
    return Owed(
        body=json.loads(row.body),
        created=datetime.fromisoformat(row.created),
        not_before=datetime.fromisoformat(row.not_before),
        deadline=datetime.fromisoformat(row.deadline) if row.deadline else None,
        **fields,
    )


_PLAIN = ("key", "kind", "person", "channel", "account", "unit", "duty", "step", "period", "state")


def start(
    tx: Transaction, claims: Sequence[Claim], now: datetime, length: timedelta, body: Mapping[str, Any]
) -> list[Claim]:
    """Put the rows of one call in flight with the body they are sent with from now on."""
    lease = moment(now + length)
    values = {"state": "in_flight", "lease": lease, "message": claims[0].row.key, "done_at": moment(now)}
    for part in _parts(claims):
        ours = (owed.c.key.in_(part), owed.c.state.in_(("waiting", "in_flight")))
        statement = update(owed).where(*ours).values(**values, body=to_json(body), tries=owed.c.tries + 1)
        tx.connection.execute(statement)
    return [Claim(replace(one.row, body=body), one.tries + 1, lease) for one in claims]


def finish(
    tx: Transaction, claims: Sequence[Claim], state: str, now: datetime, reason: str = "", message: str = ""
) -> None:
    """Say what came of claimed rows; those whose lease somebody else took meanwhile are theirs."""
    _change(tx, claims, state=state, lease=None, done_at=moment(now), reason=reason, message=message)


def retry(tx: Transaction, claims: Sequence[Claim], until: datetime, reason: str, is_unknown: bool) -> None:
    """Try again then. What may have arrived stays one call of the same rows; what surely did not is free."""
    if is_unknown:
        _change(tx, claims, lease=moment(until), reason=reason)
    else:
        _change(tx, claims, **_free(until), reason=reason)


def give_back(tx: Transaction, claims: Sequence[Claim], until: datetime) -> None:
    """Not even tried, so it does not count as a try. An earlier attempt that may have arrived stays one."""
    fresh = [one for one in claims if one.tries == 1]
    _change(tx, fresh, **_free(until), tries=0)
    again = [one for one in claims if one.tries > 1]
    _change(tx, again, lease=moment(until), tries=owed.c.tries - 1)


def _free(until: datetime) -> dict[str, Any]:
    return {
        "state": "waiting",
        "lease": None,
        "message": "",
        "done_at": None,
        "not_before": moment(until),
    }


def _change(tx: Transaction, claims: Sequence[Claim], **values: Any) -> None:
    for part in _parts(claims):
        ours = (owed.c.key.in_(part), owed.c.state == "in_flight", owed.c.lease == claims[0].lease)
        tx.connection.execute(update(owed).where(*ours).values(**values))


def _parts(claims: Sequence[Claim]) -> list[list[str]]:
    keys = [one.row.key for one in claims]
    return [keys[at : at + 500] for at in range(0, len(keys), 500)]


def settle(tx: Transaction, keys: Collection[str], state: str, reason: str, now: datetime) -> None:
    """End waiting rows that are not even begun: cancelled or failed, with the reason."""
    values = {"state": state, "reason": reason, "done_at": moment(now)}
    waiting = (owed.c.key.in_(keys), owed.c.state == "waiting")
    tx.connection.execute(update(owed).where(*waiting).values(**values))


def postpone(tx: Transaction, key: str, until: datetime, reason: str) -> None:
    """Let a waiting row wait longer, and say why."""
    waiting = (owed.c.key == key, owed.c.state == "waiting")
    tx.connection.execute(update(owed).where(*waiting).values(not_before=moment(until), reason=reason))


def recent(
    tx: Transaction, people: Collection[str], since: datetime, now: datetime
) -> dict[str, list[datetime]]:
    """When something was sent to these people, and (under the account) to accounts without a person."""
    c = owed.c
    window = (c.done_at > moment(since), c.done_at <= moment(now), c.state.in_(("done", "in_flight")))
    query = select(c.person, c.account, c.done_at).where(
        c.person.in_({*people, ""}), c.kind.not_in(NO_MESSAGES)
    )
    found: dict[str, list[datetime]] = {}
    for row in tx.connection.execute(query.where(*window).order_by(c.done_at)):
        found.setdefault(row.person or row.account, []).append(datetime.fromisoformat(row.done_at))
    return found
