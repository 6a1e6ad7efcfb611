"""When a review was held, in the words of a correction."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from domain.review_moments import Moment, read_moment

TODAY = date(2026, 6, 25)
YESTERDAY = date(2026, 6, 24)


@pytest.mark.requirement("R-129")
@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("时间改成昨天15:00", YESTERDAY, time(15)),
        ("改成昨天下午三点", YESTERDAY, time(15)),
        ("昨天下午的", YESTERDAY, time(15)),
        ("时间昨天", YESTERDAY, None),
        ("下午三点半", None, time(15, 30)),
        ("时间：6月20日 上午", date(2026, 6, 20), time(10)),
        ("时间是前天晚上七点钟", date(2026, 6, 23), time(19)),
    ],
)
def test_day_and_time_of_day_are_read(words: str, day: date | None, clock: time | None) -> None:
    assert read_moment(words, TODAY) == Moment(day, clock)


@pytest.mark.parametrize(
    "words",
    ["现场", "昨天的会没开好", "三天内整改", "昨天下午3点在实验楼", "25点", "时间前年", "时间很紧", ""],
)
def test_whatever_says_more_or_less_is_no_moment(words: str) -> None:
    assert read_moment(words, TODAY) is None


def test_what_was_not_said_stays_as_it_was() -> None:
    before = datetime(2026, 6, 25, 11, 20, tzinfo=UTC)
    assert Moment(YESTERDAY, None).after(before) == datetime(2026, 6, 24, 11, 20, tzinfo=UTC)
    assert Moment(None, time(9)).after(before) == datetime(2026, 6, 25, 9, tzinfo=UTC)
