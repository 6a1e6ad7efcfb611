"""写实 by chat where a dialogue file would be too long: photos, news, wrong answers, words that look like commands."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.commitment_entries import of
from domain.commitments import Commitment
from domain.enrolment import org_changed
from domain.entries import Entry, Subject, Written
from domain.month_answers import STATUSES
from domain.people import Organisation, OrgKind
from domain.reports import Report
from storage import models
from storage.codec import ZONE
from tests import school
from tests.cast import FIRST
from tests.school import School

ZHANG, LI, WANG, LIU = "2010018", "2005007", "2003011", "2011045"
JUNE_25 = datetime(2026, 6, 25, 9, 10, tzinfo=ZONE)


@pytest.fixture
def two_items(sqlite_url: str) -> School:
    """张伟 has two items, of which one ends on 30 June; it is the day on which June opens."""
    one = school.new(sqlite_url, JUNE_25)
    one.publish(ZHANG, "带2名青年教师听课", date(2026, 11, 30))
    one.publish(ZHANG, "实验室周三向学生开放", date(2026, 6, 30), n=2)
    return one


def say(one: School, *texts: str, who: str = ZHANG) -> str:
    reply = ""
    for text in texts:
        reply = one.say(who, text).reply
    return reply


def kept(one: School, person: str = ZHANG, month: str = "2026-06") -> Report | None:
    with one.database.transaction() as tx:
        return models.get(tx, Report, person, month)


def item(one: School, number: str) -> Commitment:
    with one.database.transaction() as tx:
        found = models.get(tx, Commitment, number)
    assert found is not None
    return found


def kinds(one: School, person: str = ZHANG) -> list[str]:
    return [each.kind for each in one.entries(f"person:{person}")]


def last(one: School, kind: str) -> Written:
    return [each for each in one.entries(f"person:{ZHANG}") if each.kind == kind][-1]


@pytest.mark.requirement("R-235")
def test_a_photo_belongs_to_the_item_that_is_being_asked(two_items: School) -> None:
    say(two_items, "写实", "0", "听课两次")
    two_items.photo(ZHANG)
    say(two_items, "2")
    two_items.photo(ZHANG)
    say(two_items, "无")
    two_items.photo(ZHANG)
    say(two_items, "按计划推进", "确认")
    data = last(two_items, "report.submitted").data
    assert [len(each.get("attachments", ())) for each in data["items"]] == [0, 2]
    assert len(data["attachments"]) == 1


@pytest.mark.row(11)
@pytest.mark.requirement("R-235")
def test_a_correction_keeps_the_photos_and_adds_new_ones(two_items: School) -> None:
    say(two_items, "写实", "0", "听课两次", "2")
    two_items.photo(ZHANG)
    say(two_items, "无", "按计划推进", "确认")
    assert "没有改动" in say(two_items, "写实", "确认")
    say(two_items, "写实", "改2")
    two_items.photo(ZHANG)
    say(two_items, "已完成，开放16次", "确认")
    assert len(last(two_items, "report.corrected").data["items"][1]["attachments"]) == 2


@pytest.mark.requirement("R-219")
def test_slogans_are_asked_about_once_and_may_stay(two_items: School) -> None:
    assert "能写具体一点吗" in say(two_items, "1 努力工作，争创一流；2 没动")
    assert "自我鉴定" in say(two_items, "就这样")
    say(two_items, "抓得不紧", "确认")
    report = kept(two_items)
    assert report is not None and report.items[0]["text"] == "努力工作，争创一流"


@pytest.mark.requirement("R-219")
def test_what_was_done_takes_the_place_of_slogans(two_items: School) -> None:
    say(two_items, "1 努力工作，争创一流；2 没动", "听课两次", "抓得不紧", "确认")
    report = kept(two_items)
    assert report is not None and report.items[0]["text"] == "听课两次"
    assert set(report.items[0]) == {"commitment", "status", "text"}


@pytest.mark.row(4)
@pytest.mark.requirement("R-342")
def test_nobody_is_asked_for_a_photo_without_a_way_past_it(two_items: School) -> None:
    say(two_items, "写实", "1 听课两次；2 已完成，开放16次", "无", "按计划推进", "确认")
    assert kept(two_items) is not None


@pytest.mark.requirement("R-220")
def test_the_secretary_gets_one_message_for_two_items_done(two_items: School) -> None:
    say(two_items, "1 已完成，听课六次；2 已完成，开放16次", "无", "跳过", "按计划推进")
    pushes = two_items.say(ZHANG, "确认").pushes
    assert [tell.person for tell in pushes] == [LI]
    assert pushes[0].text.count("已完成，请支部核实") == 2
    assert kinds(two_items).count("commitment.declared") == 2


def test_a_secretary_s_own_items_are_told_to_the_one_above(sqlite_url: str) -> None:
    one = school.new(sqlite_url, JUNE_25)
    one.publish(LI, "整理支部档案两年", date(2026, 11, 30))
    say(one, "写实：已完成，两年都补齐了", "无", "按计划推进", who=LI)
    assert [tell.person for tell in one.say(LI, "确认").pushes] == [WANG]


@pytest.mark.requirement("R-298")
@pytest.mark.parametrize(
    "words",
    [
        "帮助学生取消了误会",
        "谁没交作业我都催了一遍",
        "撤回了一份重复的申请",
        "继续听课两次",
        "按点评意见改了教案",
    ],
)
def test_words_that_contain_a_command_stay_what_was_done(two_items: School, words: str) -> None:
    say(two_items, "写实", "0", words, "5", "按计划推进", "确认")
    report = kept(two_items)
    assert report is not None and report.items[0]["text"] == words


@pytest.mark.row(5)
@pytest.mark.requirement("R-299")
def test_ten_wrong_answers_leave_nobody_stuck(two_items: School) -> None:
    say(two_items, "写实", *["9", "？？", "77", "8", "66", "9", "99", "8", "7", "6"])
    say(two_items, "1", "听课两次", "5", "按计划推进", "确认")
    assert kept(two_items) is not None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_a_record_has_an_answer_for_each_item(two_items: School, seed: int) -> None:
    dice = random.Random(seed)
    words = ["1", "2", "3", "5", "0", "无", "返回", "跳过", "听课两次", "2 已完成", "改1 没动", "改2", "改9", "确认",
             "我的", "写实", "谢谢", "1 听课；2 有困难", "鉴定：还行", "取消", "继续", "撤回", "7月3日", "补报5月"]  # fmt: skip
    two_items.now = datetime(2026, 7, 7, 9, tzinfo=ZONE)
    for _ in range(40):
        say(two_items, dice.choice(words))
    for each in two_items.entries(f"person:{ZHANG}"):
        if each.kind == "report.submitted":
            assert [one["status"] in STATUSES for one in each.data["items"]] == [True, True]
            assert each.data["statement"]


@pytest.mark.row(10)
@pytest.mark.requirement("R-300")
def test_nothing_is_written_before_the_confirmation(two_items: School) -> None:
    before = kinds(two_items)
    say(two_items, "1 已完成；2 已完成", "无", "无", "按计划推进", "好的", "收到", "谢谢")
    assert kinds(two_items) == before


@pytest.mark.row(13)
@pytest.mark.requirement("R-300")
def test_a_record_is_taken_back_within_ten_minutes_and_not_later(two_items: School) -> None:
    say(two_items, "1 听课；2 已完成", "无", "按计划推进", "确认")
    two_items.now = two_items.now.replace(minute=45)
    assert "写实" in say(two_items, "撤回")
    assert kept(two_items) is not None
    assert item(two_items, "C-2026-0154-2").state == "declared"


def test_a_correction_can_call_a_declared_item_unfinished(two_items: School) -> None:
    say(two_items, "1 听课；2 已完成", "无", "按计划推进", "确认")
    say(two_items, "写实", "改2 推进中，还差一次", "确认")
    report = kept(two_items)
    assert report is not None and (report.version, report.items[1]["status"]) == (2, "ongoing")
    assert item(two_items, "C-2026-0154-2").state == "published"


def test_what_the_branch_has_verified_stays_done(two_items: School) -> None:
    say(two_items, "1 听课；2 已完成", "无", "按计划推进", "确认")
    two_items.write([of(item(two_items, "C-2026-0154-2"), "fulfilled", {}, "secretary")], LI)
    assert "支部已核实兑现" in say(two_items, "写实", "改2 推进中，还差一次", "确认")
    report = kept(two_items)
    assert report is not None and report.version == 1
    assert "已更正" in say(two_items, "改2 已完成，开放16次", "确认")


def test_a_correction_that_changes_nothing_writes_nothing(two_items: School) -> None:
    say(two_items, "1 听课；2 没动", "按计划推进", "确认")
    before = kinds(two_items)
    assert "没有改动" in say(two_items, "写实", "确认")
    assert kinds(two_items) == before


@pytest.mark.requirement("R-221")
def test_more_about_a_month_handed_in_finds_its_item(two_items: School) -> None:
    say(two_items, "1 听课；2 没动", "按计划推进", "确认")
    assert "是哪一件" in say(two_items, "写实：开放了两次")
    say(two_items, "2", "确认")
    report = kept(two_items)
    assert report is not None and report.items[1]["text"] == "开放了两次"


@pytest.mark.row(12)
@pytest.mark.requirement("R-222")
def test_after_the_due_day_more_words_may_be_about_the_next_month(two_items: School) -> None:
    say(two_items, "1 听课；2 没动", "按计划推进", "确认")
    two_items.now = datetime(2026, 7, 10, 9, tzinfo=ZONE)
    assert "提前交7月写实" in say(two_items, "写实：开放了两次")


@pytest.mark.requirement("R-298")
def test_another_month_puts_the_open_one_aside(two_items: School) -> None:
    say(two_items, "写实", "0")
    reply = say(two_items, "补报5月")
    assert "已存草稿" in reply and "5月写实" in reply
    say(two_items, "1 听课；2 没动", "按计划推进", "确认")
    assert kept(two_items, month="2026-05") is not None
    assert "第1件" in say(two_items, "继续")


@pytest.mark.requirement("R-350")
def test_a_unit_that_begins_after_the_window_opened_owes_nothing_for_it(two_items: School) -> None:
    unit = Organisation(FIRST, FIRST, OrgKind.BRANCH)
    two_items.write([org_changed(unit, starts_on="2026-06-26")])
    assert "2026年6月26日开始使用，6月写实不用交" in say(two_items, "写实")
    assert "没有要办的事" in say(two_items, "我的")


@pytest.mark.requirement("R-222")
def test_a_waived_month_is_not_on_the_desk(two_items: School) -> None:
    subject = Subject("person", ZHANG, "张伟")
    waived = {"duty": "K-05", "period": "2026-06", "reason": "住院"}
    two_items.write([Entry(f"person:{ZHANG}", "duty.waived", subject, waived, "secretary", FIRST, FIRST)], LI)
    assert "没有要办的事" in say(two_items, "我的")


@pytest.mark.requirement("R-340")
def test_an_item_declared_in_june_s_late_record_is_not_asked_in_july(two_items: School) -> None:
    two_items.now = datetime(2026, 7, 8, 9, tzinfo=ZONE)
    say(two_items, "1 听课；2 已完成", "无", "按计划推进", "确认")
    assert item(two_items, "C-2026-0154-2").finished_in == "2026-06"
    two_items.now = datetime(2026, 7, 26, 9, tzinfo=ZONE)
    assert "实验室" not in say(two_items, "写实")


@pytest.mark.row(18)
@pytest.mark.requirement("R-299")
def test_a_deploy_in_the_middle_costs_no_answer(two_items: School) -> None:
    say(two_items, "写实", "0", "听课两次")
    again = replace(two_items, now=two_items.now, count=1000)
    say(again, "2", "无", "按计划推进", "确认")
    report = kept(two_items)
    assert report is not None and report.items[0]["text"] == "听课两次"


@pytest.mark.requirement("R-089")
def test_the_last_day_is_not_past_the_date(two_items: School) -> None:
    two_items.now = datetime(2026, 6, 30, 23, 50, tzinfo=ZONE)
    assert "自我鉴定" in say(two_items, "1 听课；2 还差一次")


@pytest.mark.requirement("R-077")
def test_no_other_date_is_asked_for_while_one_waits(sqlite_url: str) -> None:
    one = school.new(sqlite_url, datetime(2026, 7, 6, 9, tzinfo=ZONE))
    one.publish(LIU, "每人谈话1次", date(2026, 6, 30))
    asked = {"due": "2026-07-15", "reason": "出差"}
    one.write([of(item(one, "C-2026-0155-1"), "revised", asked, "self")], LIU)
    assert "自我鉴定" in say(one, "写实：谈了21人", who=LIU)
