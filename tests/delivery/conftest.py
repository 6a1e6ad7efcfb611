"""An installation on each engine, with WeCom on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, running


@pytest.fixture
def here(sqlite_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(sqlite_url, tmp_path) as installation:
        yield installation


@pytest.fixture
def anywhere(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as installation:
        yield installation
