"""Nobody is sent more than WeCom delivers, and a blocked interface rests."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wecom.limits import HOUR, MINUTE, Pace, Pauses

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SECOND = timedelta(seconds=1)


@pytest.mark.requirement("R-294")
def test_thirty_five_messages_of_one_minute_are_spread_and_none_is_lost():
    pace = Pace()
    planned = [pace.plan("lifang", NOON) for _ in range(35)]
    assert planned == [NOON] * 25 + [NOON + MINUTE] * 10


@pytest.mark.requirement("R-294")
def test_the_thousandth_message_waits_for_the_next_hour():
    pace = Pace()
    planned = [pace.plan("lifang", NOON) for _ in range(901)]
    assert planned[899] < NOON + HOUR <= planned[900]


def test_a_message_in_time_goes_at_once():
    pace = Pace()
    assert [pace.plan("lifang", NOON + n * 3 * SECOND) for n in range(100)] == [
        NOON + n * 3 * SECOND for n in range(100)
    ]


def test_a_message_never_overtakes_one_booked_before():
    pace = Pace(per_minute=2)
    assert pace.plan("lifang", NOON + 5 * SECOND) == pace.plan("lifang", NOON) == NOON + 5 * SECOND


def test_one_person_does_not_slow_another():
    pace = Pace()
    for _ in range(25):
        pace.plan("lifang", NOON)
    assert pace.plan("liuyang", NOON) == NOON


def test_two_spellings_of_an_account_are_one():
    pace = Pace(per_minute=1)
    pace.plan("LiFang", NOON)
    assert pace.plan("lifang", NOON) == NOON + MINUTE


def test_an_account_is_forgotten_after_an_hour_and_not_before():
    pace = Pace(per_minute=1, per_hour=1)
    pace.plan("lifang", NOON)
    pace.forget(NOON + HOUR - SECOND)
    assert pace.plan("lifang", NOON + MINUTE) == NOON + HOUR
    pace.forget(NOON + 2 * HOUR)
    assert pace.plan("lifang", NOON) == NOON


@settings(max_examples=50)
@given(st.lists(st.integers(0, 90), max_size=200))
def test_no_window_ever_holds_too_many(gaps):
    pace, moment, planned = Pace(per_minute=4, per_hour=30), NOON, []
    for gap in gaps:
        moment += gap * SECOND
        planned.append(pace.plan("lifang", moment))
        assert planned[-1] >= moment
    for limit, window in ((4, MINUTE), (30, HOUR)):
        assert all(
            later - earlier >= window for earlier, later in zip(planned, planned[limit:], strict=False)
        )


def test_a_blocked_interface_rests_a_minute_then_an_hour_then_the_day():
    pauses = Pauses()
    first = pauses.block("send", NOON)
    second = pauses.block("send", first)
    third = pauses.block("send", second)
    assert (first, second) == (NOON + MINUTE, first + HOUR)
    assert third == NOON.replace(day=24, hour=0)


def test_a_resting_interface_says_until_when_and_others_work_on():
    pauses = Pauses()
    pauses.block("send", NOON)
    assert pauses.until("send", NOON + 59 * SECOND) == NOON + MINUTE
    assert pauses.until("send", NOON + MINUTE) is None
    assert pauses.until("fetch", NOON) is None


def test_a_second_refusal_of_the_same_minute_does_not_lengthen_the_rest():
    pauses = Pauses()
    assert pauses.block("send", NOON) == pauses.block("send", NOON + 30 * SECOND) == NOON + MINUTE


def test_a_success_makes_the_next_rest_short_again():
    pauses = Pauses()
    pauses.block("send", pauses.block("send", NOON))
    pauses.succeeded("send")
    assert pauses.block("send", NOON) == NOON + MINUTE
