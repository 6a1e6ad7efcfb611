"""齐了叫我: one message when the last record is in, never a second one, and an end with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.scheduler import ticks, watching
from domain import enrolment
from domain.people import Role, RoleKind
from storage.codec import ZONE
from tests import cast, school
from tests.installation import Installation, running
from tests.school import School

LI, ZHANG, LIU = "2005007", "2010018", "2011045"
COMPLETE = "6月写实齐了：应交2，已交2。"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 7, 3, 10, tzinfo=ZONE)
        for person in (ZHANG, LIU):
            made.school.publish(person, "带2名青年教师", date(2026, 12, 31))
        yield made


def say(here: Installation, *words: str) -> str:
    here.school.now = here.now
    for each in words:
        here.school.say(LI, each)
    here.clock.moment = here.school.now
    return here.school.outcomes[-1].reply


def tick(here: Installation) -> list[tuple[str, str, str]]:
    """Plan and send; what became of standing questions."""
    found = ticks.plan(here.bot, here.now) + ticks.send(here.bot, here.now)
    return [(one.duty, one.action, one.reason) for one in found if one.step == watching.STEP]


def told(here: Installation) -> list[str]:
    return [words for words in here.texts("lifang") if "齐了" in words]


@pytest.mark.requirement("R-305")
def test_the_last_of_many_records_brings_one_message_and_no_second_one_ever(here: Installation) -> None:
    say(here, "谁没交")
    assert say(here, "齐了叫我") == "好的，6月写实齐了就告诉您一次。不想等了请回复“不用叫了”。"
    here.school.hand_in(ZHANG, "2026-06")
    assert tick(here) == [] and told(here) == []
    here.school.hand_in(LIU, "2026-06")
    here.move(minutes=10)
    assert tick(here) == [("K-05", "planned", "")]
    for _ in range(3):
        here.move(hours=9)
        assert tick(here) == []
    assert told(here) == [COMPLETE]


def test_two_clocks_at_once_send_it_once(here: Installation) -> None:
    say(here, "谁没交", "齐了叫我")
    for person in (ZHANG, LIU):
        here.school.hand_in(person, "2026-06")
    both = watching.run(here.bot, here.now) + watching.run(here.bot, here.now)
    assert len(both) == 1


def test_the_same_may_be_asked_again_after_a_record_was_taken_back(here: Installation) -> None:
    for person in (ZHANG, LIU):
        here.school.hand_in(person, "2026-06")
    say(here, "谁没交")
    assert say(here, "齐了叫我") == COMPLETE
    here.school.write([here.school._about(LIU, "report.withdrawn", month="2026-06")], actor=LIU)
    say(here, "谁没交", "齐了叫我")
    here.school.hand_in(LIU, "2026-06")
    assert tick(here) == [("K-05", "planned", "")] and told(here) == [COMPLETE]


def test_whoever_says_so_is_not_called(here: Installation) -> None:
    say(here, "谁没交", "齐了叫我")
    assert say(here, "不用叫了") == "好的，不叫了。要看随时问“谁没交”。"
    for person in (ZHANG, LIU):
        here.school.hand_in(person, "2026-06")
    assert tick(here) == [] and told(here) == []
    assert say(here, "不用叫了").startswith("现在没有替您等着的")


def test_nobody_waits_longer_than_two_weeks_after_the_last_day(here: Installation) -> None:
    say(here, "谁没交", "齐了叫我")
    here.move(days=16)
    assert tick(here) == []
    here.move(days=1)
    assert tick(here) == [("K-05", "cancelled", "过了最后一天14天")]
    here.move(days=1)
    assert tick(here) == [] and told(here) == []


@pytest.mark.requirement("R-305", "R-242")
def test_on_the_last_workday_she_hears_once_who_is_still_missing_and_later_that_nobody_is(
    here: Installation,
) -> None:
    # 5 July is a Sunday, so Friday is the last workday before it.
    here.clock.moment = datetime(2026, 7, 2, 16, tzinfo=ZONE)
    say(here, "谁没交", "齐了叫我")
    here.school.hand_in(ZHANG, "2026-06")
    here.move(hours=14)
    assert tick(here) == []
    here.move(hours=4)
    assert tick(here) == [("K-05", "planned", "")]
    for _ in range(3):
        here.move(hours=2)
        assert tick(here) == []
    assert told(here) == [
        "6月写实7月5日到期：应交2，已交1，还差1：刘洋。看详情、要提醒请回复“谁没交”；齐了再告诉您。"
    ]
    here.school.hand_in(LIU, "2026-06")
    tick(here)
    assert told(here)[1:] == [COMPLETE]


@pytest.mark.requirement("R-356")
def test_it_ends_with_the_office_in_which_it_was_asked(here: Installation) -> None:
    say(here, "谁没交", "齐了叫我")
    with here.bot.database.reading() as tx:
        from storage.roster import RosterView

        who = RosterView(tx).person(LI)
    assert who is not None
    role = Role(LI, RoleKind.SECRETARY, cast.FIRST, cast.START, None, "书记")
    here.school.write([enrolment.ended(who, role, date(2026, 7, 3), cast.FIRST)])
    here.move(days=1)
    assert tick(here) == [("K-05", "cancelled", "已经不再负责这些组织")]
    for person in (ZHANG, LIU):
        here.school.hand_in(person, "2026-06")
    assert tick(here) == [] and told(here) == []


def test_by_night_it_waits_for_the_morning(here: Installation) -> None:
    say(here, "谁没交", "齐了叫我")
    for person in (ZHANG, LIU):
        here.school.hand_in(person, "2026-06")
    here.move(hours=13)
    assert tick(here) == [("K-05", "planned", "")] and told(here) == []
    here.move(hours=10)
    tick(here)
    assert told(here) == [COMPLETE]


def test_a_member_without_an_office_is_told_whom_to_ask(sqlite_url: str) -> None:
    one: School = school.new(sqlite_url, datetime(2026, 7, 3, 10, tzinfo=ZONE))
    assert "请问支部书记李芳同志" in one.say(ZHANG, "齐了叫我").reply
