"""When a review was held, as a leader corrects it: 时间改成昨天15:00, 昨天下午的 (R-129)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain import numerals
from domain.dates import find_dates
from domain.intake import halfwidth

OLDEST = timedelta(days=31)
_LEAD = re.compile(r"(?:点评)?(?:的?(?:时间|日期))?(?:应该|应)?(?:改成|改为|改到|换成|是在|是|为|:)?[\s:,]*")
_PART = r"(?P<part>凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上)"
_HOUR = r"(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_MINUTE = r"(?P<minute>半|一刻|三刻|[0-9]{1,2}|[一二三四五六七八九十]{1,3})?分?"
_CLOCK = re.compile(
    rf"\s*{_PART}?\s*(?:{_HOUR}\s*[点时:]\s*(?:钟|{_MINUTE}))?\s*(?:左右)?(?:的|吧|看的|点评的|谈的)*"
)
# A part of the day without an hour; it is read back, so that it can be put right.
_USUAL = {
    "凌晨": 5,
    "清早": 7,
    "早上": 8,
    "早晨": 8,
    "上午": 10,
    "中午": 12,
    "下午": 15,
    "傍晚": 18,
    "晚上": 19,
}
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day, or both; what was not said is None."""

    day: date | None
    clock: time | None

    def after(self, before: datetime) -> datetime:
        """The moment it means for a review that stood at another one."""
        day, clock = self.day or before.date(), self.clock or before.time()
        return datetime.combine(day, clock, before.tzinfo)


def read_moment(words: str, today: date) -> Moment | None:
    """The day and time that are all some words say; None where they say anything else or a day long gone."""
    plain = halfwidth(words).strip(" 。.!")
    plain = plain[_LEAD.match(plain).end() :]  # type: ignore[union-attr]
    dates = find_dates(plain, today)
    start, end = dates[0].span if dates else (0, 0)
    clock = _CLOCK.fullmatch(plain[_day_end(plain, start, end) :]) if not start else None
    day = _past(dates[0].day, today) if dates and dates[0].day else None
    if clock is None or bool(dates) != bool(day) or not (day or clock["part"] or clock["hour"]):
        return None
    read = _clock(clock)
    return None if read is None and (clock["part"] or clock["hour"]) else Moment(day, read)


def _day_end(plain: str, start: int, end: int) -> int:
    """Where a day ends and its time of day begins: 昨天下午3点 is read as one by deadlines."""
    part = re.search(rf"{_PART}|{_HOUR}[点时:]", plain[start:end])
    return start + part.start() if part else end


def _past(day: date, today: date) -> date | None:
    if day > today:
        day = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    return day if today - OLDEST <= day <= today else None


def _clock(match: re.Match[str]) -> time | None:
    if match["hour"] is None:
        return time(_USUAL[match["part"]]) if match["part"] else None
    hour, minute = numerals.read(match["hour"]), _QUARTERS.get(match["minute"] or "")
    if minute is None:
        minute = numerals.read(match["minute"]) if match["minute"] else 0
    if hour is not None and hour < 12 and match["part"] in ("下午", "傍晚", "晚上"):
        hour += 12
    is_one = hour is not None and minute is not None and hour < 24 and minute < 60
    return time(hour or 0, minute or 0) if is_one else None
