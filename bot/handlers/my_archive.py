"""我的台账: what stands about oneself, the same view that one's secretary has (R-216, R-218)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers._archive_view import view

NO_BRANCH = "您现在不在任何支部的名单里，请问支部书记。"
MORE = "\n1 我的承诺\n2 写实\n3 看点评\n回复数字看全部。"


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    if branch is None:
        return Turn(NO_BRANCH)
    turn = view(ctx, ctx.actor, branch)
    # While a question is open its answer owns the digits.
    if ctx.conversation.draft is not None:
        return turn
    return replace(turn, say=turn.say + MORE, choices=("我的承诺", "写实", "看点评"))


HANDLER = Query("my_archive", "看我的台账", ("我的台账",), _reply)
