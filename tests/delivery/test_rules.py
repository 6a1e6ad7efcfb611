"""May this reminder leave now: hours, beginnings, ends, and what its planner says at the last moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import profiles
from bot.delivery import Duties, Later, deliver
from bot.delivery.rules import Gate
from domain import enrolment
from storage.codec import ZONE
from storage.db import Transaction
from storage.owed import Owed
from tests import cast
from tests.installation import NOON, note

FIRST = next(org for org in cast.ORGS if org.id == cast.FIRST)
SCHOOL = next(org for org in cast.ORGS if org.id == cast.SCHOOL)


def push(n: object = 1, **more: Any) -> Owed:
    return note(n, duty="K-05", step="open", unit=cast.FIRST, period="2026-11", **more)


def test_a_reminder_in_the_night_waits_for_the_morning_and_news_do_not(here):
    late = NOON.replace(hour=21)
    here.owe(push(now=late), note(2, now=late))
    deliver(here.bot, here.move(hours=9))
    assert here.texts("zhangwei") == ["消息2"]
    assert deliver(here.bot, here.move(hours=10, minutes=59)) == []
    deliver(here.bot, here.move(minutes=1))
    assert here.now == datetime(2026, 11, 24, 8, tzinfo=ZONE)
    assert here.texts("zhangwei") == ["消息2", "消息1"]


@pytest.mark.requirement("R-320")
@given(st.integers(0, 366 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=ZONE) + timedelta(minutes=n)))
def test_whatever_the_moment_a_reminder_leaves_by_day_or_at_the_next_morning(moment):
    gate = Gate(_nothing(), profiles.load("harbin"), moment, Duties())
    verdict = gate.judge(replace(push(), unit=""))
    by_day = 8 <= moment.hour < 21
    assert (verdict is None) == by_day
    if not by_day:
        assert isinstance(verdict, Later)
        assert (verdict.until.hour, verdict.until.minute) == (8, 0)
        assert timedelta() < verdict.until - moment <= timedelta(hours=11)


def _nothing() -> Transaction:
    """These rules ask the database nothing."""
    return None  # type: ignore[return-value]


@pytest.mark.requirement("R-354")
def test_a_unit_hears_nothing_before_its_secretary_has_begun(here):
    here.school.write([enrolment.org_changed(FIRST, opened_on=None)])
    here.owe(push(), note(2))
    deliver(here.bot, NOON)
    assert here.texts("zhangwei") == ["消息2"]
    assert here.states()["news|1"] == ("waiting", "等书记回复“开始”")
    here.school.write([enrolment.opened(FIRST, NOON.date())])
    deliver(here.bot, here.move(hours=1))
    assert here.texts("zhangwei") == ["消息2", "消息1"]


@pytest.mark.requirement("R-350")
def test_a_unit_hears_nothing_before_its_day_which_it_may_inherit(here):
    here.school.write([enrolment.org_changed(SCHOOL, starts_on=date(2026, 11, 24).isoformat())])
    here.owe(push())
    deliver(here.bot, NOON)
    assert here.states()["news|1"] == ("waiting", "还没到启用日期")
    deliver(here.bot, here.move(days=1))
    assert here.texts("zhangwei") == ["消息1"]


def test_what_was_held_too_long_is_dropped_with_its_reason(here):
    here.owe(push(deadline=NOON + timedelta(hours=1)), push(2, deadline=NOON + timedelta(days=1)))
    deliver(here.bot, here.move(hours=2))
    assert here.states()["news|1"] == ("cancelled", "已过期")
    assert here.texts("zhangwei") == ["消息2"]


@pytest.mark.requirement("R-322")
def test_a_duty_that_was_done_meanwhile_cancels_its_reminder_and_says_why(here):
    def eligible(tx: Transaction, row: Owed, now: datetime) -> str | None:
        return "已交" if row.key == "news|1" else None

    here.owe(push(), push(2), note(3))
    (cancelled,) = [
        one for one in deliver(here.bot, NOON, Duties(eligible=eligible)) if one.action == "cancelled"
    ]
    assert (cancelled.duty, cancelled.step, cancelled.reason) == ("K-05", "open", "已交")
    assert here.texts("zhangwei") == ["消息2", "消息3"]


def test_a_reminder_may_be_put_off_to_a_moment(here):
    until = NOON + timedelta(hours=2)
    duties = Duties(eligible=lambda tx, row, now: Later(until, "本人约了稍后") if now < until else None)
    here.owe(push())
    deliver(here.bot, NOON, duties)
    assert here.states()["news|1"] == ("waiting", "本人约了稍后")
    deliver(here.bot, here.move(hours=2), duties)
    assert here.texts("zhangwei") == ["消息1"]


def test_the_words_are_made_at_the_first_attempt_and_stay_the_same_afterwards(here):
    made: list[datetime] = []

    def render(tx: Transaction, row: Owed, now: datetime) -> Mapping[str, Any]:
        made.append(now)
        return {"text": f"还剩{len(made)}天"}

    here.owe(push())
    here.sandbox.faults.fail_next("message/send", -1, 1)
    deliver(here.bot, NOON, Duties(render=render))
    deliver(here.bot, here.move(minutes=1), Duties(render=render))
    assert here.texts("zhangwei") == ["还剩1天"] and made == [NOON]


def test_a_rule_that_names_a_moment_of_the_past_keeps_nobody_busy(here):
    duties = Duties(eligible=lambda tx, row, now: Later(now - timedelta(days=1), "早该发了"))
    here.owe(push())
    assert [one.action for one in deliver(here.bot, NOON, duties)] == ["held"]
