"""From a message to a turn: which words always count, what the open question gets, what begins anew.

House rules: commands are whole messages (contract, Words); a question in the middle is answered and comes
home; a change of mind parks what was open and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import texts
from bot.engine import always, beside, entrances
from bot.engine.state import CONFIRM, MOST_PARKED, Conversation, Draft
from bot.engine.turn import Context, Handler, Turn, Understanding
from domain.confirmation import always_word, confirm_with_wish, is_courtesy
from domain.intake import bare_number

GUESS = 0.5
MOST_LOOSE = 200
JUST_NOW = timedelta(minutes=2)
_HELLOS = ("你好", "您好")
_THANKS = ("谢", "感谢", "多谢", "辛苦", "麻烦", "收到", "已收到", "知道", "我知道", "明白")


@dataclass(frozen=True, slots=True)
class Talk:
    """The handlers by name, how first messages are understood (best first), where a lone photo goes, and who
    takes loose words that nothing was made of."""

    handlers: Mapping[str, Handler]
    understand: Callable[[Context, str], Sequence[Understanding]]
    place_photo: Callable[[Context], Turn | None]
    catch: Callable[[Context], Turn | None] = lambda ctx: None


def respond(talk: Talk, ctx: Context) -> Turn:
    """Decide what a message leads to."""
    if ctx.speaker is None:
        return _stranger(talk, ctx)
    if _speaks(ctx):
        return _words(talk, ctx)
    if ctx.message.kind == "image":
        return _picture(talk, ctx)
    if ctx.message.kind == "voice":
        return Turn(texts.VOICE, keep=True)
    silent = ctx.message.kind in ("event", "enter", "unknown")
    return Turn("" if silent else texts.UNREADABLE, keep=True)


def _speaks(ctx: Context) -> bool:
    return ctx.message.kind in ("text", "click")


def _stranger(talk: Talk, ctx: Context) -> Turn:
    if ctx.message.kind not in ("text", "click"):
        return Turn(keep=True)
    handler, draft = talk.handlers["stranger"], ctx.conversation.draft
    return handler.answer(ctx, draft, ctx.text) if draft else handler.begin(ctx, {})


def _picture(talk: Talk, ctx: Context) -> Turn:
    draft = ctx.conversation.draft
    if draft is not None:
        taken = talk.handlers[draft.handler].picture(ctx, draft, ctx.attachment)
        if taken is not None:
            return beside.after_photo(taken)
    placed = talk.place_photo(ctx)
    if placed is not None:
        return placed
    loose = (*_loose(ctx), (ctx.attachment, ctx.now.isoformat()))
    return Turn("" if len(loose) > 1 else texts.PHOTO_KEPT, keep=True, loose=loose)


def _loose(ctx: Context) -> tuple[tuple[str, str], ...]:
    """The photos that still wait for a place: not for ever and not without end."""
    hours = timedelta(hours=ctx.profile.number("chat.photo_keep_hours"))
    young = [one for one in ctx.conversation.photos if ctx.now - datetime.fromisoformat(one[1]) <= hours]
    return tuple(young[1 - MOST_LOOSE :])


def _words(talk: Talk, ctx: Context) -> Turn:
    draft = ctx.conversation.draft
    if draft is not None and beside.is_open(draft):
        own = replace(ctx, conversation=replace(ctx.conversation, draft=beside.closed(draft)))
        turn = beside.answered(talk.handlers, own, draft)
        return turn or beside.with_earlier(draft, _words(talk, own))
    word = always_word(ctx.text)
    if word is not None and word.word != "choose":
        return always.obey(talk.handlers, ctx, word)
    wish = confirm_with_wish(ctx.text)
    if draft is not None and wish is not None:
        return talk.handlers[draft.handler].command(ctx, draft, "confirm", wish)
    if is_courtesy(ctx.text):
        return _courtesy(talk, ctx, draft)
    if draft is not None:
        return _open(talk, ctx, draft)
    n = bare_number(ctx.text)
    return _chosen(talk, ctx, n) if n is not None else begin(talk, ctx)


def _courtesy(talk: Talk, ctx: Context, draft: Draft | None) -> Turn:
    if draft is None:
        return Turn(texts.CHOOSE_FROM_LIST if _waits_for_choice(ctx) else _returned(ctx.text), keep=True)
    agreed = draft.asked == CONFIRM and not ctx.text.startswith(_THANKS)
    said = talk.handlers[draft.handler].resume(ctx, draft)
    return Turn(texts.NOT_CONFIRMED + said if agreed else said, draft)


def _returned(text: str) -> str:
    """The politeness that answers a politeness."""
    if text.strip().startswith(_HELLOS):
        return texts.HELLO
    return texts.WELCOME if any(word in text for word in ("谢", "辛苦", "麻烦")) else texts.NOTED


def _waits_for_choice(ctx: Context) -> bool:
    """Whether 好的 may be meant for one of several things just listed: then it is asked back, never guessed."""
    agrees = not ctx.text.startswith(_THANKS)
    listed = ctx.conversation.listed
    return agrees and len(ctx.choices) > 1 and ctx.now - datetime.fromisoformat(listed) <= JUST_NOW


def _chosen(talk: Talk, ctx: Context, n: int) -> Turn:
    if not ctx.conversation.choices:
        return begin(talk, ctx)
    if not ctx.choices:
        return Turn(texts.LIST_TOO_OLD, keep=True)
    if not 1 <= n <= len(ctx.choices):
        return Turn(texts.NO_SUCH_NUMBER, keep=True)
    return _words(talk, replace(ctx, text=ctx.choices[n - 1], tapped=True))


def _open(talk: Talk, ctx: Context, draft: Draft) -> Turn:
    handler = talk.handlers[draft.handler]
    if handler.expects(ctx, draft, ctx.text):
        return handler.answer(ctx, draft, ctx.text)
    found = next(iter(talk.understand(ctx, ctx.text)), None)
    if found is None or found.score < entrances.SURE or found.handler == "none":
        return handler.answer(ctx, draft, ctx.text)
    if found.handler == draft.handler:
        return handler.again(ctx, draft, found.fields)
    return entrances.met(talk.handlers, ctx, draft, found)


def begin(talk: Talk, ctx: Context) -> Turn:
    """Start whatever a first message means; three best guesses by number when it means nothing."""
    found = list(talk.understand(ctx, ctx.text))
    if not found or found[0].handler == "none" or found[0].score < GUESS:
        return _named(talk, ctx, found) or talk.catch(ctx) or guesses(talk, ctx, found)
    handler = talk.handlers.get(found[0].handler)
    return handler.begin(ctx, found[0].fields) if handler else Turn(texts.NOT_OPEN_YET, keep=True)


def _named(talk: Talk, ctx: Context, found: Sequence[Understanding]) -> Turn | None:
    """A message that begins with the very word of an entrance, though its rest was not understood, is no loose talk."""
    for one in found:
        handler = talk.handlers.get(one.handler)
        if handler is not None and ctx.text.startswith(tuple(handler.words)):
            return handler.begin(ctx, one.fields)
    return None


def guesses(talk: Talk, ctx: Context, found: Sequence[Understanding]) -> Turn:
    """The three best guesses, as words which digits stand for."""
    names = [one.handler for one in found if one.handler != "none"]
    names += [name for name in ("report", "my_commitments", "help") if name not in names]
    best = [talk.handlers[name] for name in dict.fromkeys(names) if name in talk.handlers][:3]
    return Turn(
        texts.guesses([one.title for one in best]), keep=True, choices=tuple(one.words[0] for one in best)
    )


def _without_place(
    ctx: Context, turn: Turn, put: Sequence[Draft], draft: Draft | None
) -> tuple[tuple[str, str], ...]:
    """The photos that wait, with those which drafts put aside had waiting and the open one did not take."""
    kept = ctx.conversation.photos if turn.loose is None else turn.loose
    taken = {*draft.photos, *draft.waiting} if draft else set()
    # A draft that was put aside in the turn in which it began has no moment of its own yet.
    freed = {photo: one.touched or ctx.now.isoformat() for one in reversed(put) for photo in one.waiting}
    return (*kept, *((photo, at) for photo, at in freed.items() if photo not in taken))


def after(ctx: Context, turn: Turn) -> Conversation:
    """Where the conversation stands once a turn is done."""
    before = ctx.conversation
    # A question beside the open one is over with the next words, but not with a photo.
    own = beside.closed(before.draft) if before.draft and _speaks(ctx) else before.draft
    draft = _touched(ctx, own if turn.keep else turn.draft)
    aside = beside.closed(own) if turn.park and own else None
    put = [one for one in (turn.shelve, aside) if one is not None]
    parked = (*(one.put_aside(ctx.now) for one in put), *before.parked)
    if draft is not None:
        parked = tuple(one for one in parked if one.started != draft.started or one.handler != draft.handler)
    return Conversation(
        draft=draft,
        parked=tuple(one for one in parked if not always.is_forgotten(ctx, one))[:MOST_PARKED],
        choices=turn.choices or before.choices,
        listed=ctx.now.isoformat() if turn.choices else before.listed,
        shown=turn.shows if turn.choices else before.shown,
        act=turn.act or before.act,
        photos=_without_place(ctx, turn, put, draft),
        memory={**before.memory, **turn.remember},
    )


def _touched(ctx: Context, draft: Draft | None) -> Draft | None:
    """With the moment at which its owner last had to do with it."""
    is_said = _speaks(ctx) or ctx.message.kind == "image"
    return replace(draft, touched=ctx.now.isoformat()) if draft and is_said else draft
