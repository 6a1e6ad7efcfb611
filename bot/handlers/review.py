"""随时随地点评: whom and what in free words, photos in any order, 确认 (S-06, S-09, S-10, R-110 to R-137)."""

from __future__ import annotations

from bot.engine.forms import Complaint, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _review_photos, _review_withdrawal
from bot.handlers import _review_refusals as refusals
from bot.handlers import _review_targets as targets
from bot.handlers import _review_words as words
from bot.handlers._review_form import ReviewForm, prepared
from bot.handlers._review_posting import post
from bot.handlers._review_questions import FIELDS
from domain.splitting import requirement_in

_SHORT = 12
_REWRITES = {"cells", "target"}
_UNCLEAR = "“{wish}”没看懂，点评还没有提交。请直接回复“确认”，或说清整改期限，例：确认 两周内整改"


def _closing(ctx: Context, draft: Draft) -> str:
    target, lines = targets.target_of(draft), ["回复“确认”，或直接说要改哪里，例：不足改成……"]
    daily_only = words.capacity(ctx, draft)[1]
    if words.is_whole(draft) and words.kind(ctx, draft) == "daily" and target and not daily_only:
        grades = "等次数字：1优秀 2良好 3一般 4差 5暂不评" if target.type == "member" else "“1”"
        lines.append(f"要计为{words.window(ctx, target)}定期点评，请回复{grades}；不计就直接确认。")
    if not draft.fields.get("demand") and (asked := _demand_in(draft)):
        lines.append(f"要限期整改，例：确认 {asked}")
    return "\n".join(lines)


def _demand_in(draft: Draft) -> str:
    """The deadline for a 整改 that the words themselves name, or an example where there is something to mend."""
    said = str(draft.fields.get("text", ""))
    span = requirement_in(said)
    if span is not None and span.end - span.start <= _SHORT and "整改" in span.of(said):
        return span.of(said)
    return "两周内整改" if words.parts(draft).get("directions") else ""


def refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing: people move, offices end."""
    target = targets.target_of(draft)
    if target and not targets.still_stands(ctx, target):
        return targets.GONE.format(name=targets.name(ctx, target))
    return refusals.refusal(ctx, draft, target) if target else None


def _grant(ctx: Context, draft: Draft, wish: str) -> Reading | None:
    """What is done with 确认: a 整改, a grade, a place; words that change the review itself are read back first."""
    change = words.mend(ctx, draft, wish)
    if isinstance(change, Complaint):
        return Complaint(_UNCLEAR.format(wish=wish)) if change.is_blank else change
    return None if _REWRITES & change.keys() else change


REVIEW = ReviewForm(
    "review",
    "点评",
    ("点评",),
    FIELDS,
    post,
    grant=_grant,
    prepare=prepared,
    refuse=refuse,
    mend=words.mend,
    take_back=_review_withdrawal.take_back,
    closing=_closing,
    takes_photos=True,
    place=_review_photos.place,
)

HANDLERS = (REVIEW, _review_withdrawal.FORM)
