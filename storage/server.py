"""Transactions on PostgreSQL: connections stay ours from turn to turn, and their line begins and commits.

SQLAlchemy and its pool open the connections and run what is not prepared; giving one back and taking it anew for
each turn, with a transaction object of its own, cost as much as half of the turn's statements.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from psycopg import Error
from sqlalchemy import Connection, Engine

from storage.prepared import AsAlchemy, line

MOST_IDLE = 20
"""More than that were needed at one moment only; the pool must have some left for whoever else asks."""


class Server:
    """The connections to one server. The last one used is taken first: its statements are prepared and planned."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._idle = engine, deque[Connection]()

    @contextmanager
    def transaction(self, mode: str = "") -> Iterator[Connection]:
        """Begin, commit at the end, keep nothing on any exception; `mode` stands behind BEGIN.

        Raises SQLAlchemy's errors.
        """
        connection = self._taken()
        try:
            line(connection).begin(f"BEGIN {mode}")
            yield connection
            with AsAlchemy(connection.dialect, "COMMIT"):
                line(connection).commit()
        except BaseException:
            _end(connection)
            raise
        self._keep(connection)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> Connection:
        with suppress(IndexError):
            # deque's own operations are atomic, so threads need no lock here.
            while connection := self._idle.pop():
                if _is_there(connection):
                    return connection
                _end(connection)
        # The driver must not begin by itself: BEGIN goes with the first question.
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _keep(self, connection: Connection) -> None:
        # SQLAlchemy holds that its own statements began something; the server has committed it already.
        connection.rollback()
        if len(self._idle) < MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()


def _is_there(connection: Connection) -> bool:
    try:
        return line(connection).is_there()
    except Error:
        return False


def _end(connection: Connection) -> None:
    """Give a connection back, which undoes what was begun; one whose server has gone is thrown away."""
    if not connection.invalidated:
        line(connection).undo()
        if not line(connection).is_open:
            # Its server has undone everything; to ask for that would only raise another error over the first.
            connection.invalidate()
    connection.close()
