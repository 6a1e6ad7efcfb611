"""稍后提醒: one's own reminders that are open are put off to a moment of one's choice (R-320)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from domain import snoozes
from domain.dates import show
from domain.duties import gathering, looking_back
from domain.entries import Entry, Subject
from domain.reminders import out_of_quiet

NOTHING = "您现在没有要提醒的事，有了会按时告诉您。"
NOT_THEN = "最多可以推迟一个星期，时间要在现在以后。例：明天上午提醒我"


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    until = snoozes.read_until(ctx.text, ctx.now)
    if until is None:
        return Turn(NOT_THEN)
    wanted = _open(ctx)
    if not wanted:
        return Turn(NOTHING)
    until = out_of_quiet(until, ctx.profile.hour("push.quiet_from"), ctx.profile.hour("push.quiet_to"), 0)
    entries = tuple(_entry(ctx, duty, period, until) for duty, period in wanted)
    return Turn(f"好的，{_shown(ctx, until)}再提醒您。想现在办随时说。", entries=entries)


def _entry(ctx: Context, duty: str, period: str, until: datetime) -> Entry:
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    data = {"duty": duty, "period": period, "until": until.isoformat()}
    subject = Subject("person", ctx.actor.id, ctx.actor.name)
    name, org = (branch.name, branch.id) if branch else ("", "")
    return Entry(ctx.actor.archive, "reminder.snoozed", subject, data, "self", name, org)


def _open(ctx: Context) -> list[tuple[str, str]]:
    """The duties of the speaker for which reminders go out, with their periods."""
    owed = (one for one in gathering.of_all_units(ctx, ctx.actor) if one.is_open)
    labels = dict.fromkeys((one.code, one.window.label) for one in owed)
    return [one for one in labels if not looking_back.is_one(one[1])]


def _shown(ctx: Context, until: datetime) -> str:
    day = "今天" if until.date() == ctx.today else show(until.date())
    minutes = f"{until.minute}分" if until.minute else ""
    return f"{day}{until.hour}点{minutes}"


HANDLER = Query("snooze", "稍后提醒", ("稍后提醒",), _reply)
