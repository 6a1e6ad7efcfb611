"""待签: what waits for the secretary's signature; a digit opens an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import hurry, in_full
from bot.handlers._seen import versions
from bot.handlers._signing import SIGN, listed, no_signer, waiting, wanted
from domain.commitments import Commitment
from domain.numbers import tails_in


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    items = waiting(ctx)
    if not tails_in(ctx.text):
        return listed(ctx, items)
    found = wanted(ctx, ctx.text, items)
    if isinstance(found, Turn):
        return found
    return _opened(ctx, found[0]) if len(found) == 1 else listed(ctx, found)


def _opened(ctx: Context, item: Commitment) -> Turn:
    say = f"{in_full(ctx.profile, item)}\n{hurry(ctx.profile, item)}1 同意，签字\n2 退回\n回复数字。"
    return Turn(say, choices=(f"{SIGN}{item.tail}", f"退 {item.tail}"), shows=versions([item]))


HANDLER = Query("to_sign", "看等我签字的承诺", ("待签",), _reply, no_signer)
