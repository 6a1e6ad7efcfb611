"""What each shape of a written time means, counted from today (R-301)."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain import date_patterns, festivals, lunar, numerals, periods
from domain.date_steps import (
    add_months,
    add_workdays,
    day_before,
    make_day,
    month_part,
    month_start,
    next_by_month,
    next_by_year,
    shift_month,
    weekday_in,
    weekday_of_month,
)

Unclear = Literal["vague", "impossible"]
Resolved = date | Unclear | None
Resolver = Callable[[re.Match[str], date], Resolved]

_SPOKEN_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}
_NAMED_DAYS = {"大后": 3, "后": 2, "明": 1, "今": 0, "昨": -1, "前": -2}
_STEPS = {"下下": 2, "下": 1, "次": 1, "这": 0, "本": 0, "当": 0, "上": -1}
_MOONS = {"正": 1, "冬": 11, "腊": 12}
_WEEKDAYS = "一二三四五六日"


def _none(match: re.Match[str], today: date) -> Resolved:
    return None


def _vague(match: re.Match[str], today: date) -> Resolved:
    return "vague"


def _month_day(match: re.Match[str], today: date) -> Resolved:
    month = _number(match["month"])
    day = match["last"] or match["day"] or match["plain"]

    def build(year: int) -> date | None:
        if match["before"]:
            return day_before(month_start(year, month))
        return make_day(year, month, _number(day)) if day else month_part(year, month, match["part"])

    return _in_year(match, today, build)


def _numeric(match: re.Match[str], today: date) -> Resolved:
    year, month = int(match["year"]), int(match["month"])
    day = make_day(year, month, int(match["day"])) if match["day"] else month_part(year, month, None)
    return day or "impossible"


def _short_numeric(match: re.Match[str], today: date) -> Resolved:
    month, day = int(match["month"]), int(match["day"])
    return next_by_year(today, lambda year: make_day(year, month, day)) or "impossible"


def _spoken_month(match: re.Match[str], today: date) -> Resolved:
    year, month = shift_month(today, _step(match["which"]))
    day = match["day"] or match["plain"]
    if match["before"]:
        return day_before(month_start(year, month))
    return (
        make_day(year, month, _number(day)) if day else month_part(year, month, match["part"])
    ) or "impossible"


def _month_part(match: re.Match[str], today: date) -> Resolved:
    part = match["part"] or match["short"]
    return next_by_month(today, lambda year, month: month_part(year, month, part))


def _day_alone(match: re.Match[str], today: date) -> Resolved:
    day = _number(match["day"] or match["until"])
    return next_by_month(today, lambda year, month: make_day(year, month, day)) or "impossible"


def _quarter(match: re.Match[str], today: date) -> Resolved:
    number = _number(match["nth"] or match["quarter"])

    def build(year: int) -> date | None:
        quarter = periods.quarter(year, number)
        return day_before(quarter.start) if match["before"] else quarter.end

    return _in_year(match, today, build)


def _spoken_quarter(match: re.Match[str], today: date) -> Resolved:
    return _shifted(periods.quarter_of(today), match["which"]).end


def _half_year(match: re.Match[str], today: date) -> Resolved:
    # A promise for 上半年 ends with June as everybody says it, though the office's window runs through July.
    month, day = (6, 30) if match["half"] == "上" else (12, 31)
    return _in_year(match, today, lambda year: date(year, month, day))


def _term(match: re.Match[str], today: date) -> Resolved:
    term = _shifted(periods.half_of(today), match["which"])
    if match["part"]:
        return "vague"
    return day_before(term.start) if match["before"] else term.end


def _year_part(match: re.Match[str], today: date) -> Resolved:
    named = match["year"] or match["spoken"]
    if match["part"] == "初" or (match["before"] and not named):
        return "vague"
    if match["before"]:
        return _in_year(match, today, lambda year: date(year - 1, 12, 31))
    month, day = (6, 30) if match["part"] == "中" else (12, 31)
    return _in_year(match, today, lambda year: date(year, month, day))


def _weekday(match: re.Match[str], today: date) -> Resolved:
    weekday = _WEEKDAYS.index((match["weekday"] or "日").replace("天", "日"))
    if match["which"]:
        return weekday_in(today, _step(match["which"]), weekday)
    return weekday_in(today, 1 if weekday < today.weekday() else 0, weekday)


def _spoken_week(match: re.Match[str], today: date) -> Resolved:
    return weekday_in(today, _step(match["which"]), 6)


def _named_day(match: re.Match[str], today: date) -> Resolved:
    return today + timedelta(days=_NAMED_DAYS[match["name"][:-1]])


def _duration(match: re.Match[str], today: date) -> Resolved:
    written = match["count"] or match["bare"]
    unit = (match["unit"] or match["measure"]).lstrip("个")
    if written == "半":
        return {"月": today + timedelta(days=15), "年": add_months(today, 6), "天": today}.get(unit)
    count = numerals.read(written)
    return None if count is None else _later(today, count, unit)


def _later(today: date, count: int, unit: str) -> Resolved:
    if unit == "小时":
        return today + timedelta(days=count // 24) if count and count % 24 == 0 else None
    if unit == "工作日":
        return add_workdays(today, count)
    if unit in ("月", "年", "半月"):
        later = add_months(today, count * 12 if unit == "年" else count)
        return later + timedelta(days=15) if unit == "半月" else later
    return today + timedelta(days=count * (1 if unit in ("天", "日") else 7))


def _festival(match: re.Match[str], today: date) -> Resolved:
    name = match["name"] or match["short"]
    eve = match["before"] or match["eve"]

    def build(year: int) -> date | None:
        day = festivals.day_of(name, year)
        return day_before(day) if eve else day

    found = _in_year(match, today, build)
    return "vague" if found == "impossible" else found


def _lunar(match: re.Match[str], today: date) -> Resolved:
    """A day by the farmers' calendar; without its number the month's last."""
    month = _MOONS.get(match["moon"]) or _number(match["moon"])
    day = _number(match["day"].removeprefix("初")) if match["day"] else 0
    # Of a year by that calendar the end lies in the next one of ours.
    coming = (lunar.day_of(year, month, day) for year in range(today.year - 1, today.year + 2))
    return next((each for each in coming if each and each >= today), "impossible")


def _nth_weekday(match: re.Match[str], today: date) -> Resolved:
    weekday = _WEEKDAYS.index(match["weekday"].replace("天", "日"))
    nth = -1 if match["final"] else _number(match["nth"])
    if match["which"]:
        return weekday_of_month(*shift_month(today, _step(match["which"])), nth, weekday) or "impossible"
    month = _number(match["month"])
    return _in_year(match, today, lambda year: weekday_of_month(year, month, nth, weekday))


def _in_year(match: re.Match[str], today: date, build: Callable[[int], date | None]) -> Resolved:
    """Built for the year that is named, else for the first that brings a day from today on."""
    if match["spoken"]:
        return build(today.year + _SPOKEN_YEARS[match["spoken"]]) or "impossible"
    if match["year"]:
        year = numerals.read_positions(match["year"]) or 0
        return build(year if year >= 100 else 2000 + year) or "impossible"
    return next_by_year(today, build) or "impossible"


def _shifted(period: periods.Period, which: str | None) -> periods.Period:
    step = _step(which) if which else 0
    return period.next if step > 0 else period.previous if step < 0 else period


def _step(which: str) -> int:
    return _STEPS[which.removesuffix("个")]


def _number(text: str) -> int:
    return 1 if text == "元" else numerals.read(text) or 0


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of a written time; `marks` are letters of which any such time holds at least one, if there are any."""

    pattern: re.Pattern[str]
    marks: frozenset[str]
    resolve: Resolver

    def may_be_in(self, letters: Set[str]) -> bool:
        """Whether a text of these letters may hold such a time; quickly told, while a search takes its length."""
        return not self.marks or not self.marks.isdisjoint(letters)


