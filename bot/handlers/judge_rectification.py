"""认可 and 退: the leader closes a 整改 whose reply he read, or sends the reply back with a reason (R-168, R-169)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _rectifying as about
from bot.handlers._duty_names import short
from bot.quoting import one_line
from domain.intake import halfwidth
from domain.rectifications import ACCEPTED, Rectification

NOTHING = "现在没有等您看的整改回复。"
ACCEPT, RETURN = "accept", "return"
LONGEST = 200
TOO_LONG = f"原因太长了，请写在{LONGEST}字以内。"
_RETURNS = re.compile(r"(?:退回?|打回|不认可|不行)(?:去|一下|了)*(?:[\s,，:：、。]+|$)")
_ACCEPTS = ("1", "认可", "同意", "可以", "同意销号", "销号", "认可，销号", "认可销号")


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    number, waiting = fields.get("number"), about.to_read(ctx)
    if not waiting:
        return Complaint(NOTHING)
    found = about.named(waiting, number) if number else waiting
    if not found:
        return Complaint("没有这个编号的整改回复等您看。回复“整改回复待阅”看清单。")
    reason = str(fields.get("reason") or "").strip()
    if len(reason) > LONGEST:
        return Complaint(TOO_LONG)
    known = {"verdict": fields["verdict"]} if fields.get("verdict") else {}
    known |= {"reason": reason} if _says(reason) else {}
    one = {"item": found[0].number} if len(found) == 1 else {}
    # Somebody named in the reason may be whom it is meant for, so it is read back first.
    plain = bool(one and known) and not fields.get("doubtful")
    return {"items": [each.number for each in found], "plain": plain, **one, **known}


def _item(ctx: Context, draft: Draft) -> Rectification | None:
    return about.find(about.to_read(ctx), draft.fields.get("item"))


def _options(ctx: Context, draft: Draft) -> list[Option]:
    return about.options(
        ctx, [one for one in about.to_read(ctx) if one.number in draft.fields.get("items", ())]
    )


def _ask_verdict(ctx: Context, draft: Draft) -> str:
    one = _item(ctx, draft)
    how = "1 认可，销号\n2 退回（也可以直接写原因，例：退 公示栏照片没有）"
    return f"{about.in_full(one)}\n认可吗？\n{how}" if one else _GONE


def _read_verdict(ctx: Context, draft: Draft, text: str) -> Reading:
    """A digit or 认可 is enough; 退 with its reason is done in one."""
    said = halfwidth(text).strip("。！!. ")
    if said in _ACCEPTS:
        return _finish(ctx, draft.having(verdict=ACCEPT), "")
    back = _RETURNS.match(text)
    reason = text[back.end() :].strip() if back else ""
    if len(reason) > LONGEST:
        return Complaint(TOO_LONG)
    if _says(reason):
        return _finish(ctx, draft.having(verdict=RETURN, reason=reason), "")
    if back or said == "2":
        return {"verdict": RETURN}
    return Complaint("认可请回复1；退回请写原因，例：退 公示栏照片没有")


def _says(reason: str) -> bool:
    return len(re.sub(r"\W", "", reason)) >= 2


def _read_reason(ctx: Context, draft: Draft, text: str) -> Reading:
    if not _says(text):
        return Complaint("请写一句退回的原因，对方才知道怎么补。例：公示栏照片没有")
    return Complaint(TOO_LONG) if len(text) > LONGEST else {"reason": text.strip()}


def _heading(ctx: Context, draft: Draft) -> str:
    one = _item(ctx, draft)
    if one is None:
        return _GONE
    if _accepts(draft):
        return f"{about.in_full(one)}\n请核对，将认可并销号。"
    return f"请核对，将退回{one.owner_name}的整改回复（{one.tail}）："


def _closing(ctx: Context, draft: Draft) -> str:
    if _accepts(draft):
        return "认可请回复“确认”；要退回请写原因，例：退 公示栏照片没有"
    return "退回请回复“确认”；改原因请说，如“改1 公示栏照片没有”。"


def _accepts(draft: Draft) -> bool:
    return draft.fields.get("verdict") == ACCEPT


def _mend(ctx: Context, draft: Draft, words: str) -> Reading | None:
    """退 with a reason turns an acceptance round."""
    back = _RETURNS.match(words)
    if not back:
        return None
    reason = words[back.end() :].strip()
    if len(reason) > LONGEST:
        return Complaint(TOO_LONG)
    return {"verdict": RETURN, **({"reason": reason} if _says(reason) else {})}


_GONE = "这一项已经处理过了，或者不归您看了。回复“整改回复待阅”看清单。"


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    one = _item(ctx, draft)
    if one is None:
        return Turn(_GONE)
    turn = _accepted(ctx, one) if _accepts(draft) else _returned(ctx, one, draft.fields["reason"])
    left = len(about.to_read(ctx)) - 1
    more = f"还有{left}件整改回复，回复“整改回复待阅”看。" if left else ""
    return replace(turn, say=turn.say + more)


def _accepted(ctx: Context, one: Rectification) -> Turn:
    text = f"{ctx.actor.name}同志认可了整改{one.tail}（{one_line(one.requirement)}），已销号。"
    tells = about.tells(ctx, one, about.reviewed_side(ctx, one), "accepted", text)
    told = f"已告诉{one.owner_name}。" if tells else "对方还没有绑定企业微信，请当面告诉一声。"
    return Turn(
        f"{one.number}已销号（{short(ctx.today)}），{told}",
        entries=(about.entry(ctx, one, "closed", {"effect": ACCEPTED}, one.capacity),),
        tell=tells,
        act=Act("judge_rectification", ctx.now.isoformat(), (one.number,)),
    )


def _returned(ctx: Context, one: Rectification, reason: str) -> Turn:
    text = (
        f"{ctx.actor.name}同志退回了整改{one.tail}的回复：{one_line(reason)}。\n"
        f"补好后回复“整改 {one.tail} 完成：……”再送，可以附照片。"
    )
    tells = about.tells(ctx, one, about.reviewed_side(ctx, one), "returned", text)
    told = "原因已告诉对方。" if tells else "对方还没有绑定企业微信，请当面告诉原因。"
    return Turn(
        f"已退回{one.owner_name}的整改回复（{one.tail}），{told}",
        entries=(about.entry(ctx, one, "returned", {"reason": reason}, one.capacity),),
        tell=tells,
        act=Act("judge_rectification", ctx.now.isoformat(), (one.number,)),
    )


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn("结果已经告诉对方，不能撤回。有出入请直接告诉对方。", keep=True)


class _Judge(Form):
    """The form; while it is open, 退 with a reason belongs to the reply that it shows."""

    __slots__ = ()

    def expects(self, ctx: Context, draft: Draft, text: str) -> bool:
        return Form.expects(self, ctx, draft, text) or (draft.asked != "item" and bool(_RETURNS.match(text)))


HANDLER = _Judge(
    name="judge_rectification",
    title="看整改回复",
    words=("整改回复待阅", "认可"),
    fields=(
        Field("item", "整改", lambda ctx, draft: "看哪一件？请回复数字。", options=_options),
        Field("verdict", "意见", _ask_verdict, _read_verdict),
        Field(
            "reason",
            "原因",
            lambda ctx, draft: "为什么退回？请写一句原因。\n例：公示栏照片没有",
            _read_reason,
            needed=lambda ctx, draft: draft.fields.get("verdict") == RETURN,
            show=lambda ctx, draft: "" if _accepts(draft) else str(draft.fields.get("reason") or ""),
            example="公示栏照片没有",
        ),
    ),
    finish=_finish,
    prepare=_prepare,
    refuse=lambda ctx, draft: None if _item(ctx, draft) else _GONE,
    take_back=_take_back,
    heading=_heading,
    closing=_closing,
    mend=_mend,
    confirm_words=("认可", "同意", "销号"),
    at_once=lambda ctx, draft: bool(draft.fields.get("plain")),
)
