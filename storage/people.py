"""Writing the people of the roster; what binds them is in the ledger, their personal fields only here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from domain.people import Person
from storage.codec import to_row
from storage.db import Transaction
from storage.sounds import sound
from storage.tables import person as people

PERSONAL = ("gender", "ethnicity", "birth", "joined_party", "education", "imported")


def save(tx: Transaction, person: Person, personal: Mapping[str, Any] | None = None) -> None:
    """Insert or replace somebody; `personal` holds any of PERSONAL, and what it leaves out stays."""
    values = {**to_row(person), "sound": sound(person.name), **(personal or {})}
    make = postgresql.insert if tx.is_postgresql else sqlite.insert
    statement = make(people).values(values)
    changed = {name: statement.excluded[name] for name in values if name != "id"}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))
