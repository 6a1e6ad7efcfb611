"""Days of the farmers' calendar (农历) from 2020 to 2040, for promises and feasts that are named by it."""

from datetime import date, timedelta

# New Year's day and the months from it: 大 has 30 days, 小 has 29, 闰 stands before a leap month.
_YEARS = {
    2020: ("2020-01-25", "小大大大闰小大小小大小大小大"), 2021: ("2021-02-12", "小大大小大小大小大小大小"),
    2022: ("2022-02-01", "大小大小大大小大小大小大"), 2023: ("2023-01-22", "小大闰小小大大小大大小大小大"),
    2024: ("2024-02-10", "小大小小大小大大小大大小"), 2025: ("2025-01-29", "大小大小小大闰小大小大大大小"),
    2026: ("2026-02-17", "大小大小小大小小大大大小"), 2027: ("2027-02-06", "大大小大小小大小小大大小"),
    2028: ("2028-01-26", "大大大小大闰小小大小小大大小"), 2029: ("2029-02-13", "大大小大小大小大小小大大"),
    2030: ("2030-02-03", "小大小大大小大小大小大小"), 2031: ("2031-01-23", "小大大闰小大小大大小大小大小"),
    2032: ("2032-02-11", "大小小大小大大小大大小大"), 2033: ("2033-01-31", "小大小小大小大小大大大闰小大"),
    2034: ("2034-02-19", "小大小小大小大小大大小大"), 2035: ("2035-02-08", "大小大小小大小小大大小大"),
    2036: ("2036-01-28", "大大小大小小闰大小小大小大大"), 2037: ("2037-02-15", "大大小大小小大小小大小大"),
    2038: ("2038-02-04", "大大小大小大小大小小大小"), 2039: ("2039-01-24", "大大小大大闰小大小大小大小小"),
    2040: ("2040-02-12", "大小大大小大小大大小大小"),
}  # fmt: skip
_LENGTHS = {"大": 30, "小": 29}


def day_of(year: int, month: int, day: int) -> date | None:
    """The day in the calendar of all the world; None outside the table or when the month has none such.

    A leap month is passed over: whoever names the sixth month means the first of two. Day 0 is the month's last.
    """
    known = _YEARS.get(year)
    if known is None or not 1 <= month <= 12:
        return None
    start = date.fromisoformat(known[0])
    for is_leap, length, first in _months(start, known[1]):
        month -= not is_leap
        if month == 0:
            return first + timedelta(days=(day or length) - 1) if day <= length else None
    return None


def _months(start: date, lengths: str) -> list[tuple[bool, int, date]]:
    """Whether it is a leap month, its length and its first day, for each month of a year."""
    found = []
    for place, letter in enumerate(lengths):
        if letter in _LENGTHS:
            found.append((lengths[place - 1 : place] == "闰", _LENGTHS[letter], start))
            start += timedelta(days=_LENGTHS[letter])
    return found
