"""Read models made anew from the ledger, a few archives at a time, while turns go on (house, 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from storage import ledger, models
from storage.db import Transaction
from storage.tables import MODEL_TABLES, archive


def archives(tx: Transaction) -> list[str]:
    """The name of every archive, in order."""
    return list(tx.connection.execute(select(archive.c.name).order_by(archive.c.name)).scalars())


def refold(tx: Transaction, names: Sequence[str]) -> None:
    """Fold these archives again; whoever reads meanwhile sees each as it was or as it is, never half of it."""
    # A turn moves the head of its archive before it changes a read model, so it waits here or we for it.
    locked = select(archive.c.name).where(archive.c.name.in_(names)).order_by(archive.c.name)
    tx.connection.execute(locked.with_for_update()).all()
    for name in names:
        models.rebuild(tx, ledger.entries(tx, name), name)


def remove_strays(tx: Transaction) -> None:
    """Remove what is kept of archives that do not exist."""
    for kept in MODEL_TABLES.values():
        tx.connection.execute(delete(kept).where(kept.c.archive.not_in(select(archive.c.name))))
