"""The engine, set up as each database needs it, and the transaction in which a turn happens."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, exc, func, select

from storage.line import Lost, line_of
from storage.prepared import AsAlchemy, line
from storage.server import Server
from storage.together import Busy, Together

Result = TypeVar("Result")
ATTEMPTS = 3


class Conflict(Exception):
    """Somebody else wrote to the same archive between our reading and our writing: play the turn again."""


class Unavailable(Exception):
    """The database did not answer in time or refuses; nothing was kept."""


class Interrupted(Unavailable):
    """The server went away before anything was to be kept: play the turn again, over a new connection."""


class Transaction:
    """Everything of one turn that is committed together.

    `heads` remembers at which number of an archive the state was read, so that the turn appends there and
    nowhere else; `started` where it stood before this turn wrote; `seen` keeps read-model states which this
    turn loaded or changed; `coming` are the answers to what was asked ahead, in the order of asking, and
    `foreseen` those of them that will be in `seen`.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.heads: dict[str, tuple[int, str]] = {}
        self.started: dict[str, int] = {}
        self.seen: dict[tuple[str, tuple[Any, ...]], Any] = {}
        self.coming: deque[Coming] = deque()
        self.foreseen: dict[tuple[str, tuple[Any, ...]], Coming] = {}

    def catch_up(self) -> None:
        """Take every answer that came before this moment's, so that heads are noted in the order of reading."""
        while self.coming:
            self.coming.popleft().take()

    def undo(self) -> None:
        """Keep nothing of this transaction; it must not be used afterwards."""
        if self.is_postgresql:
            line(self.connection).undo()
        elif (begun := self.connection.get_transaction()) is not None:
            begun.rollback()

    @property
    def is_postgresql(self) -> bool:
        return self.connection.dialect.name == "postgresql"


class Coming:
    """What was asked ahead of its use; `read` makes something of the rows when they are there."""

    __slots__ = ("_read", "_tx", "_value")

    def __init__(self, tx: Transaction, read: Callable[[], Any]) -> None:
        self._tx, self._read, self._value = tx, read, None
        tx.coming.append(self)

    def take(self) -> None:
        """Called once, in the order of asking."""
        self._value = self._read()

    def __call__(self) -> Any:
        """What was asked for."""
        self._tx.catch_up()
        return self._value


