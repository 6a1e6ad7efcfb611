"""逾期: everything in one's scope that is past its last day and still open, by duty (R-304, R-305, R-089)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, File, Turn
from bot.handlers import _standing, _unit
from bot.handlers._duty_names import circled, short
from bot.handlers._late_things import Thing, things
from domain.dates import show
from domain.scope import asks_about, scope_of

NOTHING = "没有过期没办的事。"
MOST_AT_ONCE = 20
"""All duties of so many units are gathered in about a third of a second; that is as long as anybody may wait for a lock."""


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = asks_about(ctx.roster, ctx.actor, ctx.today)
    if fields.get("org") and not scope:
        return Turn(_unit.no_unit(ctx))
    units = _unit.asked_units(ctx, scope, fields, "逾期")
    if isinstance(units, Turn):
        return units
    if len(units) > MOST_AT_ONCE and not ctx.at_leisure:
        return _unit.put_off(ctx, "overdue", fields)
    found = things(ctx, sorted(units), with_own=not fields.get("org"))
    if not found:
        return Turn(f"{'' if scope else '您'}{NOTHING}")
    return _listed(ctx, found, sorted(units))


def _listed(ctx: Context, found: Sequence[Thing], orgs: Sequence[str]) -> Turn:
    few = len(found) <= ctx.profile.number("chat.names_in_text")
    lines = [f"过期没办的{len(found)}项："]
    places = {one.key: n for n, one in enumerate(found, 1)}
    for group, alike in groupby(found, key=lambda one: one.group):
        same = list(alike)
        named = "、".join(f"{circled(places[one.key])}{one.name}" for one in same) if few else ""
        lines.append(f"{group}{len(same)}" + (f"：{named}" if named else ""))
    lines.append(_next(ctx, found, few))
    is_open = ctx.conversation.draft is not None
    return Turn(
        "\n".join(lines),
        choices=() if is_open else tuple(one.word for one in found[: _standing.MOST_LINES]),
        files=() if few else (_file(ctx, found),),
        remember=_standing.late(ctx, orgs, [one.key for one in found]),
    )


def _next(ctx: Context, found: Sequence[Thing], few: bool) -> str:
    if ctx.conversation.draft is not None:
        return "手头这件办完，再问“逾期”就能一件一件办。"
    see = "" if few else "名单见随后的文件。"
    led = scope_of(ctx.roster, ctx.actor, ctx.today).led
    others = any(one.late.duty.unit in led and ctx.actor.id not in one.late.owners for one in found)
    nudge = f"提醒请回复“催 {'1' if len(found) == 1 else '1 2'}”或“都催”" if others else ""
    acts = "；".join(filter(None, (_digits(ctx, found), nudge)))
    return see + (f"{acts}。" if acts else "要催请告诉支部书记。")


def _digits(ctx: Context, found: Sequence[Thing]) -> str:
    if all(ctx.actor.id in one.late.owners for one in found):
        return "回复数字就能办"
    return "" if all(one.word == "逾期" for one in found) else "回复数字办理或看台账"


def _file(ctx: Context, found: Sequence[Thing]) -> File:
    called = {org.id: org.name for org in ctx.roster.orgs()}
    rows: list[tuple[str, ...]] = [("序号", "事项", "对象", "组织", "最后一天")]
    for n, one in enumerate(found, 1):
        duty = one.late.duty
        rows.append((str(n), one.group, one.name, called.get(duty.unit, ""), short(duty.window.due)))
    return File(f"逾期{show(ctx.today)}.xlsx", tuple(rows))


HANDLER = Query("overdue", "看过期没办的事", ("逾期",), _reply)
