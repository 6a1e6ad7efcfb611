"""Who may do something that only one process should do at a time: a row with an end, no open transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.codec import moment
from storage.db import Transaction
from storage.tables import lease


def acquire(tx: Transaction, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take or renew a lease; False while somebody else holds it."""
    until = moment(now + length)
    make = postgresql.insert if tx.is_postgresql else sqlite.insert
    statement = make(lease).values(name=name, holder="", until="")
    tx.connection.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
    free = or_(lease.c.holder == holder, lease.c.until <= moment(now))
    taken = update(lease).where(lease.c.name == name, free).values(holder=holder, until=until)
    return tx.connection.execute(taken).rowcount == 1


def release(tx: Transaction, name: str, holder: str) -> None:
    """Give a lease back, if it is still this holder's."""
    mine = (lease.c.name == name, lease.c.holder == holder)
    tx.connection.execute(update(lease).where(*mine).values(holder="", until=""))
