"""Pictures and voices as they came in: a number at once, the bytes when the worker has fetched them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.codec import moment
from storage.db import Prepared, Transaction
from storage.tables import attachment

_NEW = Prepared(insert(attachment))


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
    _NEW.run(
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