FORMS = tuple(
    Form(re.compile(pattern), frozenset(marks), resolve)
    for pattern, marks, resolve in (
        (date_patterns.RECURRING, "每周星礼", _none),
        (date_patterns.MONTH_DAY, "月", _month_day),
        (date_patterns.NUMERIC, "-./", _numeric),
        (date_patterns.COMPACT, "2", _numeric),
        (date_patterns.SHORT_NUMERIC, "./", _short_numeric),
        (date_patterns.SPOKEN_MONTH, "月", _spoken_month),
        (date_patterns.MONTH_PART, "月旬", _month_part),
        (date_patterns.DAY_ALONE, "日号", _day_alone),
        (date_patterns.QUARTER, "季", _quarter),
        (date_patterns.SPOKEN_QUARTER, "季", _spoken_quarter),
        (date_patterns.HALF_YEAR, "半", _half_year),
        (date_patterns.TERM, "期", _term),
        (date_patterns.YEAR_PART, "年", _year_part),
        (date_patterns.WEEKDAY, "周星礼", _weekday),
        (date_patterns.SPOKEN_WEEK, "周星礼", _spoken_week),
        (date_patterns.NAMED_DAY, "明今昨天", _named_day),
        (date_patterns.DURATION, "日天期拜周月年时", _duration),
        (date_patterns.FESTIVAL, festivals.LETTERS, _festival),
        (date_patterns.LUNAR_SAID, "历", _lunar),
        (date_patterns.LUNAR_MONTH, "正冬腊", _lunar),
        (date_patterns.LUNAR_DAY, "初", _lunar),
        (date_patterns.NTH_WEEKDAY, "周星礼", _nth_weekday),
        (date_patterns.VAGUE, date_patterns.VAGUE_LETTERS, _vague),
    )
)
