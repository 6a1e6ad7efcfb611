"""A full disk: one clear sentence, and nothing half-written."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from bot.commands import FULL, NOT_WRITTEN
from tests.commands.conftest import AT
from tests.installation import Installation, note
from tests.scheduler.processes import environment

pytestmark = pytest.mark.slow

LIMIT = 40_000
"""Bytes to which a file may grow: more than SQLite's shared memory, less than its log below."""


def test_a_turn_that_cannot_be_written_says_so_and_leaves_nothing(here, run):
    before = here.school.entries()
    with here.bot.database.reading() as reader:
        # A reader keeps the log from starting again, so the next write comes after what is in it already.
        reader.connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar()
        here.owe(*(note(n, text="长" * 300) for n in range(100)))
        done = ask_on_a_full_disk(here)
    assert (done.returncode, done.stderr.strip(), done.stdout) == (1, NOT_WRITTEN, "")
    assert here.school.entries() == before
    assert run("ledger", "verify").exit_code == 0
    assert run("ask", "--as", "2010018", *AT, "我要作承诺").exit_code == 0


def test_an_export_into_a_file_that_cannot_grow_says_that_it_is_not_whole(here):
    with open("/dev/full", "w", encoding="utf-8") as target:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ledger", "export"],
            env=environment(here),
            cwd=here.bot.settings.home,
            stdout=target,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr.strip()) == (1, FULL)


def ask_on_a_full_disk(here: Installation) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--as", "2010018", *AT, "我要作承诺"],
        env=environment(here),
        cwd=here.bot.settings.home,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
    )
