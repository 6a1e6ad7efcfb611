"""A 点评方案 from the first word to the table of plan and fact, and what stands in its way (R-144)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import profiles
from domain import enrolment
from domain.people import Membership, Organisation, OrgKind, Person, Role, RoleKind
from storage import people
from storage.codec import ZONE
from tests import cast, school
from tests.attacks.handing_over import loses_office
from tests.school import School

WANG, LI = "2003011", "2005007"
NOW = datetime(2026, 2, 20, 9, tzinfo=ZONE)


@pytest.fixture
def one(database_url: str) -> School:
    return school.new(database_url, NOW)


def plans(one: School) -> list[str]:
    kinds = (entry.kind for entry in one.entries(f"org:{cast.ENGINEERING}"))
    return [kind for kind in kinds if kind.startswith(("plan.", "duty."))]


def planned(one: School) -> None:
    one.say(WANG, "点评方案")
    one.say(WANG, "确认")


@pytest.mark.requirement("R-144")
def test_the_ledger_holds_everybody_by_name_with_day_form_and_occasion(one: School) -> None:
    planned(one)
    (entry,) = [each for each in one.entries(f"org:{cast.ENGINEERING}") if each.kind == "plan.confirmed"]
    row = next(row for row in entry.data["rows"] if row["reviewer"] == LI)
    assert (row["due"], row["manner"], row["occasion"]) == ("2026-04-30", "collective", "支部党员大会")
    assert {"type": "member", "id": "2010018", "name": "张伟"} in row["targets"]
    assert LI not in {target["id"] for target in row["targets"]}
    assert entry.entry.capacity == "l1_secretary"


@pytest.mark.requirement("R-144")
def test_the_table_sets_each_plan_beside_what_came_of_it(one: School) -> None:
    planned(one)
    one.reviewed("2010018", LI, date(2026, 3, 16), capacity="branch_secretary")
    one.reviewed("2013008", WANG, date(2026, 3, 17), capacity="l1_secretary")
    one.now = datetime(2026, 5, 6, 9, tzinfo=ZONE) - timedelta(days=7)
    (file,) = one.say(WANG, "点评方案").files
    cells = {row[2]: row[6:] for row in file.rows if row[0] == "李芳"}
    assert cells["张伟"] == ("李芳", "2026-03-16", "集中", "", "按计划")
    assert cells["高远"] == ("王建国", "2026-03-17", "集中", "", "由别人点评")
    assert cells["刘洋"] == ("", "", "", "", "未到日期")


@pytest.mark.requirement("R-144", "R-041")
def test_whoever_lost_the_office_before_confirming_writes_nothing(one: School) -> None:
    one.say(WANG, "点评方案")
    loses_office(one, WANG, cast.ENGINEERING)
    assert "点评方案由党总支、分党委书记来定" in one.say(WANG, "确认").reply
    assert plans(one) == []


@pytest.mark.requirement("R-144", "R-041")
def test_whoever_lost_the_office_takes_nothing_back_either(one: School) -> None:
    planned(one)
    loses_office(one, WANG, cast.ENGINEERING)
    assert "由所在党组织的书记" in one.say(WANG, "撤回").reply
    assert plans(one) == ["plan.confirmed"]


@pytest.mark.requirement("R-144")
def test_a_plan_is_not_taken_back_after_ten_minutes_and_its_reviewers_hear_when_it_is(one: School) -> None:
    planned(one)
    outcome = one.say(WANG, "撤回")
    assert LI in {tell.person for tell in outcome.pushes} and "撤回了" in outcome.pushes[0].text
    planned(one)
    one.now += timedelta(minutes=11)
    assert "已经超过10分钟" in one.say(WANG, "撤回").reply
    assert plans(one) == ["plan.confirmed", "plan.withdrawn", "plan.confirmed"]


@pytest.mark.requirement("R-144", "R-009")
def test_who_came_meanwhile_is_in_the_plan_and_it_is_said(one: School) -> None:
    one.say(WANG, "点评方案")
    one.say(WANG, "改6 3月18日")
    second = Role("2010018", RoleKind.SECRETARY, cast.STUDENTS, date(2026, 2, 1), None, "书记")
    one.write([enrolment.given(Person("2010018", "张伟"), second, cast.STUDENTS)])
    assert "人员变动，已按现在的人员列入" in one.say(WANG, "确认").reply
    (entry,) = [each for each in one.entries(f"org:{cast.ENGINEERING}") if each.kind == "plan.confirmed"]
    kept = [row["due"] for row in entry.data["rows"] if row["reviewer"] == LI]
    assert kept == ["2026-03-18"]
    assert any(row["reviewer"] == "2010018" for row in entry.data["rows"])


@pytest.mark.requirement("R-144")
def test_where_the_office_asks_for_a_plan_confirming_it_is_the_paper_and_taking_back_reopens_it(
    one: School,
) -> None:
    one.dispatcher.profile = profiles.load("qingdao")
    reply = one.say(WANG, "点评方案").reply
    assert "机械学院党总支上半年点评方案" in reply
    one.say(WANG, "确认")
    assert plans(one) == ["plan.confirmed", "duty.attested"]
    one.say(WANG, "撤回")
    assert plans(one)[2:] == ["plan.withdrawn", "duty.unattested"]
    assert "请核对" in one.say(WANG, "点评方案").reply


@pytest.mark.requirement("R-144")
def test_a_plan_of_forty_branches_is_shown_in_part_with_a_sheet_of_all(one: School) -> None:
    entries = []
    with one.database.transaction() as tx:
        for n in range(40):
            called = f"材料科学与工程学院教工第{n:02}党支部"
            org = Organisation(f"新{n:02}支部", called, OrgKind.BRANCH, cast.ENGINEERING, "", f"N{n}")
            who = Person(f"N{n:05}", f"新{n:03}", f"N{n:03}")
            people.save(tx, who)
            entries += [
                enrolment.founded(org),
                enrolment.enrolled(who),
                enrolment.joined(who, Membership(who.id, org.id, cast.START), org.id),
            ]
    one.write(entries)
    outcome = one.say(WANG, "点评方案")
    assert len(outcome.reply.encode()) < 2048 and "……共" in outcome.reply
    (file,) = outcome.files
    assert len(file.rows) > 80
    assert "\n10 " in outcome.reply and "\n11 " not in outcome.reply and "没有错请回复“确认”" in outcome.reply
    (changed,) = one.say(WANG, "改45 3月20日").files
    assert [row[3] for row in changed.rows[44:47]] == ["2026-04-30", "2026-03-20", "2026-04-30"]
