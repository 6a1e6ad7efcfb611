"""Fixtures for every test: a database on each engine and a browser. Areas add theirs in tests/<area>/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import programs
from tests.postgres import Cluster, running_cluster

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

pytest_plugins = ["pytester", "tests.left_out"]


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """A private server of this test process."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A new, empty SQLite database."""
    return f"sqlite:///{tmp_path / 'xieshi.db'}"


@pytest.fixture
def postgresql_url(postgresql_cluster: Cluster) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    name = postgresql_cluster.create()
    yield postgresql_cluster.url(name)
    postgresql_cluster.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A new, empty database; the test runs once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running headless Chromium; a test opens its own `browser.new_page(viewport=…)`."""
    from playwright.sync_api import sync_playwright

    path = programs.chromium()
    assert path, "Chromium is not installed, and with CI=true its tests may not be left out."
    with sync_playwright() as playwright:
        # Chromium's own sandbox cannot start as root, which is who runs the tests in a container.
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
