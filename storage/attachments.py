"""Pictures and voices as they came in: a number at once, the bytes when the worker has fetched them.

waiting → fetched (the bytes are here) or lost (they never will be); once the thing they belong to is
confirmed and its archive says so: stored or failed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.codec import moment
from storage.db import Transaction
from storage.prepared import Prepared
from storage.tables import attachment

_NEW = Prepared(insert(attachment))
_AFTERWARDS = {"fetched": "stored", "lost": "failed"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One of them; `linked` is the number of the thing it belongs to."""

    id: str
    person: str
    kind: str
    at: datetime
    state: str
    linked: str
    sha256: str
    size: int
    mime: str
    reason: str


def register(
    tx: Transaction,
    id: str,
    person: str,
    channel: str,
    media: str,
    kind: str,
    at: datetime,
    received: datetime,
) -> None:
    """Note that something came in under this number and waits to be fetched."""
    _NEW.post(
        tx.connection,
        id=id,
        person=person,
        channel=channel,
        media=media,
        kind=kind,
        at=moment(at),
        received=moment(received),
        state="waiting",
        sha256=None,
        size=None,
        mime=None,
        linked=None,
        reason="",
    )


def link(tx: Transaction, ids: Collection[str], person: str, thing: str) -> None:
    """Say to which numbered thing somebody's own attachments belong; those of others are not touched."""
    mine = (attachment.c.id.in_(ids), attachment.c.person == person, attachment.c.linked.is_(None))
    tx.connection.execute(update(attachment).where(*mine).values(linked=thing))


def described(tx: Transaction, ids: Sequence[str]) -> list[dict[str, Any]]:
    """What others may know of attachments, in the order asked."""
    if not ids:
        return []
    c = attachment.c
    rows = tx.connection.execute(select(c.id, c.state, c.sha256, c.size, c.mime).where(c.id.in_(ids)))
    known = {row.id: row for row in rows}
    return [
        {"attachment": id, "state": row.state, "sha256": row.sha256, "size": row.size, "mime": row.mime}
        for id in ids
        if (row := known.get(id)) is not None
    ]


def fetched(tx: Transaction, id: str, sha256: str, size: int, mime: str) -> None:
    """The bytes are in the store."""
    values = {"state": "fetched", "sha256": sha256, "size": size, "mime": mime}
    tx.connection.execute(update(attachment).where(*_waiting(id)).values(**values))


def lost(tx: Transaction, id: str, reason: str) -> None:
    """The bytes cannot be had, or are nothing that we keep."""
    tx.connection.execute(update(attachment).where(*_waiting(id)).values(state="lost", reason=reason))


def find(tx: Transaction, id: str) -> Attachment | None:
    """One attachment by its number."""
    row = tx.connection.execute(select(attachment).where(attachment.c.id == id)).first()
    return _read(row) if row else None


def unsettled(tx: Transaction, limit: int) -> list[Attachment]:
    """Those whose fate and whose thing are both known, and whose archive does not say so yet."""
    c = attachment.c
    # Greater than the empty text means there is one, in words that use the index.
    query = select(attachment).where(c.state.in_(tuple(_AFTERWARDS)), c.linked > "").order_by(c.at, c.id)
    return [_read(row) for row in tx.connection.execute(query.limit(limit))]


def settle(tx: Transaction, one: Attachment) -> bool:
    """Mark one as told in its archive; False when somebody else did so meanwhile."""
    mine = (attachment.c.id == one.id, attachment.c.state == one.state)
    told = update(attachment).where(*mine).values(state=_AFTERWARDS[one.state])
    return bool(tx.connection.execute(told).rowcount)


def _waiting(id: str) -> tuple[Any, ...]:
    return (attachment.c.id == id, attachment.c.state == "waiting")


def _read(row: Row[Any]) -> Attachment:
    return Attachment(
        row.id,
        row.person,
        row.kind,
        datetime.fromisoformat(row.at),
        row.state,
        row.linked or "",
        row.sha256 or "",
        row.size or 0,
        row.mime or "",
        row.reason,
    )
