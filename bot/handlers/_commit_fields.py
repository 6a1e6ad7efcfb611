"""What a commitment is asked for: whose, which item of the branch it serves, goal, date, occasion, matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.engine.fields import joined
from bot.engine.forms import Complaint, Field, Option, Options, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _commit_goal as goal
from bot.handlers._commitment_words import cut
from domain.commitments import Commitment
from domain.dates import show
from domain.intake import bare_number
from domain.profile import Profile

NO_LINK = ("不关联", "不结合", "没有", "都不", "不了")
NEW = "new"


def reopened(item: Commitment) -> dict[str, Any]:
    """What is kept of a returned item while it is mended; goal and date are asked again."""
    return {
        "reopens": item.number,
        "reason": item.reason,
        "old_goal": item.goal,
        "old_due": item.due.isoformat(),
        "kind": item.kind,
        "matter": item.matter,
        "trigger": item.trigger,
        "link": item.link,
        "owner": item.owner,
        "org": item.org,
    }


def _ask_which(ctx: Context, draft: Draft) -> str:
    listed = [f"{n} 改被退回的{tail}：{cut(words)}" for n, (tail, words) in enumerate(_returned(draft), 1)]
    return "\n".join(["您有被退回的承诺。这次是：", *listed, f"{len(listed) + 1} 另作一件新的", "回复数字。"])


def _returned(draft: Draft) -> list[tuple[str, str]]:
    return [(full.split("-", 2)[2], words) for full, words in draft.fields["returned"]]


def _read_which(ctx: Context, draft: Draft, words: str) -> Reading:
    known = draft.fields["returned"]
    n = bare_number(words)
    if n == len(known) + 1 or words.strip("。 ") in ("新的", "另作一件", "另作一件新的"):
        return {"which": NEW}
    if n is None or not 1 <= n <= len(known):
        return Complaint(f"请回复1到{len(known) + 1}之间的数字。")
    item = ctx.facts.commitment(known[n - 1][0])
    if item is None:
        return Complaint("没有找到这一件，请回复“取消”后重新说“作承诺”。")
    due = {} if "due" in draft.fields or "goal" not in draft.fields else {"due": item.due.isoformat()}
    return {**reopened(item), **due, "which": item.number}


def _units(ctx: Context, draft: Draft) -> Options:
    known = (ctx.roster.org(one) for one in draft.fields.get("units", ()))
    return [Option(org.id, org.name) for org in known if org]


def _ask_link(ctx: Context, draft: Draft) -> str:
    listed = [f"{n} {cut(words, 24)}" for n, (_, words) in enumerate(draft.fields["links"], 1)]
    return "\n".join(["支部已公开的承诺：", *listed, "您想结合哪一件？回复数字，或0不结合。"])


def _read_link(ctx: Context, draft: Draft, words: str) -> Reading:
    known, n = draft.fields["links"], bare_number(words)
    if n == 0 or words.strip("。 ") in NO_LINK:
        return {"link": ""}
    if n is not None and 1 <= n <= len(known):
        return {"link": known[n - 1][0]}
    if n is not None or len(words) < 8:
        return Complaint(f"请回复1到{len(known)}之间的数字，或0不结合。")
    # Whoever says at once what he will do has chosen none of the branch's items.
    reading = {} if "goal" in draft.fields else goal.read_goal(ctx, draft, words)
    return {"link": "", **reading} if isinstance(reading, Mapping) else reading


def _show_link(ctx: Context, draft: Draft) -> str:
    known = dict(draft.fields.get("links", ()))
    return cut(known.get(draft.fields.get("link", ""), ""))


def _label_options(profile: Profile, group: str) -> Options:
    return [Option(code, label) for code, label in profile.labels.get(group, {}).items()]


def _matter_group(draft: Draft) -> str:
    return "org_matter" if draft.fields.get("unit") else "member_matter"


def _matters(ctx: Context, draft: Draft) -> Options:
    return _label_options(ctx.profile, _matter_group(draft))


def matter_named(ctx: Context, draft: Draft, words: str) -> str:
    """The matter whose very words were said; empty otherwise."""
    return next((one.value for one in _matters(ctx, draft) if one.label == words), "")


def _ask_matter(ctx: Context, draft: Draft) -> str:
    due = show(date.fromisoformat(draft.fields["due"]))
    return f"记为一件：\n目标：{draft.fields['goal']}\n完成时限：{due}\n属于哪一类？回复数字。"


def _show_matter(ctx: Context, draft: Draft) -> str:
    code = draft.fields.get("matter", "")
    return ctx.profile.label(_matter_group(draft), code) if code and not is_immediate(draft) else ""


def _show_trigger(ctx: Context, draft: Draft) -> str:
    code = draft.fields.get("trigger", "")
    return ctx.profile.label("trigger", code) if code and is_immediate(draft) else ""


def is_immediate(draft: Draft) -> bool:
    """Whether the draft is of an 即时承诺 (R-068)."""
    return bool(draft.fields.get("kind") == "immediate")


def _show_due(ctx: Context, draft: Draft) -> str:
    due = draft.fields.get("due")
    return show(date.fromisoformat(due)) if due else ""


def _offers_links(ctx: Context, draft: Draft) -> bool:
    """Not before it is known that there is another item at all, and not when there is no time."""
    return bool(draft.fields.get("links")) and not draft.fields.get("more") and not is_immediate(draft)


FIELDS = (
    Field(
        "which",
        "哪一件",
        _ask_which,
        _read_which,
        needed=lambda ctx, draft: bool(draft.fields.get("returned")),
    ),
    Field(
        "unit",
        "组织",
        lambda ctx, draft: "这是哪个党组织的承诺？回复数字。",
        needed=lambda ctx, draft: bool(draft.fields.get("units")),
        options=_units,
    ),
    Field(
        "offered",
        "改为",
        goal.ask_offer,
        goal.read_offer,
        needed=lambda ctx, draft: bool(draft.fields.get("offer")),
    ),
    Field(
        "link",
        "结合支部",
        _ask_link,
        _read_link,
        needed=_offers_links,
        show=_show_link,
        skip="",
    ),
    Field(
        "goal",
        "目标",
        goal.ask_goal,
        goal.read_goals,
        show=lambda ctx, draft: draft.fields.get("goal", ""),
        further=lambda ctx, draft, words: goal.read_goal(ctx, draft, joined(draft.fields["goal"], words)),
    ),
    Field("due", "完成时限", goal.ask_due, goal.read_due, show=_show_due),
    Field(
        "trigger",
        "事由",
        lambda ctx, draft: "作即时承诺是因为：",
        needed=lambda ctx, draft: is_immediate(draft),
        options=lambda ctx, draft: _label_options(ctx.profile, "trigger"),
        show=_show_trigger,
    ),
    Field(
        "matter",
        "类别",
        _ask_matter,
        needed=lambda ctx, draft: not is_immediate(draft),
        options=_matters,
        show=_show_matter,
    ),
)
