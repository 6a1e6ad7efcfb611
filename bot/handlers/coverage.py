"""点评覆盖: how many are reviewed and which 书记 have reviewed, within one's scope (R-002, R-112, R-140, R-305)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _coverage, _coverage_words, _reviewers_words, _unit
from domain.periods import parse_code
from domain.scope import scope_of


def _permitted(ctx: Context) -> str | None:
    return None if scope_of(ctx.roster, ctx.actor, ctx.today) else _unit.no_unit(ctx)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = scope_of(ctx.roster, ctx.actor, ctx.today)
    reviewers, period = bool(fields.get("reviewers")), parse_code(str(fields.get("period") or ""))
    again = _coverage_words.again(period, _coverage_words.WHO if reviewers else _coverage_words.HOW_FAR)
    units = _unit.asked_units(ctx, scope, fields, again)
    if isinstance(units, Turn):
        return units
    asked = _coverage.question(ctx, period, units)
    found = _coverage.found(ctx, asked)
    if not found:
        return Turn("这段时间的点评还没有开始。看现在的请回复“点评覆盖”。")
    return (_reviewers_words.answer if reviewers else _coverage_words.answer)(ctx, asked, found)


HANDLER = Query("coverage", "看点评覆盖", ("点评覆盖",), _reply, _permitted)
