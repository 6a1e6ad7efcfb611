"""The words that count at any point as a whole message: 确认 取消 返回 跳过 继续 撤回 帮助 我的 改N (R-298)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import texts
from bot.engine.state import Draft
from bot.engine.turn import Context, Handler, Turn
from domain.confirmation import AlwaysWord

_SHOWN = 16


def obey(handlers: Mapping[str, Handler], ctx: Context, word: AlwaysWord) -> Turn:
    """Do what an always-word says in the present conversation."""
    draft = ctx.conversation.draft
    if word.word in ("help", "mine"):
        return _query(handlers, ctx, word.word, draft)
    if word.word == "undo":
        return _undo(handlers, ctx)
    if word.word == "continue":
        return _resume(handlers, ctx, draft, word.number)
    if draft is None:
        return Turn(texts.NOTHING_OPEN, keep=True)
    if word.word == "cancel" and draft.is_leavable:
        return Turn(texts.LEFT, None)
    if word.word == "cancel":
        return Turn(texts.KEPT, None, park=True)
    rest = f"{word.number} {word.rest}".strip() if word.word == "amend" else word.rest
    return handlers[draft.handler].command(ctx, draft, word.word, rest)


def _query(handlers: Mapping[str, Handler], ctx: Context, name: str, draft: Draft | None) -> Turn:
    turn = replace(handlers[name].begin(ctx, {}), keep=True)
    if draft is None:
        return turn
    return replace(turn, say=turn.say + texts.come_home(handlers[draft.handler].resume(ctx, draft)))


def _undo(handlers: Mapping[str, Handler], ctx: Context) -> Turn:
    act = ctx.conversation.act
    if act is None or act.handler not in handlers:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    return handlers[act.handler].undo(ctx, act)


def _resume(handlers: Mapping[str, Handler], ctx: Context, draft: Draft | None, n: int | None) -> Turn:
    if draft is not None:
        return Turn(handlers[draft.handler].resume(ctx, draft), draft)
    kept = [one for one in ctx.conversation.parked if not is_forgotten(ctx, one)]
    parked = [one for one in kept if one.handler in handlers]
    if not parked:
        return Turn(texts.NOTHING_PARKED, keep=True)
    place = n if n and n <= len(parked) else 1
    chosen, is_said = parked[place - 1], place == n or len(parked) == 1
    if not is_said or n and ctx.is_stale(f"继续{n}", chosen.started):
        return _listed(handlers, parked)
    return Turn(handlers[chosen.handler].resume(ctx, chosen), chosen)


def _listed(handlers: Mapping[str, Handler], parked: Sequence[Draft]) -> Turn:
    words = [f"继续{n}" for n in range(1, len(parked) + 1)]
    shows = {word: one.started for word, one in zip(words, parked, strict=True)}
    lines = [_line(handlers[one.handler].title, one) for one in parked]
    return Turn(texts.drafts(lines), keep=True, choices=tuple(words), shows=shows)


def _line(title: str, draft: Draft) -> str:
    """A draft in a list: what it is, when it was begun, how its words begin."""
    begun = datetime.fromisoformat(draft.started) if draft.started else None
    day = f"（{begun.month}月{begun.day}日{begun:%H:%M}）" if begun else ""
    said = next((str(draft.fields[name]) for name in ("goal", "text") if draft.fields.get(name)), "")
    return f"{title}{day}" + (f"：{said[:_SHOWN]}" if said else "")


def is_forgotten(ctx: Context, draft: Draft) -> bool:
    """Whether a draft was put aside so long ago that 继续 no longer brings it back."""
    if draft.until:
        return ctx.now > datetime.fromisoformat(draft.until)
    days = ctx.profile.number("chat.draft_days")
    touched = draft.touched or draft.started
    return bool(touched) and ctx.now - datetime.fromisoformat(touched) > timedelta(days=days)
