"""Both engines answer, and a test never sees another test's database."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text

from storage.db import Database


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_an_empty_database_of_its_own(database_url: str, turn: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seen (word TEXT)"))
        connection.execute(text("INSERT INTO seen VALUES (:word)"), {"word": "写实"})
        assert connection.execute(text("SELECT word FROM seen")).scalar_one() == "写实"
    engine.dispose()


def test_long_writers_rest_only_where_others_poll_for_the_file(database_url, monkeypatch) -> None:
    database, rests = Database(database_url), list[float]()
    monkeypatch.setattr("storage.db.time.sleep", rests.append)
    database.give_way()
    assert not rests
    database.rest = 0.02
    database.give_way()
    assert rests == ([0.02] if database_url.startswith("sqlite") else [])
    database.dispose()
