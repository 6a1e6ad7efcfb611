"""Which of a secretary's units a question is about, and the kind refusal beyond them (R-305, S-12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.engine.turn import Context, Order, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing
from domain.people import Organisation
from domain.scope import Scope, below, secretary_above

COUNTING = "好的，单位比较多，正在统计，好了就发给您。"


def asked_units(ctx: Context, scope: Scope, fields: Mapping[str, Any], again: str) -> Collection[str] | Turn:
    """The organisations meant, all of the scope when none is named; `again` is the question to repeat by digit."""
    named = _ids(fields.get("org"))
    if not named:
        return scope.orgs
    inside = [org for org in map(ctx.roster.org, named) if org is not None and org.id in scope.orgs]
    if not inside:
        return Turn(outside(ctx, scope), keep=True)
    return below(ctx.roster, [inside[0].id]) if len(inside) == 1 else which(inside, again)


def put_off(ctx: Context, handler: str, fields: Mapping[str, Any]) -> Turn:
    """For a question about more units than can be counted while a message waits; `fields` must say all that it means."""
    body = {"handler": handler, "fields": dict(fields), "text": ctx.text}
    # 都催 said meanwhile must not mean the list of an older question.
    return Turn(COUNTING, keep=True, order=Order("ask", body), remember={_standing.MEMORY: {}})


def _ids(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value] if isinstance(value, str) else []


def which(orgs: Collection[Organisation], again: str) -> Turn:
    """Several units bear the words: a digit decides."""
    lines = "".join(f"\n{n} {org.name}" for n, org in enumerate(orgs, 1))
    choices = tuple(f"{org.name}{again}" for org in orgs)
    return Turn(f"您问的是哪一个？{lines}\n回复数字。", keep=True, choices=choices)


def outside(ctx: Context, scope: Scope) -> str:
    """Where one's own view ends and whom to ask beyond; never a name from there."""
    own = "、".join(org.name for org in map(ctx.roster.org, scope.tops) if org)
    above = secretary_above(ctx.roster, ctx.actor, ctx.today)
    ask = f"{above.name}同志" if above else "领导小组办公室"
    return f"您只能看{own}。要别处的情况请问{ask}。"


def no_unit(ctx: Context) -> str:
    """For somebody who asks about others without an office for it."""
    above = secretary_above(ctx.roster, ctx.actor, ctx.today)
    has_office = bool(ctx.roster.roles_of(ctx.actor.id, ctx.today))
    ask = f"支部书记{above.name}同志" if above and not has_office else "领导小组办公室"
    return f"这要由支部书记来查，请问{ask}。看您自己的请回复“我的”。"


def leads(ctx: Context) -> bool:
    """Whether the speaker answers for anybody, and so may remind and spare."""
    return permission.might(ctx, "nudge")
