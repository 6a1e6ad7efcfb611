"""The platform's access token in the database, shared by all processes (`TokenStore` of the WeCom road)."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage import leases
from storage.codec import moment
from storage.db import Database, Transaction
from storage.tables import token as tokens

Kept = TypeVar("Kept")
# Longer than the 13 seconds for which a holder may wait for the platform.
HOLD = timedelta(seconds=20)
PAUSE = 0.1


class TokenRows(Generic[Kept]):
    """Tokens by app. `make` builds the caller's own value from a token and its end; `now` reads the clock."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], make: Callable[[str, datetime], Kept]
    ) -> None:
        self._database, self._now, self._make = database, now, make

    def load(self, app: str) -> Kept | None:
        """The token kept last, however old."""
        with self._database.transaction() as tx:
            row = tx.connection.execute(select(tokens).where(tokens.c.app == app)).first()
        return self._make(row.token, datetime.fromisoformat(row.expires_at)) if row else None

    def save(self, app: str, token: str, expires_at: datetime) -> None:
        """Keep this token in place of any other."""
        values = {"app": app, "token": token, "expires_at": moment(expires_at)}
        with self._database.transaction() as tx:
            make = postgresql.insert if tx.is_postgresql else sqlite.insert
            statement = make(tokens).values(values)
            changed = {"token": statement.excluded.token, "expires_at": statement.excluded.expires_at}
            tx.connection.execute(statement.on_conflict_do_update(index_elements=["app"], set_=changed))

    def drop(self, app: str, token: str) -> None:
        """Forget the token if it is still this one."""
        with self._database.transaction() as tx:
            tx.connection.execute(delete(tokens).where(tokens.c.app == app, tokens.c.token == token))

    @contextmanager
    def lock(self, app: str) -> Iterator[None]:
        """Only one holder among all processes; a dead holder's lease ends by itself."""
        holder = f"{os.getpid()}-{threading.get_ident()}-{secrets.token_hex(4)}"
        wait = threading.Event()
        while not self._try(lambda tx: leases.acquire(tx, f"token:{app}", holder, self._now(), HOLD)):
            wait.wait(PAUSE)
        try:
            yield
        finally:
            self._try(lambda tx: leases.release(tx, f"token:{app}", holder))

    def _try(self, work: Callable[[Transaction], object]) -> bool:
        with self._database.transaction() as tx:
            return bool(work(tx))
