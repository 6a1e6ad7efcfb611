"""A reminder by 催一下 is asked again before it leaves: not to whoever has handed in meanwhile (R-306, R-322)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import profiles
from bot.dispatcher import Outcome
from bot.engine.turn import Tell
from bot.scheduler import rechecking
from storage.codec import ZONE
from storage.owed import Owed
from tests import cast, school
from tests.school import School

PROFILE = profiles.load("harbin")


@pytest.fixture
def one(sqlite_url: str) -> School:
    made = school.new(sqlite_url, datetime(2026, 7, 4, 10, tzinfo=ZONE))
    for person in ("2013008", "2016011", "2006015"):
        made.publish(person, "带2名青年教师", date(2026, 11, 30))
    return made


def verdicts(one: School, outcome: Outcome) -> dict[str, object]:
    """What the worker decides about each reminder a quarter of an hour later."""
    later = one.now + timedelta(minutes=15)
    with one.database.transaction() as tx:
        return {
            tell.person: rechecking.eligible(tx, PROFILE, _row(tell, later), later) for tell in outcome.pushes
        }


def _row(tell: Tell, now: datetime) -> Owed:
    kept = {"unit": tell.unit, "duty": tell.duty, "step": tell.step, "period": tell.period}
    return Owed(tell.key, "text", {"text": tell.text}, now, now, tell.person, **kept)


@pytest.mark.requirement("R-306")
def test_nobody_is_reminded_of_a_report_handed_in_since(one: School) -> None:
    asked = one.say("2005007", "催一下")
    one.hand_in("2013008", "2026-06")
    assert verdicts(one, asked) == {"2013008": "已交", "2016011": None}


def test_a_branch_secretary_reminded_of_reviews_still_owes_them(one: School) -> None:
    one.say("2003011", "二支部本季度谁还没点评")
    asked = one.say("2003011", "催一下")
    assert verdicts(one, asked) == {"2006015": None}


def test_a_reminder_of_an_older_month_leaves_without_being_asked_again(one: School) -> None:
    one.say("2005007", "4月写实谁没交")
    tells = one.say("2005007", "催一下").pushes
    assert {tell.person for tell in tells} == {"2013008", "2016011"}
    assert {(tell.duty, tell.unit) for tell in tells} == {("", cast.FIRST)}


@pytest.mark.requirement("R-320")
def test_whoever_snoozed_is_left_alone_until_then(one: School) -> None:
    one.say("2013008", "明天上午提醒我")
    found = verdicts(one, one.say("2005007", "催一下"))
    assert found["2016011"] is None and "稍后" in str(found["2013008"])
