"""The command line on an installation beside a sandbox, everything on SQLite and a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import bootstrap
from bot.commands import _ground, xieshi
from storage import settings
from tests.installation import NOON, Installation, running
from tests.scheduler.processes import environment

Run = Callable[..., Result]


@pytest.fixture
def here(sqlite_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(sqlite_url, tmp_path) as installation:
        with installation.bot.database.transaction() as tx:
            settings.put(tx, "school", "示例理工大学")
        yield installation


@pytest.fixture
def run(here: Installation, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command with the settings an operator would have."""
    monkeypatch.chdir(here.bot.settings.home)
    # The machine's own clock would make the outcome depend on the day of the run.
    monkeypatch.setattr(_ground, "bot", lambda settings: bootstrap.bot(settings, here.clock))

    def call(*words: str, **changed: str) -> Result:
        env: dict[str, Any] = {name: value for name, value in environment(here).items() if "XIESHI" in name}
        return CliRunner().invoke(xieshi, words, env=env | changed)

    return call


@pytest.fixture
def lines(run: Run) -> Callable[..., list[dict[str, Any]]]:
    """The JSON lines of a command that succeeds."""

    def call(*words: str) -> list[dict[str, Any]]:
        done = run(*words, "--json")
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    return call


AT = ("--at", NOON.isoformat())
