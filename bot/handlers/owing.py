"""还欠谁: whom a leader must still review in this window, or in one he names (R-138, R-142)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _owing_list
from domain.periods import parse_code


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    period = parse_code(str(fields.get("period", "")))
    return _owing_list.answer(ctx, min(period.end, ctx.today) if period else ctx.today)


HANDLER = Query("owing", "看还欠谁的点评", ("还欠谁",), _reply)
