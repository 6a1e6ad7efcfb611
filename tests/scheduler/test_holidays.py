"""Reminders avoid days off: by the office's list, by the package, and in years that nobody knows yet."""

from datetime import date

import pytest

from bot import profiles
from bot.scheduler.holidays import calendar
from domain.profile import merged

IS_WORKDAY = calendar(profiles.load("harbin"))


@pytest.mark.requirement("R-242")
@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 23), True),
        (date(2025, 10, 6), False),
        (date(2039, 1, 1), False),
        (date(2039, 10, 3), False),
        (date(2039, 3, 15), True),
        (date(2039, 3, 13), False),
    ],
)
def test_a_day_is_worked_or_not(day: date, is_workday: bool) -> None:
    assert IS_WORKDAY(day) is is_workday


@pytest.mark.requirement("R-242")
def test_the_offices_own_list_wins_over_everything() -> None:
    own = merged(
        profiles.load("harbin"), {"calendar.holidays": ["2026-03-12"], "calendar.workdays": []}, "own"
    )
    assert not calendar(own)(date(2026, 3, 12))
    assert calendar(own)(date(2026, 10, 1))
