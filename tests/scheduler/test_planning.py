"""The reminders of the cast: who hears what on which day, and never twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.parts import Bot
from bot.scheduler import planning, rechecking, rehearsal
from domain import enrolment
from domain.entries import Entry, Subject
from domain.profile import merged
from storage import occasions, outbox
from storage.codec import ZONE
from storage.db import Conflict, Transaction
from storage.owed import Owed
from storage.tables import owed
from tests import cast, school
from tests.school import School
from tests.sealed import made


@pytest.fixture
def one(database_url: str) -> School:
    found = school.new(database_url, datetime(2026, 6, 1, 9, tzinfo=ZONE))
    found.publish("2010018", "带2名青年教师，每人听课6次", date(2026, 11, 30))
    found.publish("2010018", "实验室周三开放", date(2026, 6, 30), n=2)
    found.publish("2011045", "为34名学生每人谈话1次", date(2026, 6, 30))
    found.publish("1975003", "给青年教师讲一次校史", date(2026, 10, 31))
    return found


@pytest.fixture
def bot(one: School, tmp_path: Path) -> Bot:
    return made(one, tmp_path)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def texts(one: School) -> dict[str, list[str]]:
    """What is owed to whom, in the order in which it leaves."""
    with one.database.transaction() as tx:
        rows = tx.connection.execute(select(owed).order_by(owed.c.not_before)).all()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(f"{row.not_before[5:16]} {row.duty} {row.step} {row.body}")
    return found


@pytest.mark.requirement("R-320")
@pytest.mark.requirement("R-220")
def test_on_the_25th_every_member_with_an_open_item_hears_of_the_month(one: School, bot: Bot) -> None:
    planning.run(bot, at(6, 25))
    monthly = {who: rows for who, rows in texts(one).items() if any("K-05" in row for row in rows)}
    assert sorted(monthly) == ["2010018", "2011045"]
    (row,) = monthly["2010018"]
    assert "06-25T09:" in row and "6月写实开始了，7月5日前交" in row
    assert "①带2名青年教师" in row and "②实验室周三开放（6月30日前）" in row


@pytest.mark.requirement("R-355")
def test_the_first_message_somebody_ever_gets_says_who_speaks_and_only_the_first(
    one: School, bot: Bot
) -> None:
    planning.run(bot, at(6, 25))
    planning.run(bot, at(7, 3))
    first, second = texts(one)["2010018"]
    assert "小助手" in first and "小助手" not in second


@pytest.mark.requirement("R-322")
def test_planning_again_and_from_two_clocks_adds_nothing(one: School, bot: Bot) -> None:
    planning.run(bot, at(6, 25))
    before = texts(one)
    planning.run(bot, at(6, 25, 10))
    planning.run(bot, at(6, 25, 23))
    assert texts(one) == before


@pytest.mark.requirement("R-322")
def test_after_an_outage_the_steps_missed_are_one_late_message(one: School, bot: Bot) -> None:
    planning.run(bot, at(7, 6))
    assert [row.split()[2] for row in texts(one)["2011045"]] == ["after"]


@pytest.mark.requirement("R-323")
def test_the_day_after_the_end_the_secretary_gets_one_private_list(one: School, bot: Bot) -> None:
    planning.run(bot, at(7, 6))
    lists = [row for row in texts(one)["2005007"] if "还没有交" in row]
    assert len(lists) == 1 and "张伟、刘洋" in lists[0]
    assert not any("还没有交" in row for who, rows in texts(one).items() if who != "2005007" for row in rows)


@pytest.mark.requirement("R-320")
def test_a_secretary_hears_at_the_quarters_opening_how_many_await_her_review(one: School, bot: Bot) -> None:
    planning.run(bot, at(7, 1))
    opening = [row for row in texts(one)["2005007"] if "K-08" in row]
    assert len(opening) == 1 and "2026年第3季度点评开始了：教工第一党支部待点评9人" in opening[0]


@pytest.mark.requirement("R-354")
def test_a_unit_whose_secretary_has_not_begun_hears_nothing(one: School, bot: Bot) -> None:
    org = next(org for org in cast.ORGS if org.id == cast.FIRST)
    one.write([enrolment.org_changed(org, opened_on=None)])
    planning.run(bot, at(6, 25))
    assert "2010018" not in texts(one)


@pytest.mark.requirement("R-350")
def test_a_month_that_opened_before_the_units_first_day_is_owed_by_nobody(one: School, bot: Bot) -> None:
    org = next(org for org in cast.ORGS if org.id == cast.FIRST)
    one.write([enrolment.org_changed(org, starts_on="2026-06-26")])
    planning.run(bot, at(7, 6))
    assert not any("K-05" in row for rows in texts(one).values() for row in rows)


@pytest.mark.requirement("R-322")
def test_somebody_who_was_excused_hears_nothing_and_the_reason_is_said(one: School, bot: Bot) -> None:
    data = {"duty": "K-05", "period": "2026-06", "reason": "住院"}
    subject = Subject("person", "2011045", "刘洋")
    one.write([Entry("person:2011045", "duty.waived", subject, data, "", cast.FIRST, cast.FIRST)])
    decisions = planning.run(bot, at(6, 25))
    assert "2011045" not in texts(one)
    assert ("2011045", "已免") in [(one.person, one.reason) for one in decisions if one.duty == "K-05"]


def test_what_a_rehearsal_names_is_what_then_goes_out(one: School, bot: Bot) -> None:
    rehearsed = [
        found
        for found in rehearsal.run(bot, date(2026, 6, 25), date(2026, 7, 10))
        if isinstance(found, rehearsal.Push)
    ]
    for day in (25, 26, 27, 28, 29, 30):
        planning.run(bot, at(6, day))
    for day in range(1, 11):
        planning.run(bot, at(7, day))
    with one.database.transaction() as tx:
        rows = tx.connection.execute(select(owed)).all()
    assert any(push.to == "2005007" and "还没有交" in push.text for push in rehearsed)
    assert sorted((push.on.isoformat(), push.to, push.text) for push in rehearsed) == sorted(
        (row.not_before[:10], row.person, json.loads(row.body)["text"]) for row in rows
    )


def test_a_second_clock_that_is_a_moment_later_plays_its_turn_again(one: School) -> None:
    keys = [("K-05", "2026-06", "2010018", "open")]
    with one.database.transaction() as tx:
        occasions.keep(tx, keys, "push|1", at(6, 25))
    with pytest.raises(Conflict), one.database.transaction() as tx:
        occasions.keep(tx, keys, "push|2", at(6, 25))


def test_a_rehearsal_writes_nothing_and_names_those_left_out_with_the_reason(one: School, bot: Bot) -> None:
    found = list(rehearsal.run(bot, date(2026, 6, 25), date(2026, 6, 25)))
    assert not texts(one)
    left_out = {
        one.person: one.reason for one in found if isinstance(one, rehearsal.LeftOut) and one.duty == "K-05"
    }
    assert left_out["2007033"] == "没有公开的承诺"
    assert left_out["1975003"] == "年老体弱，不催"


@pytest.mark.requirement("R-321")
def test_a_push_of_two_duties_is_one_line_that_names_both() -> None:
    parts = (("K-05", "due"), ("K-08", "open"))
    line = rehearsal.Push(date(2026, 10, 5), "2005007", "两件事", parts).line()
    assert line == {
        "on": "2026-10-05",
        "to": "2005007",
        "duty": "K-05",
        "step": "due",
        "text": "两件事",
        "also": [{"duty": "K-08", "step": "open"}],
    }


@pytest.mark.requirement("R-322")
def test_a_reminder_of_what_was_handed_in_meanwhile_never_leaves(one: School, bot: Bot) -> None:
    planning.run(bot, at(6, 25))
    one.now = at(6, 25, 9, 5)
    items = [{"commitment": "C-2026-0155-1", "status": "done", "text": "已谈34人"}]
    data = {"month": "2026-06", "late": False, "items": items, "statement": "完成", "proxy": None}
    subject = Subject("person", "2011045", "刘洋")
    one.write([Entry("person:2011045", "report.submitted", subject, data, "", cast.FIRST, cast.FIRST)])
    verdicts = recheck(one, bot, at(6, 25, 9, 30))
    assert verdicts["2011045"] == "已交"
    assert verdicts["2010018"] is None


def waiting(tx: Transaction) -> list[Owed]:
    return [one.row for one in outbox.standing(tx) if one.row.duty == "K-05"]


def recheck(one: School, bot: Bot, now: datetime) -> dict[str, object]:
    with one.database.transaction() as tx:
        return {row.person: rechecking.eligible(tx, bot.profile, row, now) for row in waiting(tx)}


@pytest.mark.requirement("R-322")
def test_the_words_are_those_of_the_moment_of_sending(one: School, bot: Bot) -> None:
    planning.run(bot, at(6, 25))
    with one.database.transaction() as tx:
        row = next(row for row in waiting(tx) if row.person == "2010018")
        later = rechecking.body(tx, bot.profile, row, at(7, 4))
    assert "6月写实开始了，7月5日前交" in row.body["text"]
    assert later["text"].startswith("您好，我是") and "①带2名青年教师" in later["text"]


def test_more_than_fifty_pushes_that_no_rehearsal_named_are_held_and_the_administrator_is_told(
    one: School, bot: Bot, tmp_path: Path
) -> None:
    few = replace(bot, profile=merged(bot.profile, {"push.hold_above": 1}, "few"))
    decisions = planning.run(few, at(6, 25))
    assert {one.action for one in decisions if one.action != "skipped"} == {"held"}
    with one.database.transaction() as tx:
        states = {row[0]: row[1] for row in tx.connection.execute(select(owed.c.person, owed.c.state))}
    assert states["2010018"] == "held" and states["2009012"] == "waiting"


def test_pushes_that_yesterdays_rehearsal_named_are_not_held(one: School, bot: Bot) -> None:
    few = replace(bot, profile=merged(bot.profile, {"push.hold_above": 1}, "few"))
    rehearsal.tomorrow(few, at(6, 24, 20))
    decisions = planning.run(few, at(6, 25))
    assert {one.action for one in decisions if one.action != "skipped"} == {"planned"}


def test_what_somebody_asked_for_by_name_is_no_flood(one: School, bot: Bot) -> None:
    few = replace(bot, profile=merged(bot.profile, {"push.hold_above": 1}, "few"))
    data = {"duty": "K-05", "period": "2026-06", "until": at(6, 25, 11).isoformat()}
    planning.run(few, at(6, 25))
    for person in ("2010018", "2011045"):
        one.write([Entry(f"person:{person}", "reminder.resent", Subject("person", person, ""), data)])
    made = [one for one in planning.run(few, at(6, 25, 11)) if one.duty == "K-05" and one.action != "skipped"]
    assert [(one.step, one.action) for one in made] == [("manual", "planned")] * 2
