"""A question about many units is counted by a worker; its answer leaves the same list behind as one given at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.handlers import missing, overdue
from bot.handlers._unit import COUNTING
from bot.scheduler import leisure, ticks
from storage import claims, speakers
from storage.codec import ZONE
from storage.tables import owed
from tests.installation import Installation, running

WANG, ZHANG = "2003011", "2010018"


@pytest.fixture
def here(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setattr(missing, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(overdue, "MOST_AT_ONCE", 1)
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 7, 8, 10, tzinfo=ZONE)
        made.school.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
        yield made


def said(here: Installation, words: str) -> str:
    here.school.now = here.now
    reply = here.school.say(WANG, words).reply
    here.clock.moment = here.school.now
    return reply


def counted(here: Installation) -> str:
    """What the worker then sends."""
    here.move(seconds=5)
    assert [one.action for one in leisure.count(here.bot, here.now)] == ["planned"]
    with here.bot.database.reading() as tx:
        rows = list(tx.connection.execute(owed.select()))
    return str(json.loads(next(row.body for row in rows if row.key.startswith("file|ask|")))["text"])


@pytest.mark.requirement("R-305")
@pytest.mark.requirement("R-306")
def test_who_asks_about_many_units_is_told_to_wait_gets_the_numbers_and_goes_on_with_them(
    here: Installation,
) -> None:
    assert said(here, "谁没交") == COUNTING
    text = counted(here)
    assert "应交" in text and "张伟" in text
    assert "张伟" in said(here, "1")
    assert leisure.count(here.bot, here.now) == []


@pytest.mark.requirement("R-304")
def test_what_is_late_in_many_units_comes_from_the_worker_too(here: Installation) -> None:
    assert said(here, "逾期") == COUNTING
    assert counted(here).startswith("过期没办的")


def test_a_single_unit_is_answered_at_once(here: Installation) -> None:
    assert "应交" in said(here, "教工第一党支部谁没交")


def test_a_question_that_was_begun_meanwhile_keeps_its_digits(here: Installation) -> None:
    said(here, "谁没交")
    said(here, "作承诺")
    counted(here)
    with here.bot.database.transaction() as tx:
        found = speakers.find_person(tx, WANG)
    assert found is not None
    assert found.state["draft"]["handler"] == "commit" and "choices" not in found.state


def test_one_worker_that_dies_over_it_leaves_it_to_another(here: Installation) -> None:
    said(here, "谁没交")
    here.move(seconds=5)
    with here.bot.database.transaction() as tx:
        assert len(claims.take_one(tx, leisure.KINDS, ("",), here.now, leisure.LEASE)) == 1
    assert leisure.count(here.bot, here.now) == []
    here.move(seconds=int((leisure.LEASE + timedelta(seconds=1)).total_seconds()))
    assert "应交" in counted(here)


def test_the_tick_that_sends_counts_first(here: Installation) -> None:
    said(here, "谁没交")
    here.move(seconds=5)
    done = ticks.TICKS["deliver"](here.bot, here.now)
    assert "统计好了" in {one.reason for one in done}
