"""Who leaves a question open and falls silent is reminded of it once, by day, and never of anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from bot.parts import Bot
from bot.scheduler import planning, rehearsal, ticks, unfinished
from domain import enrolment
from domain.profile import merged
from storage import settings, speakers
from storage.codec import ZONE
from storage.tables import conversation, owed
from tests import cast
from tests.installation import Installation, running

ZHANG, WANG, LI, ADMIN = "2010018", "2010052", "2005007", "2009012"
SAID = "您的“11月写实”写到第2件，还没有交。接着办请回复“继续”；改天再办也可以，已写的都留着。"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 11, 25, 10, tzinfo=ZONE)
        made.school.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
        made.school.publish(ZHANG, "实验室周三开放", date(2026, 12, 31), n=2)
        yield made


def say(here: Installation, person: str, *words: str) -> str:
    """Say it now; time then stands at the last word."""
    here.school.now = here.now
    for each in words:
        here.school.say(person, each)
    here.clock.moment = here.school.now
    return here.school.outcomes[-1].reply


def leave_a_month(here: Installation) -> None:
    assert "第2件" in say(here, ZHANG, "写实", "0", "听课两次")


def tick(here: Installation) -> list[tuple[str, str, str, str, str]]:
    """Plan and send; the decisions about drafts."""
    found = ticks.plan(here.bot, here.now) + ticks.send(here.bot, here.now)
    return [
        (one.tick, one.person, one.step, one.action, one.reason)
        for one in found
        if one.duty == unfinished.DUTY
    ]


def nudges(here: Installation, account: str = "zhangwei") -> list[str]:
    return [words for words in here.texts(account) if "接着办请回复“继续”" in words]


def draft_rows(here: Installation) -> list[Any]:
    with here.bot.database.reading() as tx:
        return list(tx.connection.execute(select(owed).where(owed.c.duty == unfinished.DUTY)))


def kept(here: Installation) -> list[tuple[Any, ...]]:
    with here.bot.database.reading() as tx:
        return [tuple(row) for row in tx.connection.execute(select(conversation))]


def with_profile(here: Installation, **changes: Any) -> Bot:
    values = {name.replace("_", ".", 1): value for name, value in changes.items()}
    return replace(here.bot, profile=merged(here.bot.profile, values, "own"))


@pytest.mark.row(23)
def test_half_an_hour_of_silence_brings_one_push_and_no_second_one_ever(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=29, seconds=59)
    assert tick(here) == []
    here.move(seconds=1)
    assert tick(here) == [("plan", ZHANG, "left", "planned", ""), ("deliver", ZHANG, "left", "sent", "")]
    assert nudges(here) == [SAID]
    for _ in range(3):
        here.move(hours=7)
        tick(here)
    assert nudges(here) == [SAID]


@pytest.mark.row(23)
@pytest.mark.requirement("R-299")
def test_the_push_opens_nothing_and_changes_no_list(here: Installation) -> None:
    leave_a_month(here)
    before = kept(here)
    here.move(minutes=31)
    tick(here)
    assert kept(here) == before
    assert "第2件" in say(here, ZHANG, "继续")
    assert "已完成。\n效果怎样" in say(here, ZHANG, "2")


@pytest.mark.row(23)
def test_whoever_goes_on_before_it_leaves_is_left_in_peace(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=31)
    ticks.plan(here.bot, here.now)
    say(here, ZHANG, "返回")
    here.move(minutes=1)
    assert tick(here) == [("deliver", ZHANG, "left", "cancelled", "本人已经接着办")]
    here.move(hours=2)
    assert tick(here) == [] and nudges(here) == []


@pytest.mark.row(23)
@pytest.mark.parametrize("words", ["取消", "点评"])
def test_of_what_was_put_aside_or_ended_nobody_is_reminded(here: Installation, words: str) -> None:
    say(here, LI, "点评刘洋：带学生用心")
    here.move(minutes=31)
    ticks.plan(here.bot, here.now)
    say(here, LI, *(("取消",) if words == "取消" else ("确认",)))
    here.move(minutes=1)
    assert tick(here) == [("deliver", LI, "left", "cancelled", "那一件已经办完或放下了")]


@pytest.mark.row(23)
def test_a_question_in_the_middle_counts_as_speaking(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=25)
    say(here, ZHANG, "帮助")
    here.move(minutes=10)
    assert tick(here) == []
    here.move(minutes=20)
    tick(here)
    assert nudges(here) == [SAID]


@pytest.mark.row(23)
def test_a_draft_brought_back_is_still_the_same_draft(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=31)
    tick(here)
    say(here, ZHANG, "取消", "继续")
    here.move(hours=1)
    assert tick(here) == [] and nudges(here) == [SAID]


@pytest.mark.row(23)
def test_an_offer_and_a_record_that_is_only_looked_at_wait_for_nothing(here: Installation) -> None:
    say(here, WANG, "6月底前给大四学生讲2次论文写作", "1", "签字")
    say(here, ZHANG, "写实", "1 听课两次；2 开放两次", "按计划推进", "确认")
    assert "您已经交了" in say(here, ZHANG, "写实")
    here.move(hours=1)
    assert tick(here) == []


@pytest.mark.row(23)
def test_what_only_waits_for_its_last_word_says_so(here: Installation) -> None:
    say(here, ZHANG, "写实", "1 听课两次；2 开放两次", "按计划推进")
    say(here, LI, "点评刘洋：带学生用心")
    here.move(hours=1)
    tick(here)
    assert nudges(here)[0].startswith("您的“11月写实”写好了，只差回复“确认”。")
    assert nudges(here, "lifang")[0].startswith("您的“点评”只差最后一步确认。")


@pytest.mark.row(23)
def test_by_night_it_waits_for_the_morning(here: Installation) -> None:
    here.move(hours=10, minutes=45)
    leave_a_month(here)
    here.move(minutes=31)
    assert tick(here) == [("plan", ZHANG, "left", "planned", "")]
    here.move(hours=10)
    assert tick(here) == [] and nudges(here) == []
    here.move(hours=1)
    tick(here)
    assert nudges(here) == [SAID]


@pytest.mark.row(23)
@pytest.mark.requirement("R-354")
def test_a_unit_that_has_not_begun_hears_nothing(here: Installation) -> None:
    unit = next(org for org in cast.ORGS if org.id == cast.FIRST)
    here.school.write([enrolment.org_changed(unit, opened_on=None)])
    leave_a_month(here)
    here.move(minutes=31)
    assert tick(here)[-1][3:] == ("held", "等书记回复“开始”")
    assert nudges(here) == []


@pytest.mark.row(23)
@pytest.mark.requirement("R-351")
def test_held_back_for_a_day_it_is_not_sent_any_more(here: Installation) -> None:
    with here.bot.database.transaction() as tx:
        settings.put(tx, "hold", here.now.isoformat())
    leave_a_month(here)
    here.move(minutes=31)
    assert tick(here)[-1] == ("deliver", ZHANG, "left", "held", "已停发")
    with here.bot.database.transaction() as tx:
        settings.put(tx, "hold", "")
    here.move(hours=24)
    assert tick(here) == [("deliver", ZHANG, "left", "cancelled", "已过期")]


@pytest.mark.row(23)
def test_after_a_long_outage_a_draft_of_yesterday_is_nothing_to_push(here: Installation) -> None:
    leave_a_month(here)
    here.move(hours=24, minutes=1)
    assert tick(here) == [] and draft_rows(here) == []
    assert "第2件" in say(here, ZHANG, "继续")


@pytest.mark.row(23)
def test_the_office_may_want_none_of_it(here: Installation) -> None:
    leave_a_month(here)
    here.move(hours=1)
    assert unfinished.run(with_profile(here, chat_nudge_minutes=0), here.now) == []


@pytest.mark.row(23)
def test_a_stranger_in_the_middle_of_his_questions_gets_none(here: Installation) -> None:
    say(here, "newcomer", "你好", "周敏")
    here.move(hours=1)
    assert tick(here) == []


@pytest.mark.row(23)
@pytest.mark.requirement("R-355")
def test_the_introduction_still_comes_with_the_first_reminder_and_once(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=31)
    ticks.plan(here.bot, here.now)
    here.move(days=8)
    ticks.plan(here.bot, here.now)
    with here.bot.database.reading() as tx:
        query = select(owed.c.duty, owed.c.body).where(owed.c.person == ZHANG).order_by(owed.c.created)
        introduced = [row.duty for row in tx.connection.execute(query) if "小助手" in row.body]
    assert introduced == ["K-05"]


@pytest.mark.row(23)
def test_a_rehearsal_knows_nothing_of_drafts(here: Installation) -> None:
    days = date(2026, 11, 25), date(2026, 12, 6)
    before = list(rehearsal.run(here.bot, *days))
    leave_a_month(here)
    here.move(minutes=31)
    unfinished.run(here.bot, here.now)
    assert list(rehearsal.run(here.bot, *days)) == before


@pytest.mark.row(23)
def test_two_clocks_owe_it_once_and_only_one_says_so(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=31)
    rows = unfinished._due(here.bot, here.now)
    with here.bot.database.transaction() as tx:
        assert len(unfinished._owe(tx, rows, "waiting")) == 1
        assert unfinished._owe(tx, rows, "waiting") == []
    assert unfinished.run(here.bot, here.now) == [] and len(draft_rows(here)) == 1


def crowd(here: Installation, n: int) -> None:
    """So many conversations with an open draft, of people who really are in the roster."""
    draft = {"handler": "report", "fields": {"month": "2026-11"}, "asked": "all"}
    with here.bot.database.transaction() as tx:
        for at, person in enumerate(list(cast.ACCOUNT)[:n]):
            started = (here.now + timedelta(seconds=at)).isoformat()
            speakers.save(tx, person, {"draft": {**draft, "started": started}}, here.now)


@pytest.mark.row(23)
@pytest.mark.requirement("R-351")
def test_more_at_once_than_anybody_foresaw_are_held_and_the_administrator_is_told(here: Installation) -> None:
    crowd(here, 12)
    here.move(minutes=31)
    few = with_profile(here, push_hold_above=10)
    assert {one.action for one in unfinished.run(few, here.now)} == {"held"}
    assert {row.state for row in draft_rows(here)} == {"held"}
    ticks.send(here.bot, here.now)
    assert any("12条提醒不在昨晚的预演里" in words for words in here.texts("mengfan"))


@pytest.mark.row(23)
def test_twenty_drafts_cost_as_many_statements_as_two(here: Installation) -> None:
    def statements(n: int) -> int:
        crowd(here, n)
        here.move(minutes=31)
        heard: list[str] = []
        listen = lambda *given: heard.append(given[2])  # noqa: E731
        event.listen(here.bot.database.engine, "before_cursor_execute", listen)
        found = unfinished._due(here.bot, here.now)
        event.remove(here.bot.database.engine, "before_cursor_execute", listen)
        assert len(found) == n
        return len(heard)

    assert statements(2) == statements(20) == 2


@pytest.mark.row(23)
def test_those_who_fell_silent_are_found_by_the_index(sqlite_url: str, tmp_path: Path) -> None:
    with running(sqlite_url, tmp_path) as here:
        heard: list[tuple[str, Any]] = []
        listen = lambda *given: heard.append((given[2], given[3]))  # noqa: E731
        event.listen(here.bot.database.engine, "before_cursor_execute", listen)
        unfinished._due(here.bot, here.now)
        event.remove(here.bot.database.engine, "before_cursor_execute", listen)
        with here.bot.database.reading() as tx:
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {heard[0][0]}", heard[0][1])
            assert any("conversation_touched" in str(row) for row in plan)


@pytest.mark.row(23)
def test_planning_reminders_is_as_it_was(here: Installation) -> None:
    leave_a_month(here)
    here.move(minutes=31)
    both = ticks.plan(here.bot, here.now)
    with here.bot.database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM owed"))
        tx.connection.execute(text("DELETE FROM occasion"))
    alone = planning.run(here.bot, here.now)
    assert [one for one in both if one.duty != unfinished.DUTY] == alone


def reminders(here: Installation) -> list[tuple[str, str]]:
    """What became of the month's reminder to 张伟 at this moment."""
    found = ticks.plan(here.bot, here.now) + ticks.send(here.bot, here.now)
    mine = [one for one in found if (one.tick, one.person, one.duty) == ("deliver", ZHANG, "K-05")]
    return [(one.action, one.reason) for one in mine]


@pytest.mark.requirement("R-299")
def test_a_reminder_does_not_break_into_a_talk_and_comes_ten_minutes_after_it(here: Installation) -> None:
    say(here, ZHANG, "作承诺")
    assert reminders(here) == [("held", "本人正在办别的事")]
    here.move(minutes=9)
    assert reminders(here) == []
    here.move(minutes=2)
    assert reminders(here) == [("sent", "")]


@pytest.mark.requirement("R-299")
def test_a_talk_that_goes_on_for_hours_keeps_no_reminder_longer_than_two(here: Installation) -> None:
    say(here, ZHANG, "作承诺")
    for _ in range(14):
        assert ("sent", "") not in reminders(here)
        here.move(minutes=8)
        say(here, ZHANG, "帮助")
    here.move(minutes=9)
    assert reminders(here) == [("sent", "")]
