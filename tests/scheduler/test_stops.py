"""A clock that had stopped: told once, after it is back, with what was made up for; and a line meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.handlers._stillness import LINE
from bot.scheduler import stops, ticks
from domain import clockwork
from storage import settings
from storage.codec import ZONE
from tests.installation import Installation, running

LI, ZHANG = "2005007", "2010018"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 6, 25, 9, tzinfo=ZONE)
        made.school.publish(ZHANG, "给大三学生讲论文写作3次", date(2026, 12, 31))
        start(made)
        yield made


def start(here: Installation, was_silent: bool = True) -> None:
    """What a worker does first: beat, then plan."""
    with here.bot.database.transaction() as tx:
        stops.beat(tx, here.bot, here.now, was_silent)
    ticks.plan(here.bot, here.now)


def told(here: Installation) -> list[str]:
    here.move(minutes=30)
    ticks.send(here.bot, here.now)
    return [text for text in here.texts("mengfan") if "后台停过" in text]


@pytest.mark.row(44)
@pytest.mark.requirement("R-322")
def test_the_administrator_hears_once_from_when_to_when_and_what_is_made_up_for(here: Installation) -> None:
    here.move(hours=4, minutes=20)
    start(here)
    start(here)
    waiting = sum(key.startswith("push|") and state == "waiting" for key, (state, _) in here.states().items())
    assert waiting and told(here) == [
        f"后台停过：6月25日09:00到13:20。现在恢复了，积下的{waiting}条提醒现在陆续发出，一人一条，错过几步的只发最近一步。"
        "看情况请回复“调度状态”。"
    ]
    assert told(here) == told(here) and len(told(here)) == 1


def test_killed_between_beat_and_planning_it_is_told_by_the_next(here: Installation) -> None:
    here.move(hours=2)
    with here.bot.database.transaction() as tx:
        stops.beat(tx, here.bot, here.now, was_silent=True)
    here.move(minutes=1)
    start(here)
    assert len(told(here)) == 1


def test_a_second_worker_that_saw_the_same_stop_does_not_tell_it_again(here: Installation) -> None:
    before = here.now
    here.move(hours=2)
    start(here)
    with here.bot.database.transaction() as tx:
        settings.put(tx, clockwork.HEARTBEAT, before.isoformat())
    start(here)
    assert len(told(here)) == 1


@pytest.mark.parametrize("stop", [timedelta(minutes=2), timedelta(minutes=29)])
def test_a_deploy_is_not_worth_a_word(here: Installation, stop: timedelta) -> None:
    here.move(seconds=stop.total_seconds())
    start(here)
    assert told(here) == []


def test_a_night_in_which_nothing_would_have_left_is_not_worth_a_word(here: Installation) -> None:
    here.move(hours=12)
    start(here, was_silent=False)
    here.move(hours=11)
    start(here)
    assert told(here) == []


def test_a_clock_that_somebody_moved_under_a_living_worker_is_no_stop(here: Installation) -> None:
    here.move(days=3)
    start(here, was_silent=False)
    assert told(here) == []


def test_back_in_the_night_it_says_so_in_the_morning(here: Installation) -> None:
    here.move(hours=14)
    start(here)
    assert told(here) == []
    here.move(hours=9)
    assert len(told(here)) == 1


@pytest.mark.parametrize("words", ["谁没交", "催一下"])
def test_whoever_relies_on_reminders_reads_one_line_while_the_clock_stands_still(
    here: Installation, words: str
) -> None:
    assert LINE not in here.school.say(LI, words).reply
    here.move(minutes=10)
    assert here.school.say(LI, words).reply.endswith(f"\n{LINE}")
    assert LINE not in here.school.say(LI, "名单").reply
