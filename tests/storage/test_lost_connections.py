"""A database server that was started anew, or closed our connections, is noticed by nobody who writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy import text

from storage import settings
from storage.db import Database, Transaction
from storage.server import MOST_IDLE
from tests.postgres import Cluster


def own_number(tx: Transaction) -> int:
    number: int = tx.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return number


@pytest.fixture
def database(postgresql_url: str) -> Database:
    made = Database(postgresql_url)
    with made.transaction() as tx:
        from storage import schema

        schema.create(tx.connection)
    return made


def close_all(cluster: Cluster) -> None:
    """What a restart of the server does to everybody's connections."""
    with psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres", autocommit=True) as admin:
        others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        admin.execute(f"SELECT pg_terminate_backend(pid) {others}")
        # Each ends by itself a moment later.
        while admin.execute(f"SELECT 1 {others}").fetchone():
            pass


def test_after_all_connections_were_closed_the_next_turn_writes_as_if_nothing_had_been(
    database: Database, postgresql_cluster: Cluster
):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: database.attempt(lambda tx: settings.put(tx, f"a{n}", "1")), range(8)))
        close_all(postgresql_cluster)
        list(threads.map(lambda n: database.attempt(lambda tx: settings.put(tx, f"b{n}", "1")), range(8)))
    with database.reading() as tx:
        assert all(settings.get(tx, f"b{n}") for n in range(8))


def test_a_reading_transaction_may_not_write_and_sees_one_moment(database: Database):
    with pytest.raises(Exception, match="read-only"), database.reading() as tx:
        assert settings.get(tx, "late") is None
        database.attempt(lambda other: settings.put(other, "late", "1"))
        assert settings.get(tx, "late") is None
        settings.put(tx, "late", "2")


def test_a_transaction_that_fails_keeps_nothing(database: Database):
    with pytest.raises(ValueError, match="on purpose"), database.transaction() as tx:
        settings.put(tx, "half", "1")
        raise ValueError("on purpose")
    with database.reading() as tx:
        assert settings.get(tx, "half") is None


def test_a_statement_is_known_to_a_connection_by_its_name_and_to_a_new_one_again(
    database: Database, postgresql_cluster: Cluster
):
    with database.transaction() as tx:
        settings.put(tx, "x", "1")
        before = own_number(tx)
    close_all(postgresql_cluster)
    with database.transaction() as tx:
        assert settings.get(tx, "x") == "1"
        assert own_number(tx) != before


def test_text_that_postgresql_cannot_hold_is_refused_instead_of_cut(database: Database):
    with pytest.raises(Exception, match="NUL"), database.transaction() as tx:
        settings.put(tx, "cut", "before\0after")


def test_after_a_crowd_the_pool_has_connections_left_for_whoever_asks_elsewhere(database: Database):
    with ExitStack() as crowd:
        for _ in range(30):
            own_number(crowd.enter_context(database.transaction()))
    with ExitStack() as others:
        for _ in range(40 - MOST_IDLE):
            others.enter_context(database.engine.connect())
