"""Which days are worked: the office's own list first, the holiday package for years it knows, fixed days beyond.

The package ends with the year after its release and raises beyond it; a reminder must degrade, not fail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import chinese_calendar

from bot.decisions import Decision
from bot.parts import Bot
from bot.scheduler.telling import to_administrators
from domain.clockwork import UNLISTED
from domain.profile import Profile
from domain.reminders import IsWorkday, out_of_quiet, workdays
from storage import owed, settings
from storage.db import Transaction
from storage.owed import Owed

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


def unlisted(profile: Profile, first: date, last: date) -> list[int]:
    """The years between two days whose days off neither the office nor the package knows."""
    known = {day.year for day in profile.holidays()}
    years = range(first.year, last.year + 1)
    return [year for year in years if year not in known and not _is_packaged(year)]


def warning(profile: Profile, first: date, last: date) -> str:
    """One sentence for whoever looks at reminders of such years; empty when all are known."""
    years = "、".join(map(str, unlisted(profile, first, last)))
    return f"{years}年的放假安排还没有填，节假日只按周末和固定的几天算。" if years else ""


def _is_packaged(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 6, 15))
    except NotImplementedError:
        return False
    return True


def soon(day: date) -> date:
    """The last day that people think of already: in December the coming year's."""
    return date(day.year + (day.month == 12), 12, 31)


def warn(bot: Bot, now: datetime) -> list[Decision]:
    """Tell the administrators once of each such year: in the December before, or when it has begun (R-242)."""
    years = unlisted(bot.profile, now.date(), soon(now.date()))
    return bot.database.attempt(lambda tx: _warn(tx, bot, years, now))


def _warn(tx: Transaction, bot: Bot, years: list[int], now: datetime) -> list[Decision]:
    settings.put(tx, UNLISTED, "、".join(map(str, years)))
    rows = [row for year in years for row in _rows(tx, bot, year, now)]
    return [Decision("calendar", row.person, "", "", "planned", "") for row in rows if owed.put_new(tx, row)]


def _rows(tx: Transaction, bot: Bot, year: int, now: datetime) -> list[Owed]:
    text = (
        f"{year}年的放假日和调休上班日还没有填，提醒会只按周末和固定的几天避开。"
        "国家公布后，请在口径文件里填 calendar.holidays 和 calendar.workdays，再重启服务。"
    )
    leaves = out_of_quiet(now, bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to"))
    return to_administrators(tx, f"calendar|{year}", text, now, leaves)
