"""回应: the reviewed person's own words to a review, once, attached and not disputing its text (R-158)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.engine.fields import joined
from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _permission as permission
from bot.handlers._review_entries import about, by, tell
from bot.quoting import one_line
from domain.people import RoleKind
from domain.reviews import Review

_BACK = timedelta(days=366)
_MOST = 9
_NUMBER = re.compile(r"(?:P-)?(?:\d{4}-)?[0-9A-Z]{3,8}-\d{1,4}(?=\s|[:：,，]|$)")
NOTHING = "没有可以回应的点评：还没有人点评您，或者都回应过了。每条点评可以回应一次。"
NOT_THERE = "没有这个编号的点评，或者已经回应过了。回复“看点评”可以看编号。"
_ASK = "请说您的回应，例：夜间值班表已上墙，下月起每周检查"
_LONGEST = 1000


def _open(ctx: Context) -> Sequence[Review]:
    """Reviews of the speaker, or of what he leads, that have no answer yet; the latest first."""
    roles = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    led = [role.org for role in roles if role.role is RoleKind.SECRETARY]
    found = ctx.facts.reviews_of([ctx.actor.id, *led], ctx.today - _BACK, ctx.today)
    waiting = [one for one in found if not one.answer and _is_mine(ctx, one)]
    return sorted(waiting, key=lambda one: one.at, reverse=True)[:_MOST]


def _is_mine(ctx: Context, one: Review) -> bool:
    act = "answer_review_of_org" if one.target == "org" else "answer_review"
    return permission.may(ctx, act, one.org, one.subject).allowed


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    waiting, text = _open(ctx), str(fields.get("text") or "")
    named = _NUMBER.match(text.upper())
    if not waiting:
        return Complaint(NOTHING)
    number = str(fields.get("number") or (named[0] if named else "")).upper()
    words = text[named.end() :].lstrip(" :：,，") if named else text
    fitting = [one for one in waiting if one.number.endswith(number)] if number else list(waiting)
    if not fitting:
        return Complaint(NOT_THERE)
    known: dict[str, Any] = {"review": fitting[0].number} if len(fitting) == 1 else {}
    return known | ({"text": words} if words else {})


def _options(ctx: Context, draft: Draft) -> list[Option]:
    return [Option(one.number, _line(ctx, one)) for one in _open(ctx)]


def _line(ctx: Context, one: Review) -> str:
    reviewer = ctx.roster.person(one.reviewer)
    said = one.merits or one.gaps or one.directions
    return f"{one.day.month}月{one.day.day}日 {by(one, reviewer.name if reviewer else '')}点评{one.subject_name}：{said[:16]}"


def _read_text(ctx: Context, draft: Draft, text: str) -> Reading:
    return {"text": text} if len(text) <= _LONGEST else Complaint(f"太长了，请写在{_LONGEST}字以内。")


def _show_review(ctx: Context, draft: Draft) -> str:
    one = ctx.facts.review(draft.fields.get("review", ""))
    return _line(ctx, one) if one else ""


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    one = next((each for each in _open(ctx) if each.number == draft.fields["review"]), None)
    if one is None:
        return Turn(NOT_THERE)
    entry = about(ctx, one, "review.answered", {"text": draft.fields["text"]}, "self")
    return Turn(
        f"回应已附在点评{one.number}后面，并告诉了{'登记' if one.external else '点评您'}的同志。",
        entries=(entry,),
        tell=_tells(ctx, one, draft),
    )


def _tells(ctx: Context, one: Review, draft: Draft) -> tuple[Tell, ...]:
    text = f"{ctx.actor.name}回应了您{one.day.month}月{one.day.day}日{'登记的外部' if one.external else '的'}点评（{one.number}）：{one_line(draft.fields['text'])}"
    told = ctx.roster.has_account([one.reviewer])
    return (tell(ctx, f"answered|{one.number}", one.reviewer, text),) if told else ()


HANDLER = Form(
    "answer_review",
    "回应点评",
    ("回应",),
    (
        Field(
            "review",
            "点评",
            lambda ctx, draft: "回应哪一条？请回复数字。",
            options=_options,
            show=_show_review,
        ),
        Field(
            "text",
            "回应",
            lambda ctx, draft: _ASK,
            _read_text,
            show=lambda ctx, draft: draft.fields.get("text", ""),
            further=lambda ctx, draft, words: _read_text(ctx, draft, joined(draft.fields["text"], words)),
            example="值班表已上墙",
        ),
    ),
    _finish,
    prepare=_prepare,
    closing=lambda ctx, draft: "每条点评只能回应一次。回复“确认”，或直接改：改2 新的内容。",
)
