"""Duties of members who move, go on leave or leave for good: nothing is asked outside their days (R-016, S-15)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot import profiles
from bot.scheduler import pending
from storage import ledger, models
from storage.codec import ZONE
from tests import cast, school

HEAD, STUDENTS_HEAD, RECEIVER = "2005007", "2015021", "2006015"
AWAY, STUDENT = "2007033", "S2024015"


def _reasons(one: school.School, branch: str, day: date) -> dict[str, str]:
    """Why each member of a branch is not asked for 写实 on a day; empty for who is."""
    with one.database.transaction() as tx:
        at = pending.scene(
            tx, profiles.load("harbin"), datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
        )
        org = at.roster.org(branch)
        assert org is not None
        return {each.person: each.reason for each in pending.of_unit(at, org) if each.duty == "K-05"}


@pytest.fixture
def people(sqlite_url: str) -> school.School:
    one = school.new(sqlite_url, datetime(2026, 6, 20, 9, tzinfo=ZONE))
    for person in (AWAY, STUDENT, "2010052"):
        one.publish(person, "听课8次", date(2026, 12, 31))
    return one


@pytest.mark.requirement("R-016")
def test_who_is_on_leave_is_exempt_and_the_day_after_asked_as_before(people: school.School) -> None:
    people.say(HEAD, "请假 许峰 6月26日到7月20日 住院")
    people.say(HEAD, "确认")
    assert _reasons(people, cast.FIRST, date(2026, 6, 25))[AWAY] == "已免"
    assert _reasons(people, cast.FIRST, date(2026, 7, 6))[AWAY] == "已免"
    assert _reasons(people, cast.FIRST, date(2026, 7, 26))[AWAY] == ""


@pytest.mark.requirement("R-016")
def test_a_short_leave_only_keeps_reminders_away_meanwhile(people: school.School) -> None:
    people.say(HEAD, "请假 许峰 6月26日到7月3日 出差")
    people.say(HEAD, "确认")
    assert [_reasons(people, cast.FIRST, date(2026, *day))[AWAY] for day in ((6, 25), (6, 28), (7, 4))] == [
        "",
        "请假",
        "",
    ]


@pytest.mark.requirement("R-016")
def test_who_has_left_is_asked_nothing_any_more(people: school.School) -> None:
    people.say(HEAD, "调走 王明 6月20日")
    people.say(HEAD, "确认")
    assert "2010052" not in _reasons(people, cast.FIRST, date(2026, 6, 26))


@pytest.mark.requirement("R-231")
def test_the_month_before_a_transfer_is_the_old_branchs_and_the_next_the_new_ones(
    people: school.School,
) -> None:
    people.say(STUDENTS_HEAD, "转出 孙丽 到教工第二党支部 7月1日")
    people.say(STUDENTS_HEAD, "表现好")
    people.say(RECEIVER, "接收 孙丽")
    for day, branch, other in (
        (date(2026, 6, 26), cast.STUDENTS, cast.SECOND),
        (date(2026, 7, 3), cast.STUDENTS, cast.SECOND),
        (date(2026, 7, 27), cast.SECOND, cast.STUDENTS),
    ):
        assert STUDENT in _reasons(people, branch, day)
        assert STUDENT not in _reasons(people, other, day)


@pytest.mark.requirement("R-041")
def test_the_deputy_is_reminded_while_he_acts_and_the_secretary_afterwards(people: school.School) -> None:
    for words in ("任命 陈静 教工第一党支部 副书记 6月20日", "确认"):
        people.say("2003011", words)
    for words in ("委托 陈静 代我点评 6月21日到7月31日", "确认"):
        people.say(HEAD, words)
    assert _reminded(people, date(2026, 6, 25)) == {"2014023"}
    assert _reminded(people, date(2026, 8, 1)) == {HEAD}


def _reminded(one: school.School, day: date) -> set[str]:
    with one.database.transaction() as tx:
        at = pending.scene(
            tx, profiles.load("harbin"), datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
        )
        org = at.roster.org(cast.FIRST)
        assert org is not None
        return {each.person for each in pending.of_unit(at, org) if each.duty == "K-08"}


@pytest.mark.requirement("R-231", "R-356")
def test_everything_folds_again_to_the_same_rows(people: school.School) -> None:
    for person, words in (
        (HEAD, "请假 许峰 6月26日到7月20日 住院"),
        (HEAD, "确认"),
        (STUDENTS_HEAD, "转出 孙丽 到教工第二党支部 6月20日"),
        (STUDENTS_HEAD, "表现好"),
        (RECEIVER, "接收 孙丽"),
        ("2003011", "换届 教工第一党支部 陈静 6月20日"),
        ("2003011", "确认"),
        ("2003011", "撤回"),
    ):
        people.say(person, words)
    with people.database.transaction() as tx:
        before = models.rows(tx)
        models.rebuild(tx, list(ledger.entries(tx)))
        assert models.rows(tx) == before
