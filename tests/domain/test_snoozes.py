"""稍后提醒: how long, and which wish counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entries import Entry, Stamp, Subject, seal
from domain.snoozes import LONGEST, fold, read_until

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 7, 1, 10, 20, tzinfo=ZONE)


@pytest.mark.requirement("R-320")
@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("稍后提醒", "2026-07-01 12:20"),
        ("没空，晚点再说", "2026-07-01 12:20"),
        ("半小时后提醒我", "2026-07-01 10:50"),
        ("两个小时后再提醒我", "2026-07-01 12:20"),
        ("40分钟后提醒", "2026-07-01 11:00"),
        ("下午提醒我", "2026-07-01 14:00"),
        ("晚上8点提醒我", "2026-07-01 20:00"),
        ("下午三点半提醒", "2026-07-01 15:30"),
        ("明天提醒我", "2026-07-02 09:00"),
        ("明天上午提醒我", "2026-07-02 09:00"),
        ("明天下午提醒我", "2026-07-02 14:00"),
        ("明早提醒", "2026-07-02 09:00"),
        ("后天再提醒", "2026-07-03 09:00"),
        ("三天后提醒", "2026-07-04 10:20"),
        ("下周一提醒我", "2026-07-06 09:00"),
    ],
)
def test_the_moment_is_read_from_plain_words(words: str, until: str) -> None:
    assert read_until(words, NOW) == datetime.fromisoformat(until).replace(tzinfo=ZONE)


@pytest.mark.parametrize("words", ["下个月提醒我", "30天后提醒", "7月20日提醒我", "早上提醒我"])
def test_nobody_is_put_off_beyond_a_week_or_into_the_past(words: str) -> None:
    assert read_until(words, NOW) is None


@given(st.text(max_size=60))
def test_whatever_is_said_lies_within_a_week(words: str) -> None:
    until = read_until(words, NOW)
    assert until is None or NOW < until <= NOW + LONGEST


def test_the_latest_wish_counts() -> None:
    def wish(until: datetime, seq: int):
        data = {"duty": "K-05", "period": "2026-06", "until": until.isoformat()}
        entry = Entry("person:1", "reminder.snoozed", Subject("person", "1", "甲"), data)
        return seal(entry, Stamp("1", NOW, NOW), seq, "", "")

    first = fold(None, wish(NOW + timedelta(hours=1), 1))
    second = fold(first, wish(NOW + timedelta(hours=3), 2))
    assert second is not None and second.until == NOW + timedelta(hours=3)
