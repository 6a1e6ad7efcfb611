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
    """One turn in the queue, and what became of it; `signal` wakes its thread, done or to lead the next commit."""

    __slots__ = ("error", "is_done", "result", "signal", "work")

    def __init__(self, work: Work) -> None:
        self.work, self.signal, self.is_done = work, Event(), False
        self.result: Any = None
        self.error: BaseException | None = None

    def outcome(self) -> Any:
        """The result, or the turn's exception raised anew."""
        if self.error is not None:
            raise self.error
        return self.result


class Busy(Exception):
    """A turn's time was over before any thread had taken it up; it never will be."""


class Together:
    """The queue before one database; `alone` is the writers' lock, `begin` opens and commits a transaction.

    The first thread that finds nobody leading commits everything that waits, then wakes the next; so each
    thread is woken once, and `wait` is how many seconds it stands in the queue.
    """

    def __init__(
        self,
        alone: Callable[[], AbstractContextManager[None]],
        begin: Callable[[], AbstractContextManager[Connection]],
        wait: float,
    ) -> None:
        self._alone, self._begin, self._wait = alone, begin, wait
        self._queue: deque[Waiting] = deque()
        self._guard = Lock()
        self._is_led = False

    def do(self, work: Work) -> Any:
        """Run work in a savepoint and return once it is committed; raises Busy, or what work or commit raised."""
        mine = Waiting(work)
        if not self._leads(mine):
            self._stand_in_line(mine)
        if not mine.is_done:
            self._lead(mine)
        return mine.outcome()

    def _leads(self, mine: Waiting) -> bool:
        with self._guard:
            self._queue.append(mine)
            leads, self._is_led = not self._is_led, True
        return leads

    def _stand_in_line(self, mine: Waiting) -> None:
        if mine.signal.wait(self._wait):
            return
        with self._guard:
            is_untouched = mine in self._queue and not mine.signal.is_set()
            if is_untouched:
                self._queue.remove(mine)
        if is_untouched:
            raise Busy
        # Another thread already holds this turn: only what becomes of it there is the truth.
        mine.signal.wait()

    def _lead(self, mine: Waiting) -> None:
        try:
            with self._alone():
                self._commit(self._taken())
        except BaseException:
            with self._guard:
                if mine in self._queue:
                    self._queue.remove(mine)
            raise
        finally:
            self._hand_over()

    def _hand_over(self) -> None:
        with self._guard:
            self._is_led = bool(self._queue)
            if self._queue:
                self._queue[0].signal.set()

    def _taken(self) -> list[Waiting]:
        with self._guard:
            return [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]

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
                one.is_done = True
                one.signal.set()


def _run(connection: Connection, one: Waiting) -> None:
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT turn")
    try:
        one.result = one.work(connection)
    except Exception as error:
        cursor.execute("ROLLBACK TO turn")
        one.error = error
    cursor.execute("RELEASE turn")
