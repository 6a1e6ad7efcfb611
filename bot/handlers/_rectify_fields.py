"""What a 整改 asks of the reviewed side: which one, what of it, the words, and the discussion of an organisation (R-166)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.engine.fields import joined
from bot.engine.forms import Complaint, Field, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _rectifying as about
from bot.handlers._duty_names import short
from bot.handlers._rectifying_words import MEASURES, PROGRESS, REPLY, kind_of, told
from bot.quoting import one_line
from domain.rectifications import Rectification

EXAMPLE = "值班表6月27日已上墙，每周检查一次"
DISCUSSION = "6月20日支委会，林涛负责"
LONGEST, LONGEST_DISCUSSION = 400, 100
"""So much fits, with what was demanded, into the one message that its leader gets."""
_SENT = re.compile(r"[\s,，。]+送[。！!]?$")
"""已补 送: the last word is no part of the reply; it is read back before it leaves."""
_KINDS = (
    Option(MEASURES, "定了措施", ("措施",)),
    Option(PROGRESS, "说一下进展", ("进展",)),
    Option(REPLY, "整改好了，要回复领导", ("完成", "整改好了", "做完了")),
)
_ASKS = {
    MEASURES: "定了哪些措施？请写清措施、责任人和时限。\n例：值班表每周一上墙，张伟负责，6月底前",
    PROGRESS: "进展怎么样？一句话就行。\n例：三条措施已完成两条",
    REPLY: f"整改得怎么样了？请写清做了什么、哪天做的。\n例：{EXAMPLE}",
}


def item_of(ctx: Context, draft: Draft) -> Rectification | None:
    """The one a draft is about, while the speaker still has something to do about it."""
    return about.find(about.owed(ctx), draft.fields.get("item"))


def _options(ctx: Context, draft: Draft) -> list[Option]:
    return about.options(ctx, [one for one in about.owed(ctx) if one.number in draft.fields.get("items", ())])


def _show_item(ctx: Context, draft: Draft) -> str:
    one = item_of(ctx, draft)
    return f"{one.requirement}（{one.number}，{short(one.due)}前）" if one else ""


def _ask_kind(ctx: Context, draft: Draft) -> str:
    one = item_of(ctx, draft)
    what = f"{one.tail} {one_line(one.requirement)}（{short(one.due)}前）\n" if one else ""
    what += f"上次退回的原因：{one_line(one.reason)}\n" if one and one.reason else ""
    return f"{what}要说哪一样？请回复数字，或直接说做得怎么样了。"


def _read_kind(ctx: Context, draft: Draft, text: str) -> Reading:
    """The thing itself told at once instead of a digit."""
    kind, reading = kind_of(text), _read_text(ctx, draft, text)
    if not kind or not isinstance(reading, Mapping):
        return Complaint("请回复1、2或3。")
    return {"kind": kind, **reading}


def _read_text(ctx: Context, draft: Draft, text: str) -> Reading:
    words = checked(text)
    return words if isinstance(words, Complaint) else {"text": words}


def checked(text: str) -> str | Complaint:
    """Somebody's own words about it, or why they are none."""
    words = _SENT.sub("", told(text))
    if not re.search(r"[^\W\d_]", words):
        return Complaint(f"请用一句话说，例：{EXAMPLE}")
    if len(words) > LONGEST:
        return Complaint(f"太长了，请写在{LONGEST}字以内。")
    return words


def _needs_discussion(ctx: Context, draft: Draft) -> bool:
    """An organisation says when and by whom it was discussed, once (R-166)."""
    one = item_of(ctx, draft)
    return one is not None and one.is_of_org and not one.discussed and draft.fields.get("kind") != PROGRESS


def _read_discussion(ctx: Context, draft: Draft, text: str) -> Reading:
    if len(re.sub(r"\W", "", text)) < len("支委会"):
        return Complaint(f"请写讨论的时间和责任人，例：{DISCUSSION}")
    if len(text) > LONGEST_DISCUSSION:
        return Complaint(f"太长了，请写在{LONGEST_DISCUSSION}字以内，例：{DISCUSSION}")
    return {"discussed": text.strip()}


FIELDS = (
    Field("item", "事项", lambda ctx, draft: "哪一项？请回复数字。", options=_options, show=_show_item),
    Field("kind", "内容", _ask_kind, _read_kind, options=lambda ctx, draft: _KINDS),
    Field(
        "text",
        "整改情况",
        lambda ctx, draft: _ASKS[draft.fields["kind"]],
        _read_text,
        show=lambda ctx, draft: str(draft.fields.get("text") or ""),
        further=lambda ctx, draft, words: _read_text(ctx, draft, joined(draft.fields["text"], words)),
        example=EXAMPLE,
    ),
    Field(
        "discussed",
        "研究讨论",
        lambda ctx, draft: f"有讨论的时间和责任人吗？例：{DISCUSSION}",
        _read_discussion,
        needed=_needs_discussion,
        show=lambda ctx, draft: str(draft.fields.get("discussed") or ""),
        example=DISCUSSION,
    ),
)
