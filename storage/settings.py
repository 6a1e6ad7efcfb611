"""Words kept for the whole installation: the hold of all pushes, the heartbeat, the school's name."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.db import Transaction
from storage.prepared import Prepared
from storage.tables import setting

VERIFIED = "wecom.verified"
"""Under this key the callback keeps when WeCom last checked its URL."""

_GET = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key_")))


def get(tx: Transaction, key: str) -> str | None:
    """The word kept under a key."""
    found: str | None = _GET.run(tx.connection, key_=key).scalar()
    return found


def put(tx: Transaction, key: str, value: str) -> None:
    """Keep a word, in place of an earlier one."""
    make = postgresql.insert if tx.is_postgresql else sqlite.insert
    statement = make(setting).values(key=key, value=value)
    changed = {"value": statement.excluded.value}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changed))
