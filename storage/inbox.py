"""What was already answered: one key a message for ever, with the words of the reply."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.codec import moment
from storage.db import Transaction
from storage.prepared import Prepared
from storage.tables import inbox

_REPLY = Prepared(select(inbox.c.reply).where(inbox.c.key == bindparam("key_")))
_KEEP = Prepared(insert(inbox))


class Repeated(Exception):
    """Another process answered this message while we were at it."""


def reply_to(tx: Transaction, key: str) -> str | None:
    """The words with which a message was answered (perhaps none), or None if it is new."""
    found: str | None = _REPLY.run(tx.connection, key_=key).scalar()
    return found


def keep(tx: Transaction, key: str, speaker: str, received: datetime, reply: str) -> None:
    """Mark a message as done, together with everything else of its turn; raises Repeated, at the latest when it commits."""
    values = {"key": key, "speaker": speaker, "received": moment(received), "reply": reply}
    _KEEP.post(tx.connection, Repeated(key), **values)


def heard_since(tx: Transaction, speakers: Collection[str], since: datetime) -> bool:
    """Whether any of these people wrote after a moment."""
    wrote = (inbox.c.speaker.in_(speakers), inbox.c.received > moment(since))
    return tx.connection.execute(select(inbox.c.key).where(*wrote).limit(1)).first() is not None
