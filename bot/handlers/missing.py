"""谁没交: who or what of one's unit is not done, reviewed, promised, signed or public yet (R-305, S-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _standing, _standing_words, _stillness, _unit
from bot.handlers._duty_names import NAME, period_name
from domain.asked import question
from domain.finding import Answer, found
from domain.periods import Period, parse_code
from domain.scope import asks_about
from domain.standing import (
    ORG_PROMISE,
    ORGANISATIONS,
    PROMISE,
    PUBLICATION,
    RECTIFICATION,
    REPORT,
    REVIEW,
    ROUND,
    SIGNING,
)

MOST_AT_ONCE = 100
"""One duty of so many units is gathered in about a third of a second."""

_AGAIN = {
    REPORT: "谁没交",
    REVIEW: "谁还没点评",
    PROMISE: "谁还没作承诺",
    ORG_PROMISE: "哪些组织还没作承诺",
    ORGANISATIONS: "哪些组织还没点评",
    ROUND: "普遍点评还差谁",
    SIGNING: "谁的承诺还没签",
    PUBLICATION: "谁的承诺还没公开",
    RECTIFICATION: "谁的整改没回复",
}


def _permitted(ctx: Context) -> str | None:
    return None if asks_about(ctx.roster, ctx.actor, ctx.today) else _unit.no_unit(ctx)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = asks_about(ctx.roster, ctx.actor, ctx.today)
    duty, period = _what(ctx, fields)
    units = _unit.asked_units(ctx, scope, fields, _AGAIN[duty])
    if isinstance(units, Turn):
        return units
    if len(units) > MOST_AT_ONCE and not ctx.at_leisure:
        named = {"duty": duty, "period": period.label if period else ""}
        return _unit.put_off(ctx, "missing", {**fields, **named})
    asked = question(ctx, duty, period, units, ctx.actor.id)
    if not asked.orgs:
        return Turn("这里没有党员要统计。例：教工第一党支部谁没交")
    answer = found(ctx, asked)
    return _about_somebody(ctx, fields, duty, answer) or _standing_words.answer(ctx, asked, answer)


def _what(ctx: Context, fields: Mapping[str, Any]) -> tuple[str, Period | None]:
    """Duty and window as named; 二支部呢 goes on with those of the last question."""
    duty, period = fields.get("duty"), parse_code(str(fields.get("period") or ""))
    if duty is None and period is None and fields.get("org"):
        kept = _standing.remembered(ctx)
        duty, period = kept.get("duty"), parse_code(kept.get("period", ""))
    if duty == PROMISE and fields.get("objects") == "org":
        duty = ORG_PROMISE
    return (duty if duty in _AGAIN else REPORT), period


def _about_somebody(ctx: Context, fields: Mapping[str, Any], duty: str, answer: Answer) -> Turn | None:
    """张伟交了吗: those of the unit who are named in the question."""
    named = fields.get("person") or []
    wanted = [named] if isinstance(named, str) else list(named)
    if len(answer) != 1 or not wanted:
        return None
    window, one = answer[0]
    lines = [
        (f"{who.name}（{who.person.post}）：{words}", who.id)
        for place, words in _SAYS.items()
        for who in getattr(one, place)
        if who.person and who.id in wanted
    ]
    if not lines:
        return Turn("您的名单里没有这位同志要交的。看谁没交请回复“谁没交”。")
    head = f"{period_name(window, ctx.today)}{NAME[duty]}："
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

HANDLER = Query("missing", "看谁没交", ("谁没交", "谁没写"), _stillness.noted(_reply), _permitted)
