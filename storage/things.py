"""In whose archive a numbered thing stands."""

from __future__ import annotations

from sqlalchemy import select, union_all

from domain.models import MODELS
from storage.db import Transaction
from storage.tables import MODEL_TABLES, person

_NUMBERED = [MODEL_TABLES[model.name] for model in MODELS if model.key == ("number",)]


def archive_of(tx: Transaction, number: str) -> str | None:
    """The archive of C-2026-0154-1, P-…, Z-…; of a report (X-2026-0154-6) by the short number in it."""
    places = union_all(*(select(one.c.archive).where(one.c.number == number) for one in _NUMBERED))
    found = tx.connection.execute(places).scalar()
    parts = number.split("-")
    if found is None and len(parts) == 4:
        owner = tx.connection.execute(select(person.c.id).where(person.c.number == parts[2])).scalar()
        return f"person:{owner}" if owner else None
    return found
