"""One school for all tests of understanding: nothing is ever written to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import schema
from storage.db import Database
from tests import cast
from tests.understanding.hearing import Ear


@pytest.fixture(scope="session")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Ear:
    """Somebody who listens, in a school with exactly the cast."""
    folder: Path = tmp_path_factory.mktemp("understanding")
    database = Database(f"sqlite:///{folder / 'xieshi.db'}")
    with database.transaction() as tx:
        schema.create(tx.connection)
    cast.enrol(database)
    return Ear(database)
