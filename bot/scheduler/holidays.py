"""Which days are worked: the office's own list first, the holiday package for years it knows, fixed days beyond.

The package ends with the year after its release and raises beyond it; a reminder must degrade, not fail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import chinese_calendar

from domain.profile import Profile
from domain.reminders import IsWorkday, workdays

FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Days off by law in every year; the moving feasts of an unknown year are not guessed."""


def calendar(profile: Profile) -> IsWorkday:
    """The office's workdays."""
    listed = workdays(profile.holidays(), profile.made_up_workdays())
    years = {day.year for day in profile.holidays()}
    return lambda day: listed(day) if day.year in years else _unlisted(day)


def _unlisted(day: date) -> bool:
    known: Callable[[date], bool] = chinese_calendar.is_workday
    try:
        return known(day)
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED
