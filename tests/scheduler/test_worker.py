"""Real workers: killed, doubled, stopped. Nothing owed is lost, nothing goes twice without need."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import bootstrap, pings
from bot.clock import Clock
from sandbox import Faults, Sandbox
from storage import settings as kept
from storage.codec import ZONE
from tests import school
from tests.installation import ACCOUNTS, Installation, note, settings
from tests.scheduler.processes import wait_for, working

pytestmark = pytest.mark.slow

# A Saturday on which nothing is reminded of.
MORNING = datetime(2026, 11, 28, 10, tzinfo=ZONE)
NIGHT = datetime(2026, 1, 1, tzinfo=ZONE)
PEOPLE = list(ACCOUNTS)[:18]


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Everything on a clock that runs on from a morning, so that no night's quiet comes in between."""
    clock = Clock(tmp_path / "clock")
    (tmp_path / "clock").write_text(str((MORNING - clock.now()).total_seconds()))
    with Sandbox(clock=clock.now, faults=Faults(latency_ms=15)).start() as sandbox:
        made = school.new(database_url, clock.now())
        with made.database.transaction() as tx:
            kept.put(tx, "school", "示例理工大学")
        bot = bootstrap.bot(settings(tmp_path, database_url, sandbox), clock)
        yield Installation(bot, sandbox, made)
        bot.database.dispose()
        made.database.dispose()


def shift(here: Installation, seconds: int) -> None:
    kept = here.bot.settings.home / "clock"
    kept.write_text(str(float(kept.read_text()) + seconds))


def owe(here: Installation, per_person: int) -> None:
    here.owe(*(note(f"{n}-{who}", who, now=NIGHT) for n in range(per_person) for who in PEOPLE))


def said(here: Installation) -> Counter[tuple[str, str]]:
    return Counter((who, text) for who in PEOPLE for text in here.texts(ACCOUNTS[who]))


def log_of(here: Installation) -> str:
    return (here.bot.settings.home / "work.log").read_text()


def all_done(here: Installation) -> bool:
    return {state for state, _ in here.states().values()} == {"done"}


def test_two_workers_send_each_of_180_rows_once(here):
    owe(here, 10)
    with working(here, 2):
        assert wait_for(lambda: all_done(here)), log_of(here)
    assert len(said(here)) == 180 and set(said(here).values()) == {1}


@pytest.mark.requirement("R-322")
def test_killed_in_the_middle_nothing_is_lost_and_at_most_one_goes_again(here):
    owe(here, 10)
    kills = 3
    for n in range(kills):
        before = here.sends()
        with working(here) as (worker,):
            assert wait_for(lambda: here.sends() >= before + 20 + 7 * n), log_of(here)  # noqa: B023
            worker.send_signal(signal.SIGKILL)
            worker.wait(10)
    assert not all_done(here)
    shift(here, 3600)
    with working(here):
        assert wait_for(lambda: all_done(here)), log_of(here)
    found = said(here)
    assert len(found) == 180
    assert sum(found.values()) - 180 <= kills


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_a_worker_ends_within_five_seconds_and_leaves_nothing_in_flight(here, how):
    owe(here, 10)
    with working(here) as (worker,):
        assert wait_for(lambda: here.sends() >= 5), log_of(here)
        worker.send_signal(how)
        assert worker.wait(5) == 0
    states = {state for state, _ in here.states().values()}
    assert states == {"done", "waiting"}


def test_a_worker_ends_in_time_even_when_the_api_answers_nothing(here):
    owe(here, 1)
    here.sandbox.faults.change(api_hangs=True)
    with working(here) as (worker,):
        assert wait_for(lambda: "in_flight" in {state for state, _ in here.states().values()})
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0


def test_the_heartbeat_is_seen_and_follows_a_clock_that_jumps(here):
    def is_alive() -> bool:
        found = pings.all_of(here.bot.database, here.bot.clock.now())
        return {ping.name: ping.is_good for ping in found}["clock"]

    assert not is_alive()
    with working(here):
        assert wait_for(is_alive)
        shift(here, int(timedelta(days=3).total_seconds()))
        assert wait_for(is_alive, 10)
