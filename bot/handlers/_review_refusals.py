"""Why somebody may not review or register a review of something, and who may (R-042, R-043)."""

from __future__ import annotations

from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _review_targets as targets
from domain.permissions import Target
from domain.verdict import Verdict

OFFICE = "办公室和组织部只登记、不点评。"


def refusal(ctx: Context, draft: Draft, target: Target) -> str | None:
    """The refusal for a draft's target; None when the speaker may."""
    verdict = targets.judged(ctx, draft, target)
    if verdict.allowed:
        return None
    words = _not_registered if targets.is_external(draft) else _not_reviewed
    return words(ctx, target, verdict)


def refused_whoever(ctx: Context, draft: Draft) -> str:
    """The refusal of an office that reviews nobody, before it is asked which of several is meant (R-042)."""
    kept = [Target(one[0], one[1], one[2]) for one in draft.fields.get("candidates", ())]
    is_office = bool(kept) and all(targets.decide(ctx, one).reason == "office" for one in kept)
    return f"{OFFICE}点评由所在支部书记和上级书记来作。" if is_office else ""


def _not_reviewed(ctx: Context, target: Target, verdict: Verdict) -> str:
    whom, who = targets.name(ctx, target), _who(ctx, verdict)
    instead = f"{whom}由{who}点评" if who else f"{whom}现在没有人可以点评"
    if verdict.reason == "self":
        return f"自己不能点评自己。{instead}。"
    return f"{OFFICE}{instead}。" if verdict.reason == "office" else f"{instead}，您这里不能登记。"


def _not_registered(ctx: Context, target: Target, verdict: Verdict) -> str:
    whom = targets.name(ctx, target)
    if verdict.reason == "external":
        return f"对{whom}的点评由校内书记来作，不登记外部点评。"
    return f"对{whom}的外部点评由{_who(ctx, verdict) or '能点评的书记'}登记，您这里不能登记。"


def _who(ctx: Context, verdict: Verdict) -> str:
    return "、".join(_shown(ctx, one.person, one.capacity) for one in verdict.instead)


def _shown(ctx: Context, person: str, capacity: str) -> str:
    known = ctx.roster.person(person)
    return ctx.profile.label("capacity", capacity) + (known.name if known else "")
