"""Where a newcomer may want to move the clock: the next moments at which a reminder comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.parts import Bot
from bot.scheduler import holidays
from domain import coverage, monthly
from domain.reminders import LEADERS, steps

MOST = 2
MINUTE = 30
"""Reminders are spread over the first half hour of the morning."""
_LABELS = {"open": "开始", "before": "到期前提醒", "due": "到期提醒", "after": "过期后一天"}


def next_reminders(bot: Bot) -> list[tuple[str, datetime]]:
    """Labels and moments in their order; never raises, since a page asks."""
    now = bot.clock.now()
    found = sorted({(day, label) for day, label in _days(bot, now) if _moment(bot, now, day) > now})
    return [(label, _moment(bot, now, day)) for day, label in found[:MOST]]


def _days(bot: Bot, now: datetime) -> list[tuple[date, str]]:
    is_workday = holidays.calendar(bot.profile)
    due = monthly.due_month(now, bot.profile)
    days = []
    for month in (due, due.next):
        window = monthly.window(month, bot.profile)
        name = f"{month.start.month}月写实"
        days += [(one.day, name + _LABELS[one.code]) for one in steps(window.opens, window.due, is_workday)]
    quarter = coverage.member_window(bot.profile, now.date())
    for window_ in (quarter, quarter.next) if quarter else ():
        found = steps(window_.start, window_.end, is_workday, LEADERS)
        days += [(one.day, "季度点评" + _LABELS[one.code]) for one in found]
    return days


def _moment(bot: Bot, now: datetime, day: date) -> datetime:
    first = bot.profile.hour("push.first_hour")
    at = now.replace(
        year=day.year, month=day.month, day=day.day, hour=first.hour, minute=0, second=0, microsecond=0
    )
    return at + timedelta(minutes=MINUTE)
