"""A question beside the open one: only the very next message answers it, by its number, and nothing is lost.

There are three: an entrance amid free words, further words after an answer, and ways out for who is stuck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import texts
from bot.engine.fields import joined
from bot.engine.state import CONFIRM, Draft
from bot.engine.turn import Context, Handler, Tell, Turn, Understanding
from domain.confirmation import CONFIRMING, wish_after
from domain.intake import bare_number
from domain.scope import secretary_above

Handlers = Mapping[str, Handler]
# Names of fields among the others, so that kept drafts stay as they are.
ENTRANCE, FURTHER, STUCK = "__asked_back", "__further", "__stuck"
_SAID = "__beside"
_SHOWN = 8
_ALL = (ENTRANCE, FURTHER, STUCK, _SAID)
TRIES = 3
"""So many answers that were not understood bring the ways out."""


def is_open(draft: Draft) -> bool:
    """Whether the next digit answers a question beside the draft's own."""
    return any(name in draft.fields for name in _ALL)


def closed(draft: Draft) -> Draft:
    """The draft with its own question only."""
    return draft.without(*_ALL) if is_open(draft) else draft


def answered(handlers: Handlers, ctx: Context, draft: Draft) -> Turn | None:
    """What the digit leads to, or None when the message says something else; `ctx` knows only the draft's own question."""
    was, n = closed(draft), bare_number(ctx.text)
    if ENTRANCE in draft.fields:
        return _begun_or_answered(handlers, ctx, was, draft.fields[ENTRANCE], n)
    if FURTHER in draft.fields:
        return _added_or_not(handlers, ctx, draft, n)
    ways: list[str] = draft.fields[STUCK]
    return _out(handlers, ctx, was, ways[n - 1]) if n and n <= len(ways) else None


def ask_entrance(handlers: Handlers, ctx: Context, draft: Draft, found: Understanding) -> Turn:
    """Is this something new, or the answer to the open question (contract, Words)?"""
    pending = {"text": ctx.text, "handler": found.handler, "fields": dict(found.fields)}
    new = handlers[found.handler].title if found.handler in handlers else f"“{ctx.text[:_SHOWN]}”"
    say = texts.asked_back(new, handlers[draft.handler].title)
    return _asking(draft, ENTRANCE, pending, say)


def change(handlers: Handlers, ctx: Context, draft: Draft, found: Understanding) -> Turn:
    """Put aside what is open and begin another thing; a look-up or what comes to nothing leads home instead."""
    handler, was = handlers.get(found.handler), handlers[draft.handler]
    turn = begun(handler, ctx, found)
    is_nothing = turn.draft is None and not turn.entries and not turn.choices
    if is_nothing or handler is None or handler.is_query:
        return led_home(turn, was.resume(ctx, draft))
    return replace(turn, say=texts.parked(was.title) + turn.say, park=True)


def begun(handler: Handler | None, ctx: Context, found: Understanding) -> Turn:
    """Another thing begun in place of the open one, or the word that it is not open yet."""
    return replace(handler.begin(ctx, found.fields), keep=False) if handler else Turn(texts.NOT_OPEN_YET)


def led_home(turn: Turn, question: str) -> Turn:
    """An answer given in the middle, and the open question once more."""
    return replace(turn, say=turn.say + texts.come_home(question), keep=True)


def ask_further(draft: Draft, label: str, words: str) -> Turn:
    """Words that answer nothing may go on with what was said before: one thought in several messages."""
    return _asking(draft, FURTHER, [label, words], texts.further(words, label))


def after_photo(turn: Turn) -> Turn:
    """A photo answers nothing: the question beside is said again instead of the draft's own."""
    said = turn.draft.fields.get(_SAID) if turn.draft else None
    return replace(turn, say=texts.photo_taken(said)) if said and turn.say else turn


def with_earlier(before: Draft, turn: Turn) -> Turn:
    """A third message of one thought is offered together with the second."""
    if turn.draft is None or not {FURTHER} <= before.fields.keys() & turn.draft.fields.keys():
        return turn
    label, words = turn.draft.fields[FURTHER]
    return ask_further(closed(turn.draft), label, joined(before.fields[FURTHER][1], words))


def not_taken(ctx: Context, draft: Draft, why: str, can_skip: bool = False, example: str = "") -> Turn:
    """An answer that was not taken: why, then with an example, then the ways out."""
    failed = replace(draft, tries=draft.tries + 1)
    if failed.tries >= TRIES:
        return ask_ways_out(ctx, failed, why, can_skip)
    return Turn(why + (f"\n例：{example}" if failed.tries > 1 and example else ""), failed)


def ask_ways_out(ctx: Context, draft: Draft, why: str, can_skip: bool) -> Turn:
    """Nobody is asked the same for ever: see it again, keep it, skip it, or let the 书记 help."""
    # Two lists in one message would leave open which of them a digit means.
    reason = texts.NOT_UNDERSTOOD if "数字" in why else why
    head = secretary_above(ctx.roster, ctx.actor, ctx.today)
    ways = {"again": "再看一遍问题", "keep": "先存草稿"}
    ways |= {"skip": "跳过这一问"} if can_skip else {}
    ways |= {"help": f"请{head.name}书记帮忙"} if head else {}
    return _asking(draft, STUCK, [*ways], texts.ways_out(reason, [*ways.values()]))


def _asking(draft: Draft, name: str, value: Any, say: str) -> Turn:
    return Turn(say, replace(draft, fields={**draft.fields, name: value, _SAID: say}))


def _begun_or_answered(
    handlers: Handlers, ctx: Context, was: Draft, pending: Mapping[str, Any], n: int | None
) -> Turn | None:
    said = replace(ctx, text=pending["text"])
    if n == 1:
        return change(handlers, said, was, Understanding(pending["handler"], pending["fields"]))
    return handlers[was.handler].answer(said, was, said.text) if n == 2 else None


def _added_or_not(handlers: Handlers, ctx: Context, draft: Draft, n: int | None) -> Turn | None:
    was, (label, words) = closed(draft), draft.fields[FURTHER]
    if n == 1:
        return handlers[was.handler].command(ctx, was, "further", words)
    if n == 2:
        return Turn(handlers[was.handler].resume(ctx, was), was)
    # 确认 would leave out words that were just said, so it has to be said what becomes of them.
    return ask_further(was, label, words) if _confirms(handlers, ctx, was) else None


def _confirms(handlers: Handlers, ctx: Context, draft: Draft) -> bool:
    named = draft.asked == CONFIRM and handlers[draft.handler].expects(ctx, draft, ctx.text)
    return named or wish_after(ctx.text, CONFIRMING) is not None


def _out(handlers: Handlers, ctx: Context, was: Draft, way: str) -> Turn:
    handler = handlers[was.handler]
    if way == "skip":
        return handler.command(ctx, was, "skip", "")
    if way == "again":
        return Turn(handler.resume(ctx, was), was)
    return _helped(ctx, handler.title) if way == "help" else Turn(texts.KEPT, None, park=True)


def _helped(ctx: Context, title: str) -> Turn:
    """The 书记 hears who is stuck with what, not what was written; the draft is kept."""
    head = secretary_above(ctx.roster, ctx.actor, ctx.today)
    if head is None:
        return Turn(texts.KEPT, None, park=True)
    home = ctx.roster.branch_of(head.id, ctx.today)
    key = f"stuck|{ctx.actor.id}|{title}|{ctx.today}"
    news = Tell(key, head.id, texts.stuck(ctx.actor.name, title), unit=home.id if home else "")
    return Turn(texts.help_is_asked(head.name), None, park=True, tell=(news,))
