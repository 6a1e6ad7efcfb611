"""The heads of all chains at one moment: one digest over them shows later whether a tail was cut (house, 2)."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from domain.entries import canonical
from storage.db import Transaction
from storage.tables import archive


def heads(tx: Transaction) -> dict[str, list[int | str]]:
    """Number and hash of the last entry of every archive, in one statement."""
    rows = tx.connection.execute(select(archive).order_by(archive.c.name))
    return {row.name: [row.seq, row.hash] for row in rows}


def digest(found: dict[str, list[int | str]]) -> str:
    """sha256 of the canonical JSON of all heads."""
    return hashlib.sha256(canonical(found).encode()).hexdigest()
