"""An installation whose processes are real, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.places import installed
from tests.installation import Installation


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder which the processes call theirs."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def anywhere(database_url: str, home: Path) -> Iterator[Installation]:
    with installed(database_url, home, retry_gap_s=1.5) as here:
        yield here
