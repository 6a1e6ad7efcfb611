"""Workers on several machines go by the database's clock, however wrong their own is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.delivery import NO_DUTIES, deliver
from bot.delivery.calls import Claimer
from bot.parts import Bot
from bot.scheduler.worker import agree
from tests.installation import Installation, note, running


@pytest.fixture
def here(postgresql_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(postgresql_url, tmp_path) as installation:
        yield installation


def on_another_machine(here: Installation, ahead: timedelta) -> tuple[Bot, datetime]:
    """The same installation where the clock goes ahead, and the server's moment."""
    server = here.bot.database.moment()
    assert server is not None
    return replace(here.bot, clock=Clock(machine=lambda: server + ahead)), server


@pytest.mark.parametrize("minutes", [-600, -3, 0, 3, 600])
def test_whoever_agreed_shows_the_time_of_the_server(here: Installation, minutes: int):
    bot, server = on_another_machine(here, timedelta(minutes=minutes))
    assert bot.clock.now() == server + timedelta(minutes=minutes)
    agree(bot)
    assert timedelta() <= bot.clock.now() - server < timedelta(minutes=1)


def test_a_call_under_way_is_left_alone_by_a_worker_whose_machine_is_minutes_ahead(here: Installation):
    ahead, server = on_another_machine(here, timedelta(minutes=5))
    here.owe(note("once", now=server - timedelta(minutes=1)))
    with here.bot.database.transaction() as tx:
        batch = Claimer(tx, here.bot.profile, ("wecom", ""), NO_DUTIES, server).batch()
    assert len(batch.calls) == 1
    agree(ahead)
    assert deliver(ahead, ahead.clock.now()) == [] and here.sends() == 0


def test_a_file_has_no_clock_of_its_own(sqlite_url: str, tmp_path: Path):
    with running(sqlite_url, tmp_path) as installation:
        assert not agree(installation.bot)
