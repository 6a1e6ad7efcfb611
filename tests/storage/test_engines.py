"""Both engines answer, and a test never sees another test's database."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_an_empty_database_of_its_own(database_url: str, turn: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seen (word TEXT)"))
        connection.execute(text("INSERT INTO seen VALUES (:word)"), {"word": "写实"})
        assert connection.execute(text("SELECT word FROM seen")).scalar_one() == "写实"
    engine.dispose()
