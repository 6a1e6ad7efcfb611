"""The day from which a change of people counts: it may lie a little back, and not too far ahead (R-016, R-301)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.dates import find_dates, show

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
_HALF_YEAR = timedelta(days=183)
_YEAR = re.compile("[0-9]{4}|年")
Fault = Literal["back", "ahead"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day as said, and where it stands in the words."""

    day: date
    span: tuple[int, int]


def days_in(text: str, today: date) -> Sequence[Day]:
    """Every day a message names; one without a year is the nearest, since changes are often told afterwards."""
    found = ((one.day, one.span) for one in find_dates(text, today))
    return [Day(_nearest(day, text[slice(*span)], today), span) for day, span in found if day]


def _nearest(day: date, words: str, today: date) -> date:
    if _YEAR.search(words) or day - today <= _HALF_YEAR or (day.month, day.day) == (2, 29):
        return day
    return day.replace(year=day.year - 1)


def fault(day: date, today: date) -> Fault | None:
    """Whether a day lies too far back or ahead for a change."""
    if day < today - BACK:
        return "back"
    return "ahead" if day > today + AHEAD else None


def complaint(day: date, today: date) -> str:
    """Why a day cannot be taken, with what would be right; empty for a good one."""
    if fault(day, today) == "back":
        return f"{show(day)}太早了，最多补记三个月以内的。更早的请告诉领导小组办公室，用名单表改。"
    return f"{show(day)}太远了，请写一年以内的日期，例：{show(today)}" if fault(day, today) else ""
