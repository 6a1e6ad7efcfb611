"""预演: an administrator or a 书记 sees which reminders will go out, to whom and why not to others (R-351, chat idea 5).

Walking through the days takes longer than an answer may, so the turn only orders it; the worker sends the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Order, Turn
from bot.handlers import _permission as permission
from domain import periods
from domain.dates import show

NOT_YOURS = "预演由支部书记和管理员来看。您自己要办的事请回复“我的”。"
OVER = "只能预演从明天起三个月内的日子，例：预演下个月"
_MOST_DAYS = 92


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = permission.reach(ctx, "rehearse")
    if not scope:
        return Turn(NOT_YOURS)
    days = _days(ctx, str(fields.get("period") or ""))
    if days is None:
        return Turn(OVER)
    first, last = days
    body = {"from": first.isoformat(), "to": last.isoformat(), "orgs": sorted(scope.orgs)}
    say = f"好的，正在预演{show(first)}到{show(last)}的提醒，名单随后发给您。预演只是看看，不会真的发出。"
    return Turn(say, order=Order("rehearse", body))


def _days(ctx: Context, code: str) -> tuple[date, date] | None:
    """The days asked for that are still to come; the next thirty when none are named."""
    tomorrow = ctx.today + timedelta(days=1)
    period = periods.parse_code(code)
    if period is None:
        return tomorrow, ctx.today + timedelta(days=30)
    first, last = max(period.start, tomorrow), min(period.end, tomorrow + timedelta(days=_MOST_DAYS))
    return (first, last) if first <= last else None


HANDLER = Query("rehearse", "预演提醒", ("预演",), _reply)
