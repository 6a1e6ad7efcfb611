"""Commits several turns with one wait for the disk: SQLite's writers one after the other in one transaction.

Each turn stands in a savepoint of its own, so it is kept or undone alone, and nobody gets a result before
the commit. While one thread waits for the disk, the others' turns gather for the next commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Lock
from typing import Any

from sqlalchemy import Connection

MOST = 32
"""Turns in one commit; a transaction must stay far below the 300 ms of house decision 4."""

Work = Callable[[Connection], Any]


class Waiting:
    """One turn in the queue, and what became of it."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Work) -> None:
        self.work, self.done = work, Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def outcome(self) -> Any:
        """The result, or the turn's exception raised anew."""
        if self.error is not None:
            raise self.error
        return self.result


class Together:
    """The queue before one database; `alone` is the writers' lock, `begin` opens and commits a transaction."""

    def __init__(
        self,
        alone: Callable[[], AbstractContextManager[None]],
        begin: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._alone, self._begin = alone, begin
        self._queue: deque[Waiting] = deque()
        self._guard = Lock()

    def do(self, work: Work) -> Any:
        """Run work in a savepoint and return once it is committed; raises what it or the commit raised."""
        mine = Waiting(work)
        with self._guard:
            self._queue.append(mine)
        try:
            while not mine.done.is_set():
                with self._alone():
                    if not mine.done.is_set():
                        self._commit(self._taken())
        except Exception:
            if self._withdrawn(mine):
                raise
            # Another thread already holds this turn: only what becomes of it there is the truth.
            mine.done.wait()
        return mine.outcome()

    def _taken(self) -> list[Waiting]:
        with self._guard:
            return [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]

    def _withdrawn(self, mine: Waiting) -> bool:
        with self._guard:
            try:
                self._queue.remove(mine)
            except ValueError:
                return False
            return True

    def _commit(self, batch: list[Waiting]) -> None:
        try:
            with self._begin() as connection:
                for one in batch:
                    _run(connection, one)
        except BaseException as error:
            # Nothing of the whole batch was kept, so nobody may believe that it was.
            for one in batch:
                one.error = one.error or error
        finally:
            for one in batch:
                one.done.set()


def _run(connection: Connection, one: Waiting) -> None:
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT turn")
    try:
        one.result = one.work(connection)
    except Exception as error:
        cursor.execute("ROLLBACK TO turn")
        one.error = error
    cursor.execute("RELEASE turn")
