"""谁没交: who of one's unit has not handed in, was not reviewed, has not promised (R-305, S-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing, _standing_words, _unit
from domain.periods import Period, parse_code
from domain.standing import PROMISE, REPORT, REVIEW, Standing

_DUTIES = (REPORT, REVIEW, PROMISE)
_AGAIN = {REPORT: "谁没交", REVIEW: "谁还没点评", PROMISE: "谁还没作承诺"}


def _permitted(ctx: Context) -> str | None:
    return None if permission.might(ctx, "ask") else _unit.no_unit(ctx)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = permission.reach(ctx, "ask")
    duty, period = _what(ctx, fields)
    units = _unit.asked_units(ctx, scope, fields, _AGAIN[duty])
    if isinstance(units, Turn):
        return units
    asked = _standing.question(ctx, duty, period, units)
    if not asked.orgs:
        return Turn("这里没有党员要统计。例：教工第一党支部谁没交")
    found = _standing.found(ctx, asked)
    return _about_somebody(ctx, fields, duty, found) or _standing_words.answer(ctx, asked, found)


def _what(ctx: Context, fields: Mapping[str, Any]) -> tuple[str, Period | None]:
    """Duty and window as named; 二支部呢 goes on with those of the last question."""
    duty, period = fields.get("duty"), parse_code(str(fields.get("period") or ""))
    if duty is None and period is None and fields.get("org"):
        kept = _standing.remembered(ctx)
        duty, period = kept.get("duty"), parse_code(kept.get("period", ""))
    return (duty if duty in _DUTIES else REPORT), period


def _about_somebody(
    ctx: Context, fields: Mapping[str, Any], duty: str, found: Sequence[tuple[Period, Standing]]
) -> Turn | None:
    """张伟交了吗: those of the unit who are named in the question."""
    named = fields.get("person") or []
    wanted = [named] if isinstance(named, str) else list(named)
    if len(found) != 1 or not wanted:
        return None
    window, one = found[0]
    lines = [
        (f"{who.person.name}（{who.person.post}）：{words}", who.person.id)
        for place, words in _SAYS.items()
        for who in getattr(one, place)
        if who.person.id in wanted
    ]
    if not lines:
        return Turn("您的名单里没有这位同志要交的。看谁没交请回复“谁没交”。")
    head = f"{_standing_words.period_name(window, ctx.today)}{_standing_words.NAME[duty]}："
    numbered = [f"{n} {line}" for n, (line, _) in enumerate(lines, 1)]
    say = "\n".join([head, *numbered, "回复数字看台账。"])
    people = [id for _, id in lines]
    return Turn(say, choices=tuple(f"台账 {id}" for id in people), remember=_standing.relisted(ctx, people))


_SAYS = {
    "done": "已完成",
    "partly": "仅共同点评",
    "missing": "还没有完成",
    "waived": "已免",
    "without": "没有公开的承诺，不用写",
}

HANDLER = Query("missing", "看谁没交", ("谁没交", "谁没写"), _reply, _permitted)
