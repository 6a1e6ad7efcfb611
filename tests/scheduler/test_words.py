"""What reminders say when several things fall on one day, and what the 书记 above reads (R-321, R-323, R-324)."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.parts import Bot
from bot.scheduler import planning, rechecking
from domain import attestations
from storage import outbox
from storage.codec import ZONE
from storage.tables import owed
from tests import cast, school
from tests.school import School
from tests.sealed import made

LI, WANG, CLERK = "2005007", "2003011", "2008030"
MEMBERS = ("2010018", "2011045", "2014023", "2013008", "2016011", "2007033", "2010052", "2017019", WANG)


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 7, 1, 9, tzinfo=ZONE))


@pytest.fixture
def bot(one: School, tmp_path: Path) -> Bot:
    return made(one, tmp_path)


def told(one: School, bot: Bot, person: str, day: date) -> str:
    """The message that somebody is owed on a morning, without the first one's introduction."""
    planning.run(bot, datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))
    with one.database.transaction() as tx:
        rows = tx.connection.execute(select(owed.c.body).where(owed.c.person == person)).scalars()
        texts = [json.loads(body)["text"] for body in rows]
    return texts[-1].rpartition("同志，")[2] if texts else ""


@pytest.mark.requirement("R-321")
@pytest.mark.requirement("R-343")
def test_papers_that_are_due_on_one_day_are_one_sentence(one: School, bot: Bot) -> None:
    text = told(one, bot, LI, date(2026, 7, 8))
    assert text.split("\n\n")[-1] == (
        "二季度跟踪督查、二季度支部对党员写实、二季度承诺写实结果公示，7月10日前。"
        "纸面记好的，回复“已办”，一件一件登记。"
    )


@pytest.mark.requirement("R-322")
def test_one_paper_that_is_left_is_named_with_the_words_to_answer(one: School, bot: Bot) -> None:
    branch = next(org for org in cast.ORGS if org.id == cast.FIRST)
    for code in ("K-04", "K-21"):
        one.write([attestations.attested(branch, code, "2026-Q2", date(2026, 7, 3), "", "")], actor=LI)
    assert told(one, bot, LI, date(2026, 7, 8)).split("\n\n")[-1] == (
        "二季度支部对党员写实，7月10日前。纸面记好的，回复“已办 季度写实”。"
    )
    after = told(one, bot, LI, date(2026, 7, 13))
    assert after == "二季度支部对党员写实，7月10日到期，还没有登记。纸面记好的，回复“已办 季度写实”。"


@pytest.mark.requirement("R-322")
def test_a_reminder_of_a_paper_that_was_entered_meanwhile_does_not_leave(one: School, bot: Bot) -> None:
    assert "领导小组检查" in told(one, bot, CLERK, date(2026, 7, 29))
    top = next(org for org in cast.ORGS if org.id == cast.SCHOOL)
    for code in ("K-19", "K-20"):
        one.write([attestations.attested(top, code, "2026-H1", date(2026, 7, 20), "", "staff")], actor=CLERK)
    with one.database.transaction() as tx:
        (row,) = [one.row for one in outbox.standing(tx) if one.row.person == CLERK]
        verdict = rechecking.eligible(tx, bot.profile, row, datetime(2026, 7, 29, 9, 30, tzinfo=ZONE))
    assert verdict == "已完成"


@pytest.mark.requirement("R-324")
def test_in_the_middle_of_a_quarter_a_secretary_hears_how_far_she_is_without_names(
    one: School, bot: Bot
) -> None:
    one.reviewed("2010018", LI, date(2026, 7, 10), capacity="branch_secretary")
    text = told(one, bot, LI, date(2026, 8, 14))
    assert text == (
        "2026年第3季度点评时间过半，应点评9人，已点评1人，2026年9月30日前。回复“还欠谁”接着点评。"
    )


@pytest.mark.requirement("R-324")
def test_ten_days_before_the_end_she_hears_who_is_left(one: School, bot: Bot) -> None:
    for person in MEMBERS[2:]:
        one.reviewed(person, LI, date(2026, 7, 10), capacity="branch_secretary")
    text = told(one, bot, LI, date(2026, 9, 20))
    assert text == "2026年第3季度点评9月30日到期，还没有点评：张伟、刘洋。回复“还欠谁”接着点评。"


@pytest.mark.requirement("R-324")
def test_a_secretary_who_will_be_reviewed_is_asked_to_look_back_once_at_the_opening(
    one: School, bot: Bot
) -> None:
    asked = (
        "2026年下半年点评开始了，上级会点评教工第一党支部和书记。请先做前期总结："
        "公开承诺兑现了多少，工作做得怎样，有哪些问题和原因。点评时汇报，不用在这里交。"
    )
    assert asked in told(one, bot, LI, date(2026, 8, 3))
    assert "前期总结" in told(one, bot, WANG, date(2026, 8, 3))
    one.now = datetime(2026, 8, 3, 10, tzinfo=ZONE)
    assert "再提醒您" in one.say(LI, "明天上午提醒我").reply
    for day in (4, 10, 17):
        planning.run(bot, datetime(2026, 8, day, 9, tzinfo=ZONE))
    with one.database.transaction() as tx:
        bodies = tx.connection.execute(select(owed.c.body).where(owed.c.person == LI)).scalars()
        assert sum("前期总结" in json.loads(body)["text"] for body in bodies) == 1


@pytest.mark.requirement("R-324")
def test_who_was_reviewed_already_or_is_reviewed_by_nobody_need_not_look_back(one: School, bot: Bot) -> None:
    one.reviewed_unit(cast.FIRST, WANG, date(2026, 8, 1))
    assert "前期总结" not in told(one, bot, LI, date(2026, 8, 3))
    # 机关党总支 has no 书记, so nobody reviews its branch.
    assert "前期总结" not in told(one, bot, "2004009", date(2026, 8, 3))


@pytest.mark.requirement("R-323")
def test_the_secretary_above_reads_the_units_in_one_sentence_and_no_persons(one: School, bot: Bot) -> None:
    text = told(one, bot, WANG, date(2026, 10, 8))
    assert (
        "教工第一党支部、教工第二党支部、研究生党支部的2026年第3季度点评已到期，书记还没有开始点评。"
        "请您问一问有什么困难；看详情回复“点评覆盖”。"
    ) in text


@pytest.mark.requirement("R-323")
def test_word_of_a_unit_is_asked_again_before_it_leaves(one: School, bot: Bot) -> None:
    for person in ("2010018", "2011045"):
        one.publish(person, "带2名青年教师", date(2026, 11, 30))
    assert "教工第一党支部的6月写实已到期，还没有一位同志交" in told(one, bot, WANG, date(2026, 7, 6))
    with one.database.transaction() as tx:
        (row,) = [
            one.row
            for one in outbox.standing(tx)
            if one.row.person == WANG and "写实" in one.row.body["text"]
        ]
    one.hand_in("2010018", "2026-06")
    with one.database.transaction() as tx:
        body = rechecking.body(tx, bot.profile, row, datetime(2026, 7, 6, 9, 30, tzinfo=ZONE))
    assert "还没有一位同志交" not in body["text"]
