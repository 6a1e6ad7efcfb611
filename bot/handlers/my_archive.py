"""我的台账: what stands about oneself, newest first and short (R-216, R-218)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import cut, line, state
from bot.handlers._report_month import named, short
from domain import periods
from domain.commitments import State
from domain.reports import Report

MOST = 5
_NOT_STANDING = (State.WITHDRAWN,)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    parts = [_promises(ctx), _months(ctx), _reviews(ctx)]
    known = [lines for lines in parts if lines]
    if not known:
        return Turn("您的台账里还没有记录。\n1 作承诺\n回复1开始。", choices=("作承诺",))
    last = "1 我的承诺  2 写实  3 看点评\n回复数字看全部。"
    body = "\n".join("\n".join(lines) for lines in known)
    is_open = ctx.conversation.draft is not None
    say = f"您的台账（{ctx.today.year}年）\n{body}"
    return Turn(say) if is_open else Turn(f"{say}\n{last}", choices=("我的承诺", "写实", "看点评"))


def _promises(ctx: Context) -> Sequence[str]:
    found = [item for item in ctx.facts.commitments_of([ctx.actor.id]) if item.state not in _NOT_STANDING]
    found.sort(key=lambda item: (item.proposed_on, item.number), reverse=True)
    lines = [f"· {line(item)}：{state(ctx.profile, item, ctx.today)}" for item in found[:MOST]]
    return [f"【承诺】{len(found)}件", *lines] if lines else ()


def _months(ctx: Context) -> Sequence[str]:
    found = sorted(ctx.facts.reports_of(ctx.actor.id), key=lambda one: one.month, reverse=True)
    lines = [f"· {_month(ctx, one)}" for one in found[:MOST]]
    return [f"【写实】{len(found)}个月", *lines] if lines else ()


def _month(ctx: Context, report: Report) -> str:
    month = periods.parse_code(report.month)
    which = named(month, ctx.today) if month else report.month
    how = "（迟报）" if report.late else ""
    mended = "，更正过" if report.version > 1 else ""
    return f"{which}：{short(report.submitted_at.date())}交{how}{mended}。自我鉴定：{report.statement}"


def _reviews(ctx: Context) -> Sequence[str]:
    since = date(ctx.today.year, 1, 1)
    found = sorted(
        ctx.facts.reviews_of([ctx.actor.id], since, ctx.today), key=lambda one: one.at, reverse=True
    )
    people = ctx.roster.people({one.reviewer for one in found[:MOST]}) if found else {}
    lines = [
        f"· {short(one.day)} {people[one.reviewer].name}：{cut(one.merits or one.text)}"
        for one in found[:MOST]
        if one.reviewer in people
    ]
    return [f"【点评】{len(found)}条", *lines] if lines else ()


HANDLER = Query("my_archive", "看我的台账", ("我的台账",), _reply)
