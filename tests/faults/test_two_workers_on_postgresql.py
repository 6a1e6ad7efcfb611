"""Two worker processes on one PostgreSQL share what is owed; the death of one loses nothing and repeats one push at most."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.faults.places import installed
from tests.faults.test_workers_with_two_clocks import PEOPLE, later, said, states
from tests.installation import Installation, note
from tests.scheduler.processes import ROOT, environment, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]

PER_PERSON, EACH = 12, 12
WITNESS = (
    "CREATE TABLE witness (key text, who text)",
    """CREATE FUNCTION note_who() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO witness VALUES (NEW.key, current_setting('application_name')); RETURN NEW; END $$""",
    """CREATE TRIGGER who AFTER UPDATE ON owed FOR EACH ROW
    WHEN (NEW.state = 'done' AND OLD.state <> 'done') EXECUTE FUNCTION note_who()""",
)
"""The server itself writes down which worker finished a row."""


@pytest.fixture
def here(postgresql_url: str, home: Path) -> Iterator[Installation]:
    with installed(postgresql_url, home, latency_ms=40) as made:
        with made.bot.database.transaction() as tx:
            for statement in WITNESS:
                tx.connection.execute(text(statement))
        yield made


@contextmanager
def worker(here: Installation, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker whom the server knows by this name."""
    url = f"{here.bot.settings.database_url}&application_name={name}"
    with (here.bot.settings.home / f"{name}.log").open("ab") as log:
        env = environment(here) | {"XIESHI_DATABASE_URL": url}
        command = [sys.executable, "-m", "bot", "work"]
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=ROOT)
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def finished(here: Installation) -> Counter[str]:
    """How many rows each worker brought to an end."""
    with here.bot.database.reading() as tx:
        rows = tx.connection.execute(text("SELECT who, count(*) FROM witness GROUP BY who"))
        return Counter({row[0]: int(row[1]) for row in rows})


@pytest.mark.requirement("R-322")
def test_both_take_part_and_what_a_killed_one_had_in_hand_goes_out_by_the_other(here: Installation) -> None:
    now = here.bot.clock.now() - timedelta(minutes=5)
    here.owe(*(note(f"{n}-{who}", who, now=now) for n in range(PER_PERSON) for who in PEOPLE))
    with ExitStack() as stack:
        first, _ = (stack.enter_context(worker(here, name)) for name in ("first", "second"))
        shared = lambda: min(finished(here)[name] for name in ("first", "second")) >= EACH  # noqa: E731
        assert wait_for(shared, 90), finished(here)
        first.kill()
        first.wait(10)
        before = finished(here)["first"]
        # Its lease is over an hour later at the latest.
        later(here.bot.settings.home, timedelta(hours=1))
        assert wait_for(lambda: set(states(here)) == {"done"}, 90), states(here)
    assert finished(here)["first"] == before and finished(here)["second"] > before
    assert finished(here).total() == PER_PERSON * len(PEOPLE)
    heard = said(here)
    assert len(heard) == PER_PERSON * len(PEOPLE)
    assert heard.total() - len(heard) <= 1
