"""登记外部点评: a 书记 registers what a leader from outside said on a visit; he himself has no access (R-040)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Complaint, Field, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _review_words as words
from bot.handlers._review_form import ReviewForm, prepared
from bot.handlers._review_posting import post
from bot.handlers._review_questions import FIELDS
from bot.handlers.review import REVIEW, refuse
from domain import external
from domain.permissions import registers

NOT_YOURS = "外部点评由书记来登记。请把谁点评了谁、说了什么告诉支部书记。"
HOW = "要登记哪位外单位领导的点评？例：登记外部点评 市教育工委王强处长点评教工第一党支部：支部活动扎实"
_EXAMPLE = "市教育工委 王强 处长"


def _allowed(ctx: Context) -> str | None:
    return None if registers(ctx.roster, ctx.actor.id, ctx.today) else NOT_YOURS


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    if not fields.get("target") and not fields.get("text"):
        return Complaint(HOW)
    known = prepared(ctx, {key: value for key, value in fields.items() if key != "by"})
    if not isinstance(known, Mapping):
        return known
    said = external.read(str(fields.get("by") or ""))
    return {**known, "by_said": said, **({"by": {}} if external.is_known(said) else {})}


def _ask_by(ctx: Context, draft: Draft) -> str:
    said = words.said_by(draft)
    if said.get("unit") and said.get("post") and said.get("name"):
        return f"{said['unit']}{said['name']}{said['post']}的全名是什么？不知道请回复“跳过”。"
    return f"点评人是谁？请写单位、姓名、职务，例：{_EXAMPLE}"


def _read_by(ctx: Context, draft: Draft, text: str) -> Reading:
    said = {**words.said_by(draft), **external.read(text)}
    if not external.is_known(said):
        lacking = [
            word for key, word in (("unit", "单位"), ("name", "全名"), ("post", "职务")) if not said.get(key)
        ]
        return Complaint(f"还差{'、'.join(lacking) or '全名'}。请一起写，例：{_EXAMPLE}")
    return {"by": said}


def _show_by(ctx: Context, draft: Draft) -> str:
    return external.shown(words.said_by(draft)) if "by" in draft.fields else ""


def _refuse(ctx: Context, draft: Draft) -> str | None:
    said = words.said_by(draft)
    if not (said.get("unit") and said.get("name") and said.get("post")):
        return f"还没有写清点评人是谁。请回复“改1 单位 姓名 职务”，例：改1 {_EXAMPLE}"
    return refuse(ctx, draft)


_BY = Field("by", "外部点评人", _ask_by, _read_by, show=_show_by, skip={}, example=_EXAMPLE)

HANDLER = ReviewForm(
    "external_review",
    "登记外部点评",
    ("登记外部点评", "外部点评"),
    (_BY, *FIELDS),
    post,
    allowed=_allowed,
    grant=REVIEW.grant,
    prepare=_prepare,
    refuse=_refuse,
    mend=words.mend,
    closing=REVIEW.closing,
    heading=lambda ctx, draft: "请核对要登记的外部点评：",
    takes_photos=True,
)
