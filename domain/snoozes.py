"""稍后提醒: a person's own reminder of one duty put off to a moment of their choice (R-320)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import numerals
from domain.dates import find_dates
from domain.entries import Written
from domain.intake import halfwidth

LATER = timedelta(hours=2)
LONGEST = timedelta(days=7)
_SPAN = re.compile(r"(?P<n>半|[0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?半?(?P<unit>小时|分钟|天)")
_PARTS = (
    ("上午", 9),
    ("早上", 9),
    ("明早", 9),
    ("中午", 12),
    ("下午", 14),
    ("晚上", 19),
    ("今晚", 19),
    ("明晚", 19),
)
_HOUR = re.compile(r"(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(?P<half>半)?(?![0-9])")
_MORNING = 9


@dataclass(frozen=True, slots=True)
class Snooze:
    """Until when nothing is said of a duty (`K-05`) in a period, and when one is reminded; the latest wish counts.

    `reminder.snoozed` is the wish of its owner, `reminder.resent` that of a 书记 who has it sent again at once.
    """

    person: str
    duty: str
    period: str
    until: datetime


def key(written: Written) -> tuple[str, str, str]:
    """Person, duty and period."""
    return (written.entry.subject.id, written.data["duty"], written.data["period"])


def fold(state: Snooze | None, written: Written) -> Snooze | None:
    """The wish after one more entry."""
    return Snooze(*key(written), datetime.fromisoformat(written.data["until"]))


def read_until(text: str, now: datetime) -> datetime | None:
    """The moment some words name (两小时后, 明天上午, 下周一); two hours on when they name none.

    None when it lies in the past or more than a week ahead.
    """
    plain = halfwidth(text)
    moment = _after_a_span(plain, now) or _on_a_day(plain, now) or now + LATER
    return moment if now < moment <= now + LONGEST else None


def _after_a_span(plain: str, now: datetime) -> datetime | None:
    match = _SPAN.search(plain)
    if match is None:
        return None
    n = 0.5 if match["n"] == "半" else numerals.read(match["n"])
    unit = {"小时": timedelta(hours=1), "分钟": timedelta(minutes=1), "天": timedelta(days=1)}[match["unit"]]
    return now + n * unit if n else None


def _on_a_day(plain: str, now: datetime) -> datetime | None:
    days = [found.day for found in find_dates(plain, now.date()) if found.day]
    hour = _hour(plain)
    if not days and hour is None:
        return None
    return _at(now, days[0] if days else now.date(), _MORNING if hour is None else hour)


def _hour(plain: str) -> float | None:
    part = next((hour for word, hour in _PARTS if word in plain), None)
    match = _HOUR.search(plain)
    if match is None:
        return part
    n = numerals.read(match["n"]) or 0
    later = 12 if part is not None and part >= 12 and n < 12 else 0
    return min(n + later, 23) + (0.5 if match["half"] else 0)


def _at(now: datetime, day: date, hour: float) -> datetime:
    start = now.replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )
    return start + timedelta(hours=hour)
