"""Pictures and voices as they came in: a number at once, the bytes when the worker has fetched them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, update

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
