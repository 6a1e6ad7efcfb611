"""A leader's words in a review: split into cells, defaults beside them, and corrections at the read-back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.engine.forms import Complaint
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _review_targets as targets
from domain.coverage import member_window
from domain.intake import bare_number
from domain.permissions import Target, targets_of
from domain.review_corrections import occasion_in, read_correction
from domain.review_moments import Moment
from domain.splitting import Span, secretary_part, split_review

PARTS = {"merits": "取得成效", "gaps": "存在问题", "directions": "意见建议"}
GRADES = ("excellent", "good", "fair", "poor")
_USUAL = {"onsite": "实地查看", "collective": "支部党员大会", "individual": ""}
_ON_SITE = ("party_secretary", "school_leader")

NOT_UNDERSTOOD = "没看懂要改哪里。没有错请回复“确认”；要改请这样说：不足改成……，或：再加一句……"
ONLY_DAILY = "这是越级点评，只能记为日常点评，不评等次。没有错请回复“确认”。"
EXTERNAL_DAILY = "外部点评记为日常点评，不评等次。没有错请回复“确认”。"
NO_DEMAND = "还没说整改什么。请说，例：要求：值班表上墙，两周内整改"
NOT_YET = "这个时间还没有到。请说看到或谈话的时间，例：时间改成昨天15:00"
BAD_DUE = "整改期限没看懂，或已经过了。请写清日期，例：8月14日前整改。"


def taken(ctx: Context, words: str, about_org: bool) -> dict[str, Any]:
    """The draft's fields for a leader's words; those about the 书记 of an organisation stand apart (R-115)."""
    apart = secretary_part(words) if about_org else None
    found = cells(words, Span(0, apart.start) if apart else None)
    fields: dict[str, Any] = {"text": ctx.text, **found}
    return fields | ({"also_cells": cells(words, apart)["cells"]} if apart else {})


def cells(words: str, within: Span | None = None) -> dict[str, Any]:
    """Each part as a stretch of the words, what fits none, and a grade that was said."""
    split = split_review(words, within)
    spans = {"merits": split.merits, "gaps": split.gaps, "directions": split.directions}
    found: dict[str, Any] = {"cells": {part: span.of(words) for part, span in spans.items() if span}}
    if split.rest:
        found["rest"] = [span.of(words) for span in split.rest]
    return found | ({"grade": split.grade} if split.grade else {})


def taken_further(draft: Draft, words: str) -> dict[str, Any]:
    """More of what the leader was saying: each part after what stands there, the rest to what fits none."""
    found, now = cells(words), dict(parts(draft))
    for part, said in found["cells"].items():
        now[part] = f"{now[part]}\n{said}" if now.get(part) else said
    rest = [*draft.fields.get("rest", ()), *found.get("rest", ())]
    return {"cells": now, "rest": rest, "text": f"{draft.fields.get('text', '')}\n{words}".strip()}


def cells_of_secretary(words: str) -> dict[str, Any]:
    """What was said about the 书记 alone."""
    return {"also_cells": cells(words)["cells"] or {"merits": words}}


def says_none(gaps: str) -> bool:
    """Whether the 不足 is that there is none."""
    return bool(gaps) and split_review(f"不足：{gaps}").no_gap


def may_be_member(ctx: Context, target: Target) -> bool:
    """Whether the speaker might review a 书记 as a member of his branch as well (R-038)."""
    person = ctx.roster.person(target.subject)
    offered = targets_of(ctx.roster, person, ctx.today) if person else ()
    return any(targets.decide(ctx, one).allowed for one in offered if one.type == "member")


def parts(draft: Draft) -> Mapping[str, str]:
    """The cells written so far."""
    found: Mapping[str, str] = draft.fields.get("cells", {})
    return found


def is_whole(draft: Draft) -> bool:
    """Whether 成绩, 不足 and 努力方向 are all there (R-119)."""
    return all(parts(draft).get(part) for part in PARTS)


def said_by(draft: Draft) -> dict[str, str]:
    """The external leader as far as he is known: what the first message said, and the answer to who he is."""
    return {**draft.fields.get("by_said", {}), **draft.fields.get("by", {})}


def capacity(ctx: Context, draft: Draft) -> tuple[str, bool]:
    """As what the speaker reviews, and whether only 日常 is open to him."""
    target = targets.target_of(draft)
    decision = targets.judged(ctx, draft, target) if target else None
    uncounted = targets.is_external(draft) and not ctx.profile.flag("review.external_counts")
    return (decision.capacity, decision.daily_only or uncounted) if decision else ("", False)


def manner(ctx: Context, draft: Draft) -> str:
    """The manner said, else on site for school leaders and a talk for a 书记 (R-128, R-129)."""
    usual = "onsite" if capacity(ctx, draft)[0] in _ON_SITE else "individual"
    return str(draft.fields.get("manner") or usual)


def occasion(ctx: Context, draft: Draft) -> str:
    """The occasion said, else the usual one of the manner (R-123, R-124)."""
    how = manner(ctx, draft)
    said = draft.fields.get("occasion") or occasion_in(draft.fields.get("place", ""), how)
    return str(said or _USUAL[how])


def kind(ctx: Context, draft: Draft) -> str:
    """定期 when asked for, or when a grade was said with all three parts; 日常 otherwise (R-125, R-137)."""
    if capacity(ctx, draft)[1] or not is_whole(draft):
        return "daily"
    usual = "periodic" if draft.fields.get("grade") else "daily"
    return str(draft.fields.get("kind") or usual)


def wants_periodic(draft: Draft) -> bool:
    """Whether the leader has asked for a 定期 review, so that missing parts are asked for."""
    return draft.fields.get("kind") == "periodic"


def window(ctx: Context, target: Target) -> str:
    """The window a 定期 review counts in, as people call it."""
    if target.type != "member":
        return "本半年"
    cadence = member_window(ctx.profile, ctx.today)
    return {"quarter": "本季度", "half": "本学期"}.get(cadence.kind if cadence else "", "")


def clock(when: datetime, today: date) -> str:
    """A moment as people say it."""
    day = "今天" if when.date() == today else f"{when.month}月{when.day}日"
    return f"{day}{when:%H:%M}"


def mend(ctx: Context, draft: Draft, text: str) -> Mapping[str, Any] | Complaint:
    """A correction in plain words, or the digit of the offer to count as 定期."""
    number = bare_number(text)
    change = _offered(draft, number) if number is not None else read_correction(text, ctx.today)
    if change is None:
        return Complaint(NOT_UNDERSTOOD, is_blank=True)
    if change.get("kind") == "periodic" and capacity(ctx, draft)[1]:
        return Complaint(EXTERNAL_DAILY if targets.is_external(draft) else ONLY_DAILY)
    if "when" in change and _moment(draft, change["when"]) > ctx.now:
        return Complaint(NOT_YET)
    if change.get("problem") in ("past", "far", "impossible"):
        return Complaint(BAD_DUE)
    if "whom" in change:
        return _another(ctx, change["whom"])
    cells = parts(draft)
    named = change.get("requirement") or cells.get("directions") or cells.get("gaps")
    if change.get("demand") and not named:
        return Complaint(NO_DEMAND)
    return _changed(ctx, draft, change, text)


def _offered(draft: Draft, number: int) -> Mapping[str, Any] | None:
    target = targets.target_of(draft)
    if target is not None and target.type != "member":
        return {"kind": "periodic"} if number == 1 else None
    grades = dict(enumerate((*GRADES, None), 1))
    return {"kind": "periodic", "grade": grades[number]} if number in grades else None


def _changed(ctx: Context, draft: Draft, change: Mapping[str, Any], text: str) -> dict[str, Any]:
    plain = ("manner", "place", "occasion", "kind", "grade")
    values = {key: change[key] for key in plain if key in change}
    if change.get("kind") == "daily":
        values["grade"] = None
    if "when" in change:
        values["when"] = _moment(draft, change["when"]).isoformat()
    if change.get("as_member"):
        values |= _as_member(ctx, draft)
    if change.get("no_photos"):
        values["no_photos"] = True
    if "demand" in change:
        values["demand"] = _demand(ctx, change)
    return values | _rewritten(draft, change, text)


def _moment(draft: Draft, said: Moment) -> datetime:
    return said.after(datetime.fromisoformat(draft.fields["when"]))


def _another(ctx: Context, words: str) -> Mapping[str, Any] | Complaint:
    """Another target: taken when it is certain, else offered; no target then stands for the present one."""
    ids, _ = targets.named_in(ctx, words)
    found = targets.candidates(ctx, ids) if ids else ()
    if not found:
        return Complaint(targets.UNKNOWN)
    return {"target": None, **targets.chosen(ctx, found, targets.named_exactly(ctx, found[0], words))}


def _as_member(ctx: Context, draft: Draft) -> dict[str, Any]:
    target = targets.target_of(draft)
    branch = ctx.roster.branch_of(target.subject, ctx.today) if target else None
    return (
        {"target": targets.stored(Target("member", target.subject, branch.id))} if target and branch else {}
    )


def _demand(ctx: Context, change: Mapping[str, Any]) -> dict[str, str] | None:
    if not change["demand"]:
        return None
    usual = ctx.today + timedelta(days=ctx.profile.number("rectify.default_days"))
    return {"due": (change["due"] or usual).isoformat(), "requirement": change["requirement"]}


def _rewritten(draft: Draft, change: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Cells after a change. All that was typed stays in `text`; a cell has only what was typed for it (R-121)."""
    more = cells(change["more"])["cells"] if "more" in change else {}
    added, replaced = {**more, **change.get("add", {})}, change.get("replace", {})
    if not added and not replaced:
        return {}
    now = dict(parts(draft))
    for part, words in added.items():
        now[part] = f"{now[part]}\n{words}" if now.get(part) else words
    raw = f"{draft.fields.get('text', '')}\n{text}".strip()
    return {"cells": now | replaced, "text": raw}
