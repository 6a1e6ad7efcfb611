"""The line to PostgreSQL: what needs no answer waits, and goes to the server with the next question or COMMIT.

Each way to the server and back costs more than most statements. Sent together they stay in order, and after the
first that fails the server does none of the rest, COMMIT included (libpq's pipeline mode).
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import Connection, IntegrityError, OperationalError, errors, pq
from psycopg.adapt import Transformer

_DONE = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
_OUT = select.POLLIN | select.POLLOUT


class Lost(OperationalError):
    """The connection ended before a COMMIT was sent, so certainly nothing was kept."""


class Answer:
    """The rows of a result as plain tuples, read like a cursor."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[tuple[Any, ...]], rowcount: int) -> None:
        self._rows, self.rowcount = iter(rows), rowcount

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, if there is another."""
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that were not read yet."""
        return list(self._rows)


class Expected:
    """A question that travels with the next one, and its answer once that has come."""

    __slots__ = ("answer",)

    def __init__(self) -> None:
        self.answer: Answer | None = None


class Words(NamedTuple):
    """One statement with its values; `clash` is raised in place of its error if the rows that are there forbid it.

    `expected` takes its rows, which else nobody reads.
    """

    name: bytes
    sql: str
    values: Sequence[bytes | None] = ()
    clash: Exception | None = None
    expected: Expected | None = None


_COMMIT = Words(b"xieshi_commit", "COMMIT")


class Line:
    """One connection. Raises the driver's errors, of the first statement that failed."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._server: Any = connection.pgconn
        # Written in C, it reads a row several times faster than Python could.
        self._reader = Transformer(connection)
        self._known, self._waiting = set[bytes](), list[Words]()
        self._poll = select.poll()

    def is_there(self) -> bool:
        """Whether the server still holds its end; it is only asked when something unasked came from there."""
        self._poll.register(self._server.socket, select.POLLIN)
        # A server that ends closes its end, which can be seen here without a way there and back.
        return not self._poll.poll(0) or self._server.exec_(b"").status == pq.ExecStatus.EMPTY_QUERY

    @property
    def is_open(self) -> bool:
        """False once the connection is known to be lost."""
        is_open: bool = self._server.status == pq.ConnStatus.OK
        return is_open

    @property
    def has_begun(self) -> bool:
        """Whether the server is in a transaction, or will be with what waits."""
        return bool(self._waiting) or self._server.transaction_status != pq.TransactionStatus.IDLE

    def post(self, words: Words) -> None:
        """Send it with the next question."""
        self._waiting.append(words)

    def begin(self, sql: str) -> None:
        """Send this before all else of a new transaction."""
        self._waiting = [Words(f"xieshi_{sql}".encode(), sql)]

    def ask(self, words: Words) -> Answer:
        """Send everything that waits and this; gives back what this one answers."""
        self._waiting.append(words)
        return self._read(self.flush())

    def fetch(self, expected: Expected) -> Answer:
        """The answer to words that were posted; raises Lost if their turn is undone."""
        if expected.answer is None:
            self.flush()
        if expected.answer is None:
            raise Lost("undone")
        return expected.answer

    def _read(self, result: Any) -> Answer:
        self._reader.set_pgresult(result)
        rows = self._reader.load_rows(0, result.ntuples, tuple) if result.nfields else []
        return Answer(rows, result.command_tuples or 0)

    def commit(self) -> None:
        """Send everything that waits with a COMMIT; nothing is kept if any of it fails, or after `undo`."""
        if not self.has_begun:
            return
        self._waiting.append(_COMMIT)
        if self.flush().command_status != b"COMMIT":
            # The server says so, and no more, where an earlier error was overlooked.
            raise OperationalError("rolled back instead of committed")

    def flush(self) -> Any:
        """Send everything that waits; gives back the last one's result."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return None
        is_plain = len(batch) == 1 and batch[0].name in self._known
        return self._asked(batch) if is_plain else self._piped(batch)

    def undo(self) -> None:
        """Keep nothing of the transaction: never send what waits, and have the server forget the rest."""
        self._waiting = []
        if self.has_begun and self.is_open:
            self._server.exec_(b"ROLLBACK")

    def _asked(self, batch: Sequence[Words]) -> Any:
        (words,) = batch
        result = self._server.exec_prepared(words.name, words.values)
        self._check(words, result, batch)
        return result

    def _piped(self, batch: Sequence[Words]) -> Any:
        try:
            self._server.enter_pipeline_mode()
            sent = self._send(batch)
            results = self._results(len(sent))
            self._server.exit_pipeline_mode()
        except BaseException as error:
            # Nobody could say any more which answer belongs to which words.
            self._server.finish()
            raise _ended(batch) if isinstance(error, OperationalError) else error from error
        for (words, is_new), result in zip(sent, results, strict=True):
            self._check(words, result, batch)
            if is_new:
                self._known.add(words.name)
        return results[-1]

    def _send(self, batch: Sequence[Words]) -> list[tuple[Words, bool]]:
        """Send without waiting; one pair for each result to come, and whether it makes a statement known."""
        sent: list[tuple[Words, bool]] = []
        fresh = set[bytes]()
        for words in batch:
            if words.name not in self._known and words.name not in fresh:
                self._server.send_prepare(words.name, words.sql.encode())
                fresh.add(words.name)
                sent.append((words, True))
            self._server.send_query_prepared(words.name, words.values)
            sent.append((words, False))
        self._server.pipeline_sync()
        return sent

    def _results(self, count: int) -> list[Any]:
        """Wait for so many results and the sync behind them."""
        server, poll, results = self._server, self._poll, list[Any]()
        poll.register(server.socket, _OUT if server.flush() else select.POLLIN)
        while len(results) <= count:
            while server.is_busy():
                poll.poll()
                server.consume_input()
                # A server that must first be read may be all that keeps our own words from leaving.
                poll.modify(server.socket, _OUT if server.flush() else select.POLLIN)
            result = server.get_result()
            if result is not None:
                results.append(result)
            elif not self.is_open:
                raise OperationalError("the connection is lost")
        return results[:-1]

    def _check(self, words: Words, result: Any, batch: Sequence[Words]) -> None:
        if result.status in _DONE:
            if words.expected is not None:
                words.expected.answer = self._read(result)
            return
        if not self.is_open:
            raise _ended(batch)
        error = errors.error_from_result(result)
        if words.clash is not None and isinstance(error, IntegrityError):
            raise words.clash from error
        raise error


def _ended(batch: Sequence[Words]) -> OperationalError:
    """What to say of a lost connection: whether a COMMIT that was on its way arrived, nobody knows."""
    return OperationalError("lost while committing") if batch[-1] is _COMMIT else Lost("lost")


def line_of(info: Any, connection: Any) -> Line:
    """The one line of a driver's connection, kept in its `info` as long as it lasts."""
    if "line" not in info:
        info["line"] = Line(connection)
    found: Line = info["line"]
    return found
