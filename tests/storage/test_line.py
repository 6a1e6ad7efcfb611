"""What needs no answer goes to PostgreSQL together, in order, and all of it or nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc, insert, text

from storage import schema, settings
from storage.db import Database, Transaction, Unavailable
from storage.line import Line
from storage.prepared import Prepared, line
from storage.tables import setting
from tests.postgres import Cluster
from tests.storage.test_lost_connections import close_all

pytestmark = pytest.mark.postgresql


@pytest.fixture
def database(postgresql_url: str) -> Database:
    made = Database(postgresql_url)
    with made.transaction() as tx:
        schema.create(tx.connection)
    return made


@pytest.fixture
def put() -> Prepared:
    """A statement that no connection knows yet."""
    return Prepared(insert(setting))


@contextmanager
def journeys(tx: Transaction, trace: Path) -> Iterator[list[str]]:
    """Each time that we hand the word to the server, as libpq itself writes it down."""
    server = tx.connection.connection.dbapi_connection.pgconn  # type: ignore[union-attr]
    seen: list[str] = []
    with trace.open("wb") as file:
        server.trace(file.fileno())
        yield seen
        server.untrace()
    seen += [row for row in trace.read_text().splitlines() if row.split("\t")[1:2] == ["F"] and "Sync" in row]


def kept(database: Database) -> dict[str, str]:
    with database.reading() as tx:
        return {row.key: row.value for row in tx.connection.execute(setting.select())}


def test_what_needs_no_answer_is_one_way_to_the_server_together_with_the_commit(
    database: Database, put: Prepared, tmp_path: Path
):
    with database.transaction() as tx, journeys(tx, tmp_path / "trace") as seen:
        for n in range(5):
            put.post(tx.connection, key=f"a{n}", value="1")
        line(tx.connection).commit()
    assert len(seen) == 1
    assert sorted(kept(database)) == [f"a{n}" for n in range(5)]


def test_a_question_sees_everything_that_was_posted_before_it(database: Database, put: Prepared):
    with database.transaction() as tx:
        put.post(tx.connection, key="prepared", value="1")
        assert settings.get(tx, "prepared") == "1"
        put.post(tx.connection, key="alchemy", value="2")
        assert tx.connection.execute(text("SELECT count(*) FROM setting")).scalar_one() == 2


def test_one_that_fails_takes_the_commit_and_all_others_with_it(database: Database, put: Prepared):
    with pytest.raises(exc.IntegrityError), database.transaction() as tx:
        for key in ("first", "twice", "twice", "last"):
            put.post(tx.connection, key=key, value="1")
    assert not kept(database)


def test_a_commit_after_an_error_that_somebody_overlooked_is_no_commit(database: Database, put: Prepared):
    with pytest.raises(Unavailable), database.transaction() as tx:
        put.post(tx.connection, key="a", value="1")
        with pytest.raises(exc.ProgrammingError):
            tx.connection.execute(text("SELECT nothing FROM nowhere"))
    assert not kept(database)


def test_a_row_that_is_there_already_raises_what_its_writer_named(database: Database, put: Prepared):
    with pytest.raises(LookupError, match="second"), database.transaction() as tx:
        put.post(tx.connection, LookupError("first"), key="a", value="1")
        put.post(tx.connection, LookupError("second"), key="a", value="2")
    assert not kept(database)


def test_a_statement_that_never_came_to_be_prepared_is_prepared_the_next_time(
    database: Database, put: Prepared
):
    other = Prepared(insert(setting))
    with pytest.raises(exc.IntegrityError), database.transaction() as tx:
        put.post(tx.connection, key="a", value="1")
        put.post(tx.connection, key="a", value="1")
        other.post(tx.connection, key="b", value="1")
    with database.transaction() as tx:
        other.post(tx.connection, key="c", value="1")
    assert sorted(kept(database)) == ["c"]


def test_what_an_undone_turn_posted_is_not_sent_with_the_next_turn(database: Database, put: Prepared):
    with database.transaction() as tx:
        put.post(tx.connection, key="undone", value="1")
        tx.undo()
    with database.transaction() as tx:
        put.post(tx.connection, key="done", value="1")
    assert sorted(kept(database)) == ["done"]


def test_more_than_any_buffer_holds_goes_through_in_both_directions(database: Database, put: Prepared):
    with database.transaction() as tx:
        for n in range(20_000):
            put.post(tx.connection, key=f"{n:05d}", value="写" * (1 if n % 100 else 20_000))
    found = kept(database)
    assert len(found) == 20_000
    assert found["00100"] == "写" * 20_000


def test_a_connection_lost_before_the_commit_keeps_nothing_and_the_next_turn_writes(
    database: Database, put: Prepared, postgresql_cluster: Cluster
):
    with pytest.raises(Unavailable), database.transaction() as tx:
        settings.get(tx, "x")
        put.post(tx.connection, key="lost", value="1")
        close_all(postgresql_cluster)
    with database.transaction() as tx:
        put.post(tx.connection, key="kept", value="1")
    assert sorted(kept(database)) == ["kept"]


ASK_AGAIN: dict[str, Callable[[Transaction], Any]] = {
    "prepared": lambda tx: settings.get(tx, "played"),
    "alchemy": lambda tx: tx.connection.execute(setting.select()).first(),
}


@pytest.mark.parametrize("ask", ASK_AGAIN.values(), ids=ASK_AGAIN.keys())
def test_a_turn_interrupted_before_its_commit_is_played_again_over_a_new_connection(
    database: Database, put: Prepared, postgresql_cluster: Cluster, ask: Callable[[Transaction], Any]
):
    played: list[int] = []

    def turn(tx: Transaction) -> None:
        played.append(1)
        settings.get(tx, "x")
        if len(played) == 1:
            close_all(postgresql_cluster)
        assert ask(tx) is None
        put.post(tx.connection, key="played", value=str(len(played)))

    database.attempt(turn)
    assert kept(database) == {"played": "2"}


def test_a_connection_keeps_one_line_as_long_as_it_lasts(database: Database):
    def own(tx: Transaction) -> Line:
        return line(tx.connection)

    with database.transaction() as tx:
        first = own(tx)
    with database.transaction() as tx:
        assert own(tx) is first
