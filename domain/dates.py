"""Reads the deadlines people write, wherever they stand in a sentence, as days (R-061, R-301)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from domain.date_forms import FORMS, Resolved, Resolver
from domain.date_patterns import LEAD, TAIL
from domain.date_steps import add_months
from domain.intake import halfwidth

Problem = Literal["past", "far", "vague", "missing", "impossible"]

FARTHEST_MONTHS = 13
_MARKED_ENDINGS = ("底", "末", "内", "前", "止", "里", "旬")
_LIMITS = ("前", "内", "止")


@dataclass(frozen=True)
class DateReading:
    """A day read from a text: where it stands, what is wrong with it, whether it is marked as a deadline."""

    day: date | None
    span: tuple[int, int]
    problem: Problem | None
    marked: bool = False


MISSING = DateReading(None, (0, 0), "missing")


def read_date(text: str, today: date) -> DateReading:
    """The first time the text names; without one the first vague word (尽快, R-064), else missing."""
    readings = _readings(text, today)
    clear = (reading for reading in readings if reading.problem != "vague")
    return next(clear, readings[0] if readings else MISSING)


def find_dates(text: str, today: date) -> list[DateReading]:
    """All times the text names, in their order, vague words left out."""
    return [reading for reading in _readings(text, today) if reading.problem != "vague"]


def deadline_in(text: str, today: date) -> DateReading:
    """The last time that limits (前, 内, 止), else the last marked as a deadline (底, 到), else the last of all.

    A later day within what is to be done does not count: 元旦前把课表排到明年三月.
    """
    found = find_dates(text, today)
    marked = [reading for reading in found if reading.marked]
    limits = [reading for reading in marked if text[slice(*reading.span)].endswith(_LIMITS)]
    if found:
        return (limits or marked or found)[-1]
    return read_date(text, today)


def show(day: date) -> str:
    """The day as people are shown it: 2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=256)
def _readings(text: str, today: date) -> tuple[DateReading, ...]:
    # One message is asked for its dates by several rules, one after the other.
    return tuple(_scan(halfwidth(text), today))


def _scan(plain: str, today: date) -> Iterator[DateReading]:
    position = 0
    for match, resolve in _candidates(plain):
        start, end = match.span()
        if start < position:
            continue
        resolved = resolve(match, today)
        position = tail.end() if (tail := TAIL.match(plain, end)) else end
        if resolved is not None:
            marked = plain[start:position].endswith(_MARKED_ENDINGS) or bool(LEAD.search(plain[:start][-12:]))
            yield _judged(resolved, (start, position), today, marked)


@lru_cache(maxsize=256)
def _candidates(plain: str) -> list[tuple[re.Match[str], Resolver]]:
    """Every shape found, the earliest first and of those the longest."""
    letters = frozenset(plain)
    found = [
        (match, form.resolve)
        for form in FORMS
        if form.may_be_in(letters)
        for match in form.pattern.finditer(plain)
    ]
    return sorted(found, key=lambda candidate: (candidate[0].start(), -candidate[0].end()))


def _judged(resolved: Resolved, span: tuple[int, int], today: date, marked: bool) -> DateReading:
    if not isinstance(resolved, date):
        return DateReading(None, span, resolved, marked)
    return DateReading(resolved, span, problem_with(resolved, today), marked)


def problem_with(day: date, today: date) -> Problem | None:
    """Why a day can be no deadline, if it cannot."""
    if day < today:
        return "past"
    return "far" if day > add_months(today, FARTHEST_MONTHS) else None
