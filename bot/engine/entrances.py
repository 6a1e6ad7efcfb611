"""An entrance while something is open: begun, asked back, or answered and led home (contract, Words)."""

from __future__ import annotations

from bot import texts
from bot.engine import beside
from bot.engine.beside import Handlers, begun, led_home
from bot.engine.state import Draft
from bot.engine.turn import Context, Handler, Turn, Understanding

SURE = 0.9
_SHORT = 8
_PAUSES = " \n,，.。;；:：、"


def met(handlers: Handlers, ctx: Context, draft: Draft, found: Understanding) -> Turn:
    """What an entrance leads to that is not of the open thing's own kind."""
    handler, was = handlers.get(found.handler), handlers[draft.handler]
    if draft.is_leavable and handler is not None:
        return begun(handler, ctx, found)
    answer, whole = was.answer(ctx, draft, ctx.text), is_whole(handler, ctx.text, found)
    if was.waits_for_words(ctx, draft):
        return _amid_words(handlers, ctx, draft, found) if whole or names_somebody(found) else answer
    # 整改 said to a review at its read-back changes that review.
    return answer if whole and _takes(draft, answer) else beside.change(handlers, ctx, draft, found)


def _amid_words(handlers: Handlers, ctx: Context, draft: Draft, found: Understanding) -> Turn:
    """Asked back while a question waits for any words; what leads nowhere is answered, or is no entrance at all."""
    handler, was = handlers.get(found.handler), handlers[draft.handler]
    whole = is_whole(handler, ctx.text, found)
    refusal = handler.allowed(ctx) if handler else texts.NOT_OPEN_YET
    if whole and (refusal or (handler and handler.is_query)):
        turn = Turn(refusal) if refusal else begun(handler, ctx, found)
        return led_home(turn, was.resume(ctx, draft))
    if refusal and handler:
        return was.answer(ctx, draft, ctx.text)
    return beside.ask_entrance(handlers, ctx, draft, found)


def _takes(draft: Draft, turn: Turn) -> bool:
    after = turn.draft
    return after is not None and not beside.is_open(after) and after.fields != draft.fields


def is_whole(handler: Handler | None, text: str, found: Understanding) -> bool:
    """Whether the message is nothing but an entrance: 谁没交, 点评, 抽3人."""
    bare = text.strip("。！!？? ")
    if handler is not None:
        return bare in handler.words
    return len(bare) <= _SHORT and not any(pause in bare for pause in _PAUSES)


def names_somebody(found: Understanding) -> bool:
    """Whether an understood message names a known person or thing."""
    return any(found.fields.get(name) for name in ("target", "person", "number"))