class Database:
    """One database by its URL. `wait` is how many seconds a turn waits for its lock or a connection.

    Raises Unavailable for a URL that can be none.
    """

    def __init__(self, url: str, wait: float = 3.0) -> None:
        # A turn may wait in our queue, for our lock and for another process: together no longer than `wait`.
        self.rest = 0.0  # seconds
        self.url, self._wait = url, wait / 3 if url.startswith("sqlite") else wait
        try:
            self.engine = _engine(url, self._wait)
        except (exc.ArgumentError, TypeError, ValueError) as error:
            raise Unavailable("no URL of a database") from error
        # SQLite's own wait for its one writer sleeps ever longer; a lock of ours lets threads in at once.
        self._writer = threading.Lock() if url.startswith("sqlite") else None
        self._together = Together(self._alone, self.engine.begin, self._wait) if self._writer else None
        self._server = None if self._writer else Server(self.engine)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin (on SQLite: as the only writer), commit at the end, roll back on any exception."""
        begin = self._server.transaction if self._server else self.engine.begin
        with as_ours(), self._alone(), begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=self._wait):
            raise Unavailable("another turn holds the database")
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that only reads, all of it as of one moment; on SQLite it keeps no turn waiting."""
        with as_ours(), self._reading() as connection:
            yield Transaction(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._server is not None:
            with self._server.transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
                yield connection
            return
        with self.engine.connect() as connection:
            connection.execution_options(reading=True)
            with connection.begin():
                yield connection

    def attempt(self, work: Callable[[Transaction], Result]) -> Result:
        """Do work in a transaction; after a Conflict or an interruption again, three times at most."""
        for left in reversed(range(ATTEMPTS)):
            try:
                return self._once(work)
            except (Conflict, Interrupted):
                if not left:
                    raise
        raise AssertionError

    def _once(self, work: Callable[[Transaction], Result]) -> Result:
        with as_ours():
            if self._server is not None:
                with self._server.transaction() as connection:
                    return work(Transaction(connection))
            assert self._together is not None
            result: Result = self._together.do(lambda connection: work(Transaction(connection)))
        return result

    def give_way(self) -> None:
        """Rest between two of many long writes, so that other processes get the file; a server is fair by itself."""
        if self.rest and self._writer is not None:
            time.sleep(self.rest)

    def moment(self) -> datetime | None:
        """What the server's clock says, by which all machines agree; None for a file, which has none."""
        if self._writer is not None:
            return None
        with self.reading() as tx:
            said: datetime = tx.connection.execute(select(func.clock_timestamp())).scalar_one()
        return said

    def dispose(self) -> None:
        """Close all connections, for instance before a fork."""
        if self._server is not None:
            self._server.close()
        self.engine.dispose()


@contextmanager
def as_ours() -> Iterator[None]:
    """Turn the driver's troubles into Conflict or Unavailable."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        if _is_serialization(error):
            raise Conflict from error
        raise (Interrupted if _is_interruption(error) else Unavailable)(type(error).__name__) from error
    except exc.DatabaseError as error:
        if _is_none(error):
            raise Unavailable(type(error).__name__) from error
        raise
    except Busy as busy:
        raise Unavailable("too many turns at once") from busy
    except sqlite3.Error as error:
        # BEGIN and the savepoints go to the driver directly, so its own exceptions come from there.
        raise Unavailable(type(error).__name__) from error


def _is_interruption(error: exc.DBAPIError | exc.TimeoutError) -> bool:
    # SQLAlchemy sees a lost connection only below its own statements, and COMMIT is none of them.
    return getattr(error, "connection_invalidated", False) or isinstance(getattr(error, "orig", None), Lost)


def _is_none(error: exc.DatabaseError) -> bool:
    """Whether there is no database there: a damaged or foreign file, or options that no server takes."""
    refused = isinstance(error, exc.ProgrammingError) and error.statement is None
    return refused or type(error) is exc.DatabaseError


def _is_serialization(error: exc.DBAPIError | exc.TimeoutError) -> bool:
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    return code in ("40001", "40P01")


def _engine(url: str, wait: float) -> Engine:
    if not url.startswith("sqlite"):
        # A turn looks up single rows: by its own estimate, made for turning disks, the server would rather read a table
        # of some hundred rows from end to end, and stay with that plan while the table grows.
        options = f"-c statement_timeout=30000 -c lock_timeout={int(wait * 1000)} -c random_page_cost=1.1"
        # Without psycopg's own prepared statements, since it drops all of a connection, ours too, when it likes.
        connect = {"connect_timeout": max(1, int(wait)), "options": options, "prepare_threshold": None}
        engine = create_engine(
            url,
            pool_size=20,
            max_overflow=20,
            pool_timeout=wait,
            connect_args=connect,
            hide_parameters=True,
        )
        event.listen(engine, "checkout", _see)
        event.listen(engine, "before_cursor_execute", _flush)
        return engine
    engine = create_engine(
        url,
        connect_args={"timeout": wait, "check_same_thread": False},
        pool_size=20,
        pool_timeout=wait,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions itself, else BEGIN IMMEDIATE below would come too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL, because an acknowledged message must survive a power cut (house, 11).
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _see(connection: Any, record: Any, _proxy: Any) -> None:
    # If its server has gone meanwhile, the pool throws its connections of before away and takes a new one.
    if not line_of(record.info, connection).is_there():
        raise exc.InvalidatePoolError


def _flush(connection: Connection, *_: Any) -> None:
    with AsAlchemy(connection.dialect, "what waited"):
        line(connection).flush()


def _begin_immediate(connection: Connection) -> None:
    # A turn writes; taking the write lock at once turns a late SQLITE_BUSY into an orderly wait.
    reading = connection.get_execution_options().get("reading")
    connection.connection.cursor().execute("BEGIN" if reading else "BEGIN IMMEDIATE")
