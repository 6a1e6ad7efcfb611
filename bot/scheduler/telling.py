"""Word to the administrators from the clock: one message to each, once for a key."""

from __future__ import annotations

from datetime import datetime

from domain.seats import administrators
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView


def to_administrators(tx: Transaction, key: str, text: str, now: datetime, leaves: datetime) -> list[Owed]:
    """The rows that are owed to whoever is 管理员 today; the key of each ends in the person."""
    people = administrators(RosterView(tx), now.date())
    return [Owed(f"{key}|{id}", "text", {"text": text}, now, leaves, id) for id in people]
