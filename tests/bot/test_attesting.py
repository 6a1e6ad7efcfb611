"""Who may enter by chat that a paper was done, what is refused, and what leaves everything as it was (R-343)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.scheduler import pending
from domain import enrolment
from domain.duties import gathering
from domain.entries import Written
from domain.people import Person, Role, RoleKind
from storage.codec import ZONE
from tests import cast, school
from tests.attacks.handing_over import loses_office
from tests.school import School

LI, ZHANG, WANG = "2005007", "2010018", "2003011"
NOW = datetime(2026, 10, 9, 10, tzinfo=ZONE)


@pytest.fixture
def one(database_url: str) -> School:
    return school.new(database_url, NOW)


def give(one: School, person: str, role: Role) -> None:
    name = next(name for id, name, *_ in cast.PEOPLE if id == person)
    one.write([enrolment.given(Person(person, name), role, role.org)])


def attested(one: School, org: str = cast.FIRST) -> list[Written]:
    return [each for each in one.entries(f"org:{org}") if each.kind.endswith("attested")]


@pytest.mark.requirement("R-343")
def test_a_recorder_enters_it_for_the_branch_and_the_ledger_says_as_what(one: School) -> None:
    give(one, ZHANG, Role(ZHANG, RoleKind.RECORDER, cast.FIRST, cast.START, None, "记录员"))
    one.say(ZHANG, "已办 季度写实 10月8日")
    one.say(ZHANG, "确认")
    (entry,) = attested(one)
    assert (entry.entry.capacity, entry.stamp.actor) == ("recorder", ZHANG)
    assert entry.data == {"duty": "K-06", "period": "2026-Q3", "done_on": "2026-10-08", "note": ""}
    assert entry.stamp.at.date() == date(2026, 10, 9)


@pytest.mark.requirement("R-041")
def test_who_acts_for_the_secretary_enters_it_so(one: School) -> None:
    deputy = Role(ZHANG, RoleKind.SECRETARY, cast.FIRST, cast.START, None, "代书记", acting=True)
    give(one, ZHANG, deputy)
    one.say(ZHANG, "已办 季度公示")
    one.say(ZHANG, "确认")
    (entry,) = attested(one)
    assert entry.data["acting"] == "代李芳"


@pytest.mark.requirement("R-343")
def test_while_a_branch_has_no_secretary_the_one_above_keeps_its_papers(one: School) -> None:
    assert "教工第一党支部" not in one.say(WANG, "已办").reply
    one.say(WANG, "取消")
    loses_office(one, LI, cast.FIRST)
    assert "请告诉王建国同志" in one.say(LI, "已办 季度写实").reply
    one.say(WANG, "已办 季度写实 10月8日")
    one.say(WANG, "确认")
    (entry,) = attested(one)
    assert (entry.entry.capacity, entry.data["done_on"]) == ("l1_secretary", "2026-10-08")


@pytest.mark.requirement("R-343")
def test_what_an_empty_chair_owes_on_paper_is_a_duty_of_the_one_above(one: School) -> None:
    assert papers_of(one, WANG) == set()
    loses_office(one, LI, cast.FIRST)
    assert ("K-06", "2026-Q3@教工第一党支部") in papers_of(one, WANG)
    assert papers_of(one, LI) == set()


def papers_of(one: School, person: str) -> set[tuple[str, str]]:
    """What somebody owes on paper for the first branch, as 我的 and the last look before a reminder see it."""
    with one.database.reading() as tx:
        at = pending.scene(tx, one.dispatcher.profile, one.now)
        who, unit = at.roster.person(person), at.roster.org(cast.FIRST)
        assert who is not None and unit is not None
        papers = {(each.code, each.window.label) for each in gathering.of_papers(at, unit)}
        owed = [each for each in gathering.of_all_units(at, who) if each.unit == cast.FIRST]
        return papers & {(each.code, each.window.label) for each in owed}


def test_whoever_lost_the_office_before_confirming_writes_nothing(one: School) -> None:
    one.say(LI, "已办 季度写实")
    loses_office(one, LI, cast.FIRST)
    assert "由书记或记录员登记" in one.say(LI, "确认").reply
    assert attested(one) == []


@pytest.mark.requirement("R-350")
def test_a_unit_in_its_first_quarter_has_nothing_to_enter(one: School) -> None:
    branch = next(org for org in cast.ORGS if org.id == cast.FIRST)
    one.write([enrolment.org_changed(branch, starts_on="2026-09-01")])
    assert "现在没有要登记的纸面事项" in one.say(LI, "已办").reply


def test_after_ten_minutes_it_stands(one: School) -> None:
    one.say(LI, "已办 季度写实")
    one.say(LI, "确认")
    one.now += timedelta(minutes=11)
    assert "已经超过10分钟" in one.say(LI, "撤回").reply
    assert [each.kind for each in attested(one)] == ["duty.attested"]


def test_in_the_middle_of_a_record_the_word_is_an_answer_of_the_record(one: School) -> None:
    one.publish(ZHANG, "带2名青年教师听课", date(2026, 11, 30))
    one.now = datetime(2026, 9, 26, 10, tzinfo=ZONE)
    one.say(ZHANG, "写实")
    assert "登记" not in one.say(ZHANG, "已办").reply


def test_a_late_paper_of_an_older_quarter_can_still_be_entered_by_its_name(one: School) -> None:
    one.say(LI, "已办 一季度写实 4月8日")
    one.say(LI, "确认")
    (entry,) = attested(one)
    assert (entry.data["period"], entry.data["done_on"]) == ("2026-Q1", "2026-04-08")


def test_a_day_with_its_year_is_a_day_and_no_period(one: School) -> None:
    assert "10月8日" in one.say(LI, "已办 季度写实 2026年10月8日").reply
    one.say(LI, "确认")
    assert attested(one)[-1].data["done_on"] == "2026-10-08"


def test_nobody_takes_back_what_somebody_else_has_put_right_since(one: School) -> None:
    give(one, ZHANG, Role(ZHANG, RoleKind.RECORDER, cast.FIRST, cast.START, None, "记录员"))
    for who, day in ((LI, "10月7日"), (ZHANG, "10月8日")):
        one.say(who, f"已办 季度写实 {day}")
        one.say(who, "确认")
    before = len(attested(one))
    one.say(LI, "撤回")
    assert len(attested(one)) == before
    one.say(ZHANG, "撤回")
    one.say(ZHANG, "撤回")
    assert len(attested(one)) == before + 1
