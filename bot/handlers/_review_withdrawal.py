"""撤回 of a confirmed review: within a week, with a reason, and the reviewed person is told (R-151)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _permission as permission
from bot.handlers._review_entries import about, tell
from bot.quoting import one_line
from domain.entries import Entry
from domain.people import RoleKind
from domain.rectifications import OVER, Rectification
from domain.reviews import Review

_ALREADY = "这条点评已经撤回过了。"
_REASON = "要撤回对{names}的点评。请说原因，例：点错了人"
_GONE = "没有可以撤回的点评。"


def take_back(ctx: Context, act: Act) -> Turn:
    """Begin the withdrawal of what was posted last; what was open meanwhile is put aside."""
    days = ctx.profile.number("review.withdraw_days")
    if not act.is_within(ctx.now, int(timedelta(days=days) / timedelta(minutes=1))):
        return Turn(f"点评超过{days}天，不能直接撤回了。请告诉上级书记或办公室。", keep=True)
    if not _posted(ctx, act.numbers):
        return Turn(_ALREADY, keep=True)
    turn = FORM.begin(ctx, {"reviews": list(act.numbers)})
    return replace(turn, park=ctx.conversation.draft is not None)


def _posted(ctx: Context, numbers: tuple[str, ...] | list[str]) -> list[Review]:
    found = (ctx.facts.review(number) for number in numbers)
    standing = (one for one in found if one and one.state != "voided")
    return [one for one in standing if permission.may(ctx, "withdraw_review", one.org, one.reviewer).allowed]


def _reviews(ctx: Context, draft: Draft) -> list[Review]:
    return _posted(ctx, draft.fields["reviews"])


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    return fields if fields.get("reviews") else Complaint(_GONE)


def _names(ctx: Context, draft: Draft) -> str:
    return "、".join(one.subject_name for one in _reviews(ctx, draft))


def _read_reason(ctx: Context, draft: Draft, text: str) -> Reading:
    return {"reason": text} if len(text) >= 2 else Complaint("请写清撤回的原因，例：点错了人")


def _closing(ctx: Context, draft: Draft) -> str:
    return "撤回后不再计入，记录仍保留，并会告诉被点评的同志。回复“确认”撤回，回复“取消”不撤。"


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    reviews, reason = _reviews(ctx, draft), draft.fields["reason"]
    if not reviews:
        return Turn(_ALREADY)
    entries = [entry for one in reviews for entry in _voided(ctx, one, reason)]
    names = "、".join(f"{one.subject_name}（{one.number}）" for one in reviews)
    tells = _tells(ctx, reviews, reason)
    told = "，已告知本人" if tells else ""
    return Turn(f"已撤回对{names}的点评{told}。要重新点评请直接说。", entries=tuple(entries), tell=tells)


def _voided(ctx: Context, review: Review, reason: str) -> list[Entry]:
    """The withdrawal, and with it every demand that the review had made and nobody has met."""
    demands = ctx.facts.rectifications_of([review.subject])
    of_it = [one for one in demands if one.review == review.number and one.state not in OVER]
    entry = about(ctx, review, "review.voided", {"reason": reason})
    return [entry, *(_cancelled(ctx, review, one, reason) for one in of_it)]


def _cancelled(ctx: Context, review: Review, demand: Rectification, reason: str) -> Entry:
    data = {"rectification": demand.number, "reason": reason}
    return about(ctx, review, "rectification.cancelled", data)


def _tells(ctx: Context, reviews: list[Review], reason: str) -> tuple[Tell, ...]:
    found: list[Tell] = []
    for one in reviews:
        heads = ctx.roster.holders(RoleKind.SECRETARY, [one.org], ctx.today)
        people = [one.subject] if one.target != "org" else [role.person for role in heads]
        reached = ctx.roster.has_account(people)
        text = _news(ctx, one, reason)
        found += [tell(ctx, f"voided|{one.number}|{who}", who, text) for who in people if who in reached]
    return tuple(found)


def _news(ctx: Context, one: Review, reason: str) -> str:
    return f"{ctx.actor.name}撤回了{one.day.month}月{one.day.day}日{'登记的外部' if one.external else '的'}点评（{one.number}）。原因：{one_line(reason)}"


FORM = Form(
    "withdraw_review",
    "撤回点评",
    ("撤回点评",),
    (
        Field(
            "reason",
            "原因",
            lambda ctx, draft: _REASON.format(names=_names(ctx, draft)),
            _read_reason,
            show=lambda ctx, draft: draft.fields.get("reason", ""),
            example="点错了人",
        ),
    ),
    _finish,
    prepare=_prepare,
    heading=lambda ctx, draft: f"将撤回对{_names(ctx, draft)}的点评。",
    closing=_closing,
)
