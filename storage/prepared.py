"""Core statements compiled once for each dialect and given to the driver itself; rows come back as plain tuples.

The turn's few statements are the cost of a turn: going round SQLAlchemy's result objects saves a fifth on
SQLite, and round psycopg's cursors, straight to libpq (`storage/line.py`), most of a statement's price on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Protocol

from psycopg import DataError
from sqlalchemy import Connection, Dialect, exc
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql import ClauseElement

from storage.line import Expected, Line, Words, line_of

_NUMBERS = count(1)
_DOLLARS: Any = asyncpg.dialect()  # type: ignore[no-untyped-call]
"""libpq wants $1, $2, as SQLAlchemy writes them for asyncpg; asyncpg itself is not needed."""


class Cursor(Protocol):
    """What both drivers give back."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> tuple[Any, ...] | None: ...

    def fetchall(self) -> Sequence[tuple[Any, ...]]: ...


class Rows:
    """What a prepared statement gave back."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    @property
    def rowcount(self) -> int:
        """How many rows a change touched."""
        return int(self._cursor.rowcount)

    def first(self) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return self._cursor.fetchone()

    def scalar(self) -> Any:
        """The first column of the first row, or None."""
        row = self._cursor.fetchone()
        return row[0] if row else None

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._cursor.fetchall())


class Prepared:
    """One statement; its values are text, whole numbers and None (docs/decisions.md)."""

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement
        self._name = f"xieshi_{next(_NUMBERS)}".encode()
        self._compiled: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}

    def run(self, connection: Connection, **values: Any) -> Rows:
        """Execute with values by parameter name; a missing one is a KeyError, all else the driver's error."""
        sql, given = self._bound(connection.dialect, values)
        with AsAlchemy(connection.dialect, sql):
            if connection.dialect.name == "postgresql":
                return Rows(line(connection).ask(self._words(sql, given)))
            return Rows(connection.connection.cursor().execute(sql, given))

    def post(self, connection: Connection, clash: Exception | None = None, **values: Any) -> None:
        """Execute with values, at the latest with the next question or COMMIT, where its error is raised.

        `clash` is raised in place of that error if the rows that are there already do not allow it. A statement that
        may quietly touch no row, and must not, has to be run.
        """
        sql, given = self._bound(connection.dialect, values)
        if connection.dialect.name == "postgresql":
            line(connection).post(self._words(sql, given, clash))
            return
        try:
            with AsAlchemy(connection.dialect, sql):
                connection.connection.cursor().execute(sql, given)
        except exc.IntegrityError as error:
            if clash is None:
                raise
            raise clash from error

    def later(self, connection: Connection, **values: Any) -> Callable[[], Rows]:
        """Execute with the next question at the latest; called, it gives the rows or raises the driver's error."""
        if connection.dialect.name != "postgresql":
            return lambda: self.run(connection, **values)
        sql, given = self._bound(connection.dialect, values)
        spoken, expected = line(connection), Expected()
        spoken.post(self._words(sql, given, expected=expected))

        def rows() -> Rows:
            with AsAlchemy(connection.dialect, sql):
                return Rows(spoken.fetch(expected))

        return rows

    def _bound(self, dialect: Dialect, values: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        sql, order, constants = self._compiled.get(dialect.name) or self._compile(dialect)
        bound = {**constants, **values} if constants else values
        return sql, tuple([bound[name] for name in order])

    def _words(
        self,
        sql: str,
        given: Sequence[Any],
        clash: Exception | None = None,
        expected: Expected | None = None,
    ) -> Words:
        return Words(self._name, sql, _packed(given), clash, expected)

    def _compile(self, dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        spoken: Any = _DOLLARS if dialect.name == "postgresql" else dialect
        compiled: Any = self.statement.compile(dialect=spoken)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        self._compiled[dialect.name] = (str(compiled), tuple(compiled.positiontup or ()), constants)
        return self._compiled[dialect.name]


def _packed(values: Sequence[Any]) -> list[bytes | None]:
    packed = [
        value.encode() if isinstance(value, str) else None if value is None else b"%d" % value
        for value in values
    ]
    if b"\0" in b"".join(filter(None, packed)):
        # libpq would silently cut the text there.
        raise exc.DataError(None, None, DataError("PostgreSQL text cannot hold NUL"), hide_parameters=True)
    return packed


def line(connection: Connection) -> Line:
    """The line behind a connection to PostgreSQL."""
    found: Line | None = connection.info.get("line")
    return found or line_of(connection.info, connection.connection.dbapi_connection)


class AsAlchemy:
    """A block that raises the driver's errors as SQLAlchemy's own; one stands around every statement, so it is lean."""

    __slots__ = ("_dialect", "_sql")

    def __init__(self, dialect: Dialect, sql: str) -> None:
        self._dialect, self._sql = dialect, sql

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        driver = self._dialect.loaded_dbapi
        if error is not None and isinstance(error, driver.Error):
            # The statement's values may be people's words and stay out of the exception.
            raise exc.DBAPIError.instance(
                self._sql, None, error, driver.Error, hide_parameters=True, dialect=self._dialect
            ) from None
