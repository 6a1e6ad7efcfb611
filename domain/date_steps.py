"""Steps through the calendar that expressions of time need; weeks begin on Monday (ISO)."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

# Far enough for a 29 February to come round, near enough to stop.
_YEARS_AHEAD = 9


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none such (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_part(year: int, month: int, part: str | None) -> date | None:
    """The last day meant by a part of a month: 上旬 10, 中 15, 中旬 20, 底 or none its end; 初 counts as 上旬."""
    if not 1 <= month <= 12:
        return None
    fixed = {"初": 10, "上旬": 10, "中": 15, "中旬": 20}.get(part or "")
    return date(year, month, fixed or monthrange(year, month)[1])


def month_start(year: int, month: int) -> date | None:
    """The first day of a month, or None when there is no such month."""
    return make_day(year, month, 1)


def shift_month(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months away from a day's own."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last when it is shorter."""
    year, month = shift_month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_workdays(day: date, count: int) -> date:
    """So many Mondays to Fridays later; holidays are not known here, which errs to the early side."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
    return day


def weekday_in(day: date, weeks: int, weekday: int) -> date:
    """The weekday (0 Monday to 6 Sunday) of the week so many weeks from a day's own."""
    return day + timedelta(days=weeks * 7 + weekday - day.weekday())


def weekday_of_month(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth Monday (0) to Sunday (6) of a month, -1 its last; None when there is no such day or month."""
    if not 1 <= month <= 12:
        return None
    days = [
        day for day in range(1, monthrange(year, month)[1] + 1) if date(year, month, day).weekday() == weekday
    ]
    return date(year, month, days[nth if nth < 0 else nth - 1]) if nth <= len(days) else None


def next_by_year(today: date, build: Callable[[int], date | None]) -> date | None:
    """The first day from today on that comes of building it for each year in turn."""
    built = (build(year) for year in range(today.year, today.year + _YEARS_AHEAD))
    return next((day for day in built if day is not None and day >= today), None)


def next_by_month(today: date, build: Callable[[int, int], date | None]) -> date | None:
    """The first day from today on that comes of building it for each month in turn."""
    built = (build(*shift_month(today, months)) for months in range(13))
    return next((day for day in built if day is not None and day >= today), None)


def day_before(day: date | None) -> date | None:
    """The eve of a day that may be missing."""
    return day - timedelta(days=1) if day else None
