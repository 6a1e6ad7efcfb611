"""对, 没错 at a read-back: kindly answered with the one word that hands in, and never that word itself (R-300)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    draft = ctx.conversation.draft
    word = "签字" if draft is not None and draft.handler == "commit" else "确认"
    return Turn(f"请回复“{word}”提交。")


HANDLER = Query("agree", "核对无误", ("对", "对的", "没错"), _reply)
