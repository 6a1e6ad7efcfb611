"""Two workers at once and a third whose clock is wrong: every push goes out once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.tables import owed
from tests.installation import ACCOUNTS, Installation, note
from tests.scheduler.processes import environment, wait_for, working

pytestmark = pytest.mark.slow

MEMBERS = ("2010018", "2011045", "2014023", "2013008", "2016011", "2007033", "2010052", "2017019")
PEOPLE = list(ACCOUNTS)[:18]


@contextmanager
def mistaken(here: Installation, folder: Path, by: timedelta) -> Iterator[None]:
    """A worker on another machine, whose clock goes ahead by so much."""
    folder.mkdir()
    shutil.copy(here.bot.settings.home / "clock", folder)
    later(folder, by)
    env = environment(here) | {"XIESHI_HOME": str(folder), "XIESHI_MEDIA_URL": str(here.bot.settings.media)}
    with (folder / "work.log").open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "bot", "work"], env=env, stdout=log, stderr=log, cwd=folder
        )
        try:
            yield
        finally:
            worker.kill()
            worker.wait(10)


def later(folder: Path, by: timedelta) -> None:
    """Move the clock of one machine on."""
    fresh = folder / "clock.new"
    fresh.write_text(str(float((folder / "clock").read_text()) + by.total_seconds()))
    fresh.replace(folder / "clock")


def has_planned(folder: Path) -> bool:
    """Whether the worker with the wrong clock has planned as well: the tick after that finds no API."""
    if not (folder / "work.log").exists():
        return False
    return "names not read" in (folder / "work.log").read_text()


def states(here: Installation) -> Counter[str]:
    return Counter(state for state, _ in here.states().values())


def planned(here: Installation) -> list[str]:
    """Whom the rows with a duty are for."""
    with here.bot.database.reading() as tx:
        return [row.person for row in tx.connection.execute(owed.select().where(owed.c.duty != ""))]


def said(here: Installation) -> Counter[tuple[str, str]]:
    return Counter((who, text) for who in PEOPLE for text in here.texts(ACCOUNTS[who]))


def test_what_is_owed_goes_out_once_from_three_workers_of_which_one_is_half_a_minute_ahead(
    anywhere: Installation, tmp_path: Path
) -> None:
    anywhere.sandbox.faults.change(latency_ms=15)
    now = anywhere.bot.clock.now() - timedelta(minutes=5)
    anywhere.owe(*(note(f"{n}-{who}", who, now=now) for n in range(8) for who in PEOPLE))
    # A lease lasts a minute and a half; a clock that is wrong by more takes calls under way for broken off.
    with working(anywhere, 2), mistaken(anywhere, tmp_path / "other", timedelta(seconds=30)):
        assert wait_for(lambda: set(states(anywhere)) == {"done"}, 60), states(anywhere)
    assert len(said(anywhere)) == 8 * len(PEOPLE) and set(said(anywhere).values()) == {1}


@pytest.mark.requirement("R-320")
def test_reminders_are_owed_once_though_one_of_three_clocks_is_an_hour_ahead(
    anywhere: Installation, tmp_path: Path
) -> None:
    for person in MEMBERS:
        anywhere.school.publish(person, "给大三学生讲论文", date(2026, 12, 20))
    other = tmp_path / "other"
    anywhere.sandbox.faults.change(api_down=True)
    with working(anywhere, 2), mistaken(anywhere, other, timedelta(hours=1)):
        assert wait_for(lambda: set(MEMBERS) <= set(planned(anywhere)) and has_planned(other))
    anywhere.sandbox.faults.change(api_down=False)
    later(anywhere.bot.settings.home, timedelta(hours=2))
    with working(anywhere, 2):
        assert wait_for(lambda: set(states(anywhere)) == {"done"}, 60), anywhere.states()
    assert Counter(planned(anywhere)).most_common(1)[0][1] == 1
    reminders = [text for who in MEMBERS for text in anywhere.texts(ACCOUNTS[who]) if "11月写实" in text]
    assert len(reminders) == len(MEMBERS)
