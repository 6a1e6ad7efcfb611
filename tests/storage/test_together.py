"""Turns that share a commit are each kept or undone alone, and none is believed before the commit."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from storage import schema, settings
from storage.db import Database, Transaction, Unavailable


@pytest.fixture
def database(sqlite_url: str) -> Database:
    made = Database(sqlite_url, wait=2)
    with made.transaction() as tx:
        schema.create(tx.connection)
    return made


def kept(database: Database) -> set[str]:
    with database.reading() as tx:
        return set(tx.connection.execute(text("SELECT key FROM setting")).scalars())


def test_many_turns_at_once_are_all_kept_and_a_failing_one_only_undoes_itself(database: Database) -> None:
    failures: list[int] = []

    def turn(n: int) -> None:
        def work(tx: Transaction) -> int:
            settings.put(tx, f"turn {n}", "")
            if n % 5 == 0:
                raise KeyError(n)
            return n

        try:
            assert database.attempt(work) == n
        except KeyError as error:
            failures.append(error.args[0])

    threads = [threading.Thread(target=turn, args=(n,)) for n in range(60)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert sorted(failures) == list(range(0, 60, 5))
    assert kept(database) == {f"turn {n}" for n in range(60) if n % 5}


def test_a_turn_that_cannot_get_in_says_so_and_is_never_done_later(database: Database) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        inside.set()
        leave.wait(10)

    holder = threading.Thread(target=lambda: database.attempt(slow))
    holder.start()
    assert inside.wait(5)
    with pytest.raises(Unavailable):
        database.attempt(lambda tx: settings.put(tx, "late", ""))
    leave.set()
    holder.join(10)
    database.attempt(lambda tx: settings.put(tx, "next", ""))
    assert kept(database) == {"next"}


def test_a_turn_that_a_leader_already_holds_waits_for_the_truth_however_long_it_takes(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url, wait=0.3)
    with database.transaction() as tx:
        schema.create(tx.connection)
    first_in, both_queued, held = threading.Event(), threading.Event(), threading.Event()
    results: dict[str, object] = {}

    def turn(name: str, work: Callable[[Transaction], object]) -> threading.Thread:
        def run() -> None:
            try:
                results[name] = database.attempt(work)
            except Unavailable:
                results[name] = "busy"

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def first(tx: Transaction) -> str:
        first_in.set()
        assert both_queued.wait(5)
        return "kept"

    def slow(tx: Transaction) -> str:
        settings.put(tx, "slow", "")
        held.wait(1)
        return "kept"

    threads = [turn("first", first)]
    assert first_in.wait(5)
    threads += [turn(f"slow {n}", slow) for n in range(2)]
    together = database._together  # noqa: SLF001
    assert together is not None
    assert any(len(together._queue) == 2 or held.wait(0.01) for _ in range(500))  # noqa: SLF001
    both_queued.set()
    for one in threads:
        one.join(20)
    said = [results[f"slow {n}"] for n in range(2)]
    assert ("slow" in kept(database)) == ("kept" in said)
    assert results["first"] == "kept"


def test_more_turns_than_one_commit_takes_are_all_done(database: Database) -> None:
    def turn(n: int) -> None:
        assert database.attempt(lambda tx: settings.put(tx, f"many {n}", "") or n) == n

    database = Database(database.url, wait=20)
    threads = [threading.Thread(target=turn, args=(n,)) for n in range(90)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert len(kept(database)) == 90


def test_when_the_commit_fails_nobody_is_told_that_it_worked(database: Database) -> None:
    def work(tx: Transaction) -> None:
        settings.put(tx, "gone", "")
        tx.connection.connection.cursor().execute("ROLLBACK")

    with pytest.raises(Unavailable):
        database.attempt(work)
    assert kept(database) == set()
