"""Reads the words with which a report is asked for (本月, 上季度, 去年12月) as windows of the calendar (R-305)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain import numerals, periods
from domain.intake import halfwidth
from domain.periods import Kind, Period


@dataclass(frozen=True)
class PeriodWord:
    """A window and where its word stands in the text."""

    period: Period
    span: tuple[int, int]


Reader = Callable[[re.Match[str], date], Period | None]

_ONE = "一二三四五六七八九"
_FREE = r"(?<![0-9.〇零一二三四五六七八九十])"
_YEAR = (
    rf"(?:(?P<year>(?:19|20|21)[0-9]{{2}}|[0-9]{{2}}|[一二][〇零{_ONE}]{{3}})\s?年度?"
    r"|(?P<spoken>今年|本年度?|去年|上年度?|前年|明年))的?\s?"
)
_WHICH = "(?P<which>本|这|当前?|上|下)一?个?"
_STEPS = {"本": 0, "这": 0, "当": 0, "当前": 0, "上": -1, "下": 1}
_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1}
_KINDS: dict[str, Kind] = {"月": "month", "季": "quarter", "学期": "half", "年度": "year"}


def read_period(text: str, today: date) -> PeriodWord | None:
    """The first window a text names; a month or quarter without a year is the last one that has begun."""
    plain = halfwidth(text)
    letters = frozenset(plain)
    found = [
        (match.start(), -match.end(), period)
        for marks, pattern, reader in _FORMS
        if not letters.isdisjoint(marks)
        for match in pattern.finditer(plain)
        if (period := reader(match, today)) is not None
    ]
    if not found:
        return None
    start, end, period = min(found, key=lambda each: each[:2])
    return PeriodWord(period, (start, -end))


def _code(match: re.Match[str], today: date) -> Period | None:
    return periods.parse_code(match[0].upper())


def _month(match: re.Match[str], today: date) -> Period | None:
    number = numerals.read(match["number"]) or 0
    return _last_begun(match, today, lambda year: periods.month(year, number)) if 1 <= number <= 12 else None


def _quarter(match: re.Match[str], today: date) -> Period | None:
    number = numerals.read(match["nth"] or match["number"]) or 0
    return _last_begun(match, today, lambda year: periods.quarter(year, number))


def _half(match: re.Match[str], today: date) -> Period | None:
    year = _named_year(match, today)
    first = match["half"] in ("上半年", "第一学期", "一学期", "春季学期")
    return periods.half(today.year if year is None else year, 1 if first else 2)


def _year(match: re.Match[str], today: date) -> Period | None:
    year = _named_year(match, today)
    return None if year is None else periods.whole_year(year)


def _spoken(match: re.Match[str], today: date) -> Period | None:
    period = periods.period_of(_KINDS[match["kind"]], today)
    step = _STEPS[match["which"]]
    return period.next if step > 0 else period.previous if step < 0 else period


def _last_begun(match: re.Match[str], today: date, build: Callable[[int], Period]) -> Period:
    year = _named_year(match, today)
    if year is not None:
        return build(year)
    this = build(today.year)
    return this if this.start <= today else build(today.year - 1)


def _named_year(match: re.Match[str], today: date) -> int | None:
    if match["spoken"]:
        return today.year + _YEARS[match["spoken"]]
    if not match["year"]:
        return None
    year = numerals.read_positions(match["year"]) or 0
    return year if year >= 100 else 2000 + year


# Of the letters that stand first any such word holds one: quickly told, while a search takes the text's length.
_FORMS: tuple[tuple[str, re.Pattern[str], Reader], ...] = tuple(
    (marks, re.compile(pattern), reader)
    for marks, pattern, reader in (
        ("-", r"(?<![0-9A-Za-z-])(?:19|20|21)[0-9]{2}-(?:[QqHh][1-4]|[01][0-9])(?![0-9-])", _code),
        (
            "月",
            rf"{_FREE}(?:{_YEAR})?(?P<number>1[0-2]|0?[1-9]|十[一二]?|[{_ONE}])\s?月份?(?!\s?[0-9{_ONE}十底末初中上下])",
            _month,
        ),
        (
            "季",
            rf"{_FREE}(?:{_YEAR})?(?:第(?P<nth>[一二三四1-4])个?|(?P<number>[一二三四1-4]))季度?",
            _quarter,
        ),
        ("半期", rf"(?:{_YEAR})?(?P<half>[上下]半年|(?:第[一二]|(?<![上下第])[一二]|[春秋]季)学期)", _half),
        ("月季期年", rf"{_WHICH}(?P<kind>月|季|学期|年度)(?:份|度)?", _spoken),
        ("年", rf"(?<![0-9]){_YEAR}", _year),
    )
)
