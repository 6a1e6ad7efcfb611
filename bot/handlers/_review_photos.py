"""Photos of a review before, between and after its words, and late ones (R-130, house 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import texts
from bot.engine.forms import Option
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers._review_entries import about
from domain.permissions import reviews_anybody

WHOM = "照片收到。点评谁？请直接说，例：点评张伟：……"
TAKEN = "照片收到，已放进这条点评。还有照片请接着发；没有了请回复“确认”。"
HERE, LATE, ANEW, NONE = "here", "late", "anew", "none"


@dataclass(frozen=True, slots=True)
class Last:
    """The review the speaker confirmed last, as the conversation remembers it."""

    number: str
    name: str
    at: datetime


def last_review(ctx: Context) -> Last | None:
    """The last review, if photos may still belong to it: it came before its 确认 or at most two minutes after."""
    kept = ctx.conversation.memory.get("review")
    if not kept:
        return None
    last = Last(kept["number"], kept["name"], datetime.fromisoformat(kept["at"]))
    late = timedelta(minutes=ctx.profile.number("chat.photo_late_minutes"))
    return last if ctx.now <= last.at + late else None


def overtaken(ctx: Context) -> Turn | None:
    """A photo sent before the last 确认 and delivered after it belongs to that review, without a question."""
    last = last_review(ctx)
    if last is None or ctx.now > last.at:
        return None
    return replace(attach(ctx, last, [ctx.attachment]), keep=True)


def attach(ctx: Context, last: Last, photos: Sequence[str]) -> Turn:
    """The turn that puts photos into a confirmed review."""
    review = ctx.facts.review(last.number)
    if review is None or review.state == "voided":
        return Turn("那条点评已经撤回，照片没有放进去。")
    room = texts.MOST_PHOTOS - len(review.attachments)
    if room <= 0:
        return Turn(texts.TOO_MANY_PHOTOS)
    taken = list(photos)[:room]
    total = len(review.attachments) + len(taken)
    say = f"照片已放进对{last.name}的点评（{last.number}），共{total}张。"
    entry = about(ctx, review, "review.attached", {"attachments": taken})
    return Turn(say, entries=(entry,), link=tuple((one, last.number) for one in taken))


def place(ctx: Context) -> Turn | None:
    """A photo that no open draft takes: into the last review, or the beginning of a new one."""
    turn = overtaken(ctx)
    if turn is not None or ctx.conversation.draft is not None:
        return turn
    if not reviews_anybody(ctx.roster, ctx.actor.id, ctx.today):
        return None
    now, last = ctx.now.isoformat(), last_review(ctx)
    draft = Draft("review", {"when": now}, "target", started=now)
    if last is None:
        return Turn(WHOM, replace(draft, photos=(ctx.attachment,)))
    return _pending(ctx, draft, LATE, last.name)


def into_draft(ctx: Context, draft: Draft) -> Turn | None:
    """What a photo does to an open review draft besides being added; None to add it."""
    turn = overtaken(ctx)
    if turn is not None:
        return turn
    if "pending" in draft.fields:
        return Turn("", _with_pending(ctx, draft, [*draft.fields["pending"], ctx.attachment]))
    last = last_review(ctx)
    if last is not None and not draft.photos:
        return _pending(ctx, draft, LATE, last.name)
    if not is_idle(ctx, draft):
        return None
    if "text" in draft.fields or "target" in draft.fields:
        return _pending(ctx, draft, HERE, "")
    return Turn(WHOM, replace(set_aside(draft), photos=(ctx.attachment,)))


def is_idle(ctx: Context, draft: Draft) -> bool:
    """Whether nothing was added to a draft for so long that new photos may mean something else."""
    minutes = ctx.profile.number("chat.photo_idle_minutes")
    return ctx.now - datetime.fromisoformat(draft.touched) > timedelta(minutes=minutes)


def set_aside(draft: Draft) -> Draft:
    """The draft with its photos moved to those that need a digit to come back."""
    older = [*draft.fields.get("older", ()), *draft.photos]
    return replace(draft, photos=(), fields={**draft.fields, "older": older})


def _pending(ctx: Context, draft: Draft, cause: str, name: str) -> Turn:
    fields = {**draft.fields, "cause": cause, "pending_for": name}
    held = _with_pending(ctx, replace(draft, fields=fields), [ctx.attachment])
    return Turn(
        ask(ctx, held) + "".join(f"\n{n} {one.label}" for n, one in enumerate(choices(held), 1)), held
    )


def _with_pending(ctx: Context, draft: Draft, photos: list[str]) -> Draft:
    fields = {**draft.fields, "pending": photos}
    return replace(draft, fields=fields, asked="pending_to")


def ask(ctx: Context, draft: Draft) -> str:
    """Where the waiting photos belong."""
    return f"照片收到（{len(draft.fields['pending'])}张）。放到哪里？"


def choices(draft: Draft) -> list[Option]:
    """The places the waiting photos may go to."""
    fields = draft.fields
    is_new = "text" not in fields and "target" not in fields
    if fields.get("cause") == LATE:
        here = [] if is_new else [Option(HERE, "放进现在这条点评")]
        anew = [Option(ANEW, "用在另一条点评")] if is_new else []
        return [
            Option(LATE, f"放进刚才对{fields['pending_for']}的点评"),
            *here,
            *anew,
            Option(NONE, "不要了"),
        ]
    return [Option(HERE, "放进现在这条点评"), Option(ANEW, "用在另一条点评"), Option(NONE, "不要了")]


def settle(ctx: Context, draft: Draft) -> Turn | Draft:
    """The draft once it was said where photos belong; a turn where that is more than a changed draft."""
    if "keep_older" in draft.fields:
        older = draft.fields["older"] if draft.fields["keep_older"] else ()
        draft = _added(draft.without("older", "keep_older"), older)
    to = draft.fields.get("pending_to")
    if to is None:
        return draft
    pending = draft.fields["pending"]
    left = draft.without("pending", "pending_to", "cause", "pending_for")
    if to == HERE:
        return _added(left, pending)
    is_new = "text" not in left.fields and "target" not in left.fields
    if to == ANEW:
        return _anew(ctx, left, pending, is_new)
    last = last_kept(ctx) if to == LATE else None
    turn = attach(ctx, last, pending) if last else Turn("好的，这些照片不用。")
    return turn if is_new and not left.photos else replace(turn, draft=left)


def last_kept(ctx: Context) -> Last | None:
    """The last review, however long ago: the question was opened in time."""
    kept = ctx.conversation.memory.get("review")
    return Last(kept["number"], kept["name"], datetime.fromisoformat(kept["at"])) if kept else None


def _anew(ctx: Context, left: Draft, pending: Sequence[str], is_new: bool) -> Turn:
    now = ctx.now.isoformat()
    fresh = Draft("review", {"when": now}, "target", photos=tuple(pending), started=now)
    return Turn(WHOM, fresh, shelve=None if is_new else left)


def _added(draft: Draft, photos: Sequence[str]) -> Draft:
    return replace(draft, photos=(*photos, *draft.photos)[: texts.MOST_PHOTOS])
