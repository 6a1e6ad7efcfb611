"""One line below an answer about reminders while the clock stands still, so that nobody relies on them in vain (R-322)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from domain import clockwork

LINE = "提醒暂时发不出去（后台停了），恢复后自动补上。请告诉管理员。"
_AT_THE_MACHINE = "terminal"
"""What is tried out on the machine itself names any moment it likes."""

Reply = Callable[[Context, Mapping[str, Any]], Turn]
Finish = Callable[[Context, Draft, str], Turn]


def noted(reply: Reply) -> Reply:
    """A query's answer with the line."""
    return lambda ctx, fields: _with_line(ctx, reply(ctx, fields))


def noted_at_the_end(finish: Finish) -> Finish:
    """A form's receipt with the line."""
    return lambda ctx, draft, wish: _with_line(ctx, finish(ctx, draft, wish))


def _with_line(ctx: Context, turn: Turn) -> Turn:
    return replace(turn, say=f"{turn.say}\n{LINE}") if turn.say and _is_still(ctx) else turn


def _is_still(ctx: Context) -> bool:
    """Whether the clock went once and does not now; before the first start nobody expects anything of it."""
    if ctx.message.channel == _AT_THE_MACHINE:
        return False
    beat = ctx.facts.setting(clockwork.HEARTBEAT)
    return beat is not None and clockwork.silence(beat, ctx.now) is not None
