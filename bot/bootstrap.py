"""The only place where parts are put together."""

from __future__ import annotations

from bot import handlers, understanding
from bot.engine.talk import Talk
from bot.engine.turn import Context, Turn


def talk() -> Talk:
    """All handlers, how first messages are understood, and where a lone photo goes."""
    found = handlers.load()
    return Talk(found, understanding.understand, lambda ctx: _placed(ctx, found))


def _placed(ctx: Context, found: dict[str, handlers.Handler]) -> Turn | None:
    for handler in found.values():
        place = getattr(handler, "place", None)
        turn = place(ctx) if place else None
        if turn is not None:
            return turn
    return None
