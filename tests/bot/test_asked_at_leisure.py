"""A question about many units is counted by a worker; its answer leaves the same list behind as one given at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.handlers import missing, overdue
from bot.handlers._unit import COUNTING
from bot.messages import Message
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
    return next(str(body["text"]) for body in reversed(bodies(here)) if "text" in body)


def bodies(here: Installation) -> list[dict[str, object]]:
    """What is owed of answers that were counted, in their order."""
    with here.bot.database.reading() as tx:
        rows = tx.connection.execute(owed.select().order_by(owed.c.created, owed.c.key))
        return [json.loads(row.body) for row in rows if row.key.startswith("file|ask|")]


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


def test_a_question_that_was_begun_meanwhile_keeps_its_digits_and_the_list_counts_behind_it(
    here: Installation,
) -> None:
    said(here, "谁没交")
    said(here, "作承诺")
    counted(here)
    assert state(here)["draft"]["handler"] == "commit"
    said(here, "取消")
    assert "张伟" in said(here, "1")


def test_what_is_said_while_it_is_counted_does_not_mean_the_list_of_an_older_question(
    here: Installation,
) -> None:
    assert "韩雪" in said(here, "教工第二党支部谁还没作承诺")
    said(here, "谁没交")
    said(here, "都催")
    assert {(one.person, one.duty) for one in here.school.outcomes[-1].pushes} == {(ZHANG, "K-05")}


def test_a_list_that_was_shown_since_stays_the_one_that_numbers_mean(here: Installation) -> None:
    said(here, "谁没交")
    assert "张伟" in said(here, "教工第一党支部谁没交")
    before = state(here)
    assert counted(here).endswith(leisure.OLDER)
    assert state(here) == before


def test_counting_is_nothing_that_its_asker_said(here: Installation) -> None:
    said(here, "谁没交")
    with here.bot.database.transaction() as tx:
        before = speakers.standing(tx, WANG)
    counted(here)
    with here.bot.database.transaction() as tx:
        after = speakers.standing(tx, WANG)
    assert before and after and before.touched == after.touched and before.state != after.state


def test_what_breaks_every_worker_is_told_to_its_asker(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    said(here, "谁没交")
    monkeypatch.setattr(leisure, "_thought", breaks)
    for _ in range(leisure.MOST_TRIES):
        here.move(seconds=180)
        with pytest.raises(ZeroDivisionError):
            leisure.count(here.bot, here.now)
    here.move(seconds=180)
    assert [one.reason for one in leisure.count(here.bot, here.now)] == ["没有统计出来"]
    assert leisure.FAILED in {str(body.get("text")) for body in bodies(here)}
    assert leisure.count(here.bot, here.now) == []


def test_who_asks_at_the_machine_itself_waits_for_the_answer(here: Installation) -> None:
    message = Message("terminal", "", "m1", "text", here.now, here.now, "谁没交")
    outcome = here.bot.dispatcher.handle(message, person=WANG, read_only=True)
    assert "应交" in outcome.reply


def state(here: Installation) -> Mapping[str, Any]:
    with here.bot.database.transaction() as tx:
        found = speakers.find_person(tx, WANG)
    assert found is not None
    return found.state


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
