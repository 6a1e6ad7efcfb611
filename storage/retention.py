"""What is forgotten after a while; keys stay for ever, so that nothing is done twice (house, retention)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage.codec import moment
from storage.db import Transaction
from storage.tables import inbox, owed

OVER = ("done", "failed", "cancelled")
EMPTY = "{}"


def sent_before(tx: Transaction, before: datetime) -> list[str]:
    """The keys of owed rows that ended before a moment and still have their body."""
    over = (owed.c.state.in_(OVER), owed.c.done_at < moment(before), owed.c.body != EMPTY)
    return list(tx.connection.execute(select(owed.c.key).where(*over)).scalars())


def answered_before(tx: Transaction, before: datetime) -> list[str]:
    """The keys of messages received before a moment whose reply is still kept."""
    old = (inbox.c.received < moment(before), inbox.c.reply != "")
    return list(tx.connection.execute(select(inbox.c.key).where(*old)).scalars())


def empty_bodies(tx: Transaction, keys: Sequence[str]) -> None:
    """Forget what was sent."""
    tx.connection.execute(update(owed).where(owed.c.key.in_(keys), owed.c.state.in_(OVER)).values(body=EMPTY))


def empty_replies(tx: Transaction, keys: Sequence[str]) -> None:
    """Forget what was answered."""
    tx.connection.execute(update(inbox).where(inbox.c.key.in_(keys)).values(reply=""))
