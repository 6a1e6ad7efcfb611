"""Years, terms, quarters and months, each a dated window that partitions the year (R-241)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Literal

Kind = Literal["month", "quarter", "half", "year"]

# 半年 and 学期 are one window: the first ends with July, when the spring term does.
SECOND_HALF_STARTS = 8

_ONE_DAY = timedelta(days=1)
_CODE = re.compile(
    r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?"
)


@total_ordering
@dataclass(frozen=True)
class Period:
    """One window of the default calendar, both ends included; ordered by its start, then by its end."""

    kind: Kind
    start: date
    end: date

    @property
    def label(self) -> str:
        """The code outsiders use: 2026, 2026-06, 2026-Q3, 2026-H1."""
        year = f"{self.start.year:04d}"
        if self.kind == "month":
            return f"{year}-{self.start.month:02d}"
        if self.kind == "quarter":
            return f"{year}-Q{self.end.month // 3}"
        if self.kind == "half":
            return f"{year}-H{1 if self.start.month == 1 else 2}"
        return year

    @property
    def months(self) -> tuple["Period", ...]:
        """The months inside, in order."""
        return tuple(month(self.start.year, number) for number in range(self.start.month, self.end.month + 1))

    @property
    def quarters(self) -> tuple["Period", ...]:
        """The quarters that belong to it: those that end in it, so the third belongs to the second half."""
        ends = (each.end.month for each in self.months)
        return tuple(quarter(self.start.year, end // 3) for end in ends if end % 3 == 0)

    @property
    def next(self) -> "Period":
        """The window of the same kind that follows at once."""
        return period_of(self.kind, self.end + _ONE_DAY)

    @property
    def previous(self) -> "Period":
        """The window of the same kind that ends the day before."""
        return period_of(self.kind, self.start - _ONE_DAY)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self, other: "Period") -> bool:
        return (self.start, self.end) < (other.start, other.end)


def month(year: int, number: int) -> Period:
    """The month with this number, 1 to 12."""
    return _window("month", year, number, number)


def quarter(year: int, number: int) -> Period:
    """The quarter with this number, 1 to 4."""
    return _window("quarter", year, number * 3 - 2, number * 3)


def half(year: int, number: int) -> Period:
    """The first or second term, 1 or 2."""
    if number == 1:
        return _window("half", year, 1, SECOND_HALF_STARTS - 1)
    return _window("half", year, SECOND_HALF_STARTS, 12)


def whole_year(year: int) -> Period:
    """The calendar year."""
    return _window("year", year, 1, 12)


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return month(day.year, day.month)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def half_of(day: date) -> Period:
    """The half-year, which is also the term, a day lies in."""
    return half(day.year, 1 if day.month < SECOND_HALF_STARTS else 2)


def year_of(day: date) -> Period:
    """The year a day lies in."""
    return whole_year(day.year)


def period_of(kind: Kind, day: date) -> Period:
    """The window of a kind that a day lies in."""
    return _OF[kind](day)


_OF: Mapping[Kind, Callable[[date], Period]] = {
    "month": month_of,
    "quarter": quarter_of,
    "half": half_of,
    "year": year_of,
}


def half_of_quarter(period: Period) -> Period:
    """The half-year a quarter rolls up into: the one in which it ends."""
    return half_of(period.end)


def parse_code(code: str) -> Period | None:
    """The window a code such as 2026-Q3 names; None when it names none."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    year = int(match["year"])
    if match["month"]:
        return month(year, int(match["month"]))
    if match["quarter"]:
        return quarter(year, int(match["quarter"]))
    return half(year, int(match["half"])) if match["half"] else whole_year(year)


def month_end(year: int, number: int) -> date:
    """The last day of a month."""
    return (date(year, number, 28) + timedelta(days=4)).replace(day=1) - _ONE_DAY


# A turn asks for the same few months again and again.
@lru_cache(maxsize=1024)
def _window(kind: Kind, year: int, first: int, last: int) -> Period:
    return Period(kind, date(year, first, 1), month_end(year, last))
