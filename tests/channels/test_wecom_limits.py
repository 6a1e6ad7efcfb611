"""Nobody is sent more than WeCom delivers, and a blocked interface rests."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wecom.limits import HOUR, MINUTE, Pace, rest

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


def test_what_others_sent_before_counts():
    pace = Pace({"lifang": [NOON - 30 * SECOND] * 25})
    assert pace.plan("lifang", NOON) == NOON + 30 * SECOND
    assert pace.plan("liuyang", NOON) == NOON


def test_a_message_in_time_goes_at_once():
    pace = Pace()
    assert [pace.plan("lifang", NOON + n * 3 * SECOND) for n in range(100)] == [
        NOON + n * 3 * SECOND for n in range(100)
    ]


def test_a_message_never_overtakes_one_booked_before():
    pace = Pace(per_minute=2)
    assert pace.plan("lifang", NOON + 5 * SECOND) == pace.plan("lifang", NOON) == NOON + 5 * SECOND


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
    midnight = NOON.replace(day=24, hour=0)
    assert [rest(n, NOON) for n in (1, 2, 3, 4)] == [NOON + MINUTE, NOON + HOUR, midnight, midnight]
