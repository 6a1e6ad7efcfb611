"""The questions of a review: whom, what, where, of the 书记 beside his organisation, and what 定期 wants."""

from __future__ import annotations

from bot.engine.forms import Complaint, Field, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _review_photos
from bot.handlers import _review_targets as targets
from bot.handlers import _review_words as words
from bot.handlers._review_form import leader_hint
from domain.commitments import LIVE
from domain.dates import show
from domain.intake import bare_number
from domain.people import RoleKind
from domain.permissions import Target
from domain.review_corrections import read_correction
from domain.splitting import split_review

_EXAMPLE = "带青年教师扎实；不足是公开课少；下一步每学期上两次"
_SHORTEST = 2
_PROMISES = 2
_SHOWN = 40
_WHOM = "点评谁？请说姓名或组织名称，例：张伟"
_NUDGE = "定期点评要写清成绩、不足和努力方向。确认没有不足？"
_PART_NAMES = {"merits": "成绩", "gaps": "不足", "directions": "努力方向"}


def _ask_target(ctx: Context, draft: Draft) -> str:
    offered = targets.options(ctx, draft)
    if not offered:
        said = str(draft.fields.get("text", ""))
        unknown = draft.fields.get("unknown")
        lead = f"没找到“{unknown}”。" if unknown else ""
        return lead + (f"您的话还在：“{said[:_SHOWN]}”\n" if said else "") + _WHOM
    return (
        f"有{len(offered)}个可能，请问是哪一个？请回复数字。"
        if len(offered) > 1
        else "您说的是这一位吗？不是请直接写姓名。"
    )


def _read_target(ctx: Context, draft: Draft, text: str) -> Reading:
    narrowed = targets.narrowed(ctx, draft, text)
    if narrowed is not None:
        return {"target": targets.stored(narrowed)}
    ids, rest = targets.named_in(ctx, text)
    found = targets.candidates(ctx, ids) if ids else ()
    if not found:
        unknown, said = targets.unknown_in(text)
        # What was said of somebody who is not in the roster is kept for whom it is about.
        kept = {"unknown": unknown, **words.taken(ctx, said, about_org=False)} if unknown else None
        return kept if kept and "text" not in draft.fields else Complaint(targets.UNKNOWN)
    known = targets.chosen(ctx, found, targets.named_exactly(ctx, found[0], text))
    return {**known, **(words.taken(ctx, rest, found[0].target.type == "org") if rest else {})}


def _show_target(ctx: Context, draft: Draft) -> str:
    target = targets.target_of(draft)
    if target is None:
        return ""
    both = target.type == "secretary" and words.may_be_member(ctx, target)
    return targets.show(ctx, target) + ("，作为党员点评请回复“作为党员”" if both else "")


def _ask_text(ctx: Context, draft: Draft) -> str:
    target = targets.target_of(draft)
    if target is None:
        return _WHOM
    person = ctx.roster.person(target.subject) if target.type != "org" else None
    hint = leader_hint(ctx, target, person) or f"点评{targets.show(ctx, target)}。"
    lines = [hint, *_promises(ctx, target), f"请说成绩、不足和努力方向，例：{_EXAMPLE}"]
    return "\n".join(lines)


def _promises(ctx: Context, target: Target) -> list[str]:
    """What the reviewed one has promised in public, so that the review can speak of it (R-116, R-148)."""
    owner = target.org if target.type == "secretary" else target.subject
    items = ctx.facts.commitments_of([owner], LIVE)[:_PROMISES]
    return [f"承诺：{item.goal}（{show(item.due)}前）" for item in items]


def _read_text(ctx: Context, draft: Draft, text: str) -> Reading:
    if len(text) < _SHORTEST or bare_number(text) is not None:
        return Complaint(f"请用一句话说说，例：{_EXAMPLE}")
    target = targets.target_of(draft)
    return words.taken(ctx, text, target is not None and target.type == "org")


def _manners(ctx: Context) -> list[str]:
    return [ctx.profile.label("manner", code) for code in ("onsite", "individual", "collective")]


def _ask_manner(ctx: Context, draft: Draft) -> str:
    return f"请回复形式：{'、'.join(_manners(ctx))}。"


def _ask_place(ctx: Context, draft: Draft) -> str:
    return f"在哪里看的？例：实验楼302。不是现场请回复“{_manners(ctx)[1]}”。"


def _show_manner(ctx: Context, draft: Draft) -> str:
    how, occasion = words.manner(ctx, draft), words.occasion(ctx, draft)
    label = ctx.profile.label("manner", how) + (f"（{occasion}）" if occasion else "")
    return label + ("（现场请回复“现场”）" if how == "individual" else "")


def _read_manner(ctx: Context, draft: Draft, text: str) -> Reading:
    change = read_correction(text, ctx.today) or {}
    known = {key: change[key] for key in ("manner", "occasion", "place") if key in change}
    return known if "manner" in known else Complaint(_ask_manner(ctx, draft))


def _needs_place(ctx: Context, draft: Draft) -> bool:
    return "text" in draft.fields and words.manner(ctx, draft) == "onsite"


def _read_place(ctx: Context, draft: Draft, text: str) -> Reading:
    change = read_correction(text, ctx.today) or {}
    if "manner" in change and change["manner"] != "onsite":
        return {"manner": change["manner"], "occasion": change["occasion"]}
    place = change.get("place") or text.strip("。 ")
    return {"place": place} if len(place) <= 60 else Complaint("地点请写短一点，例：实验楼302。")


def _secretary(ctx: Context, draft: Draft) -> Target | None:
    """The 书记 of the organisation under review, if the speaker may review him too (R-115)."""
    target = targets.target_of(draft)
    if target is None or target.type != "org" or "text" not in draft.fields:
        return None
    heads = ctx.roster.holders(RoleKind.SECRETARY, [target.org], ctx.today)
    also = Target("secretary", heads[0].person, target.org) if heads else None
    return also if also and targets.judged(ctx, draft, also).allowed else None


def _ask_also(ctx: Context, draft: Draft) -> str:
    also = _secretary(ctx, draft)
    return f"是否同时点评书记{targets.name(ctx, also)}同志？" if also else ""


def _also_options(ctx: Context, draft: Draft) -> list[Option]:
    also = _secretary(ctx, draft)
    stored = targets.stored(also) if also else None
    return [Option(stored, "同时点评", ("是", "对", "要")), Option(False, "只点评组织", ("不", "不用", "否"))]


def _ask_also_text(ctx: Context, draft: Draft) -> str:
    kept = draft.fields["also"]
    who = targets.name(ctx, Target(kept[0], kept[1], kept[2]))
    return f"请说对书记{who}同志的点评，例：带头上思政课，要多下支部"


def _read_also_text(ctx: Context, draft: Draft, text: str) -> Reading:
    return {**words.cells_of_secretary(text), "text": f"{draft.fields['text']}\n{text}"}


def _also_lacks(ctx: Context, draft: Draft) -> list[str]:
    """The parts that a 定期 review of the 书记 beside his organisation still wants (S-09)."""
    asked = words.kind(ctx, draft) == "periodic" and draft.fields.get("also")
    cells = draft.fields.get("also_cells", {})
    return [part for part in words.PARTS if not cells.get(part)] if asked else []


def _ask_also_more(ctx: Context, draft: Draft) -> str:
    lacking = "、".join(_PART_NAMES[part] for part in _also_lacks(ctx, draft))
    return f"对书记的点评还差{lacking}。请说一句；不写请回复“跳过”，对书记的就记为日常点评。"


def _read_also_more(ctx: Context, draft: Draft, text: str) -> Reading:
    lacking, said = _also_lacks(ctx, draft), words.cells(text)["cells"]
    added = {part: said[part] for part in lacking if part in said} or {lacking[0]: text}
    cells = {**draft.fields["also_cells"], **added}
    return {"also_cells": cells, "also_more": True, "text": f"{draft.fields['text']}\n{text}"}


def _part_field(part: str) -> Field:
    name = _PART_NAMES[part]

    def missing(ctx: Context, draft: Draft) -> bool:
        skipped = any(draft.fields.get(one) == "" for one in words.PARTS)
        return words.wants_periodic(draft) and not skipped and not words.parts(draft).get(part)

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        said = split_review(text)
        span = getattr(said, part)
        raw = f"{draft.fields.get('text', '')}\n{ctx.text}"
        kept = span.of(text) if span else text
        return {"cells": {**words.parts(draft), part: kept}, "text": raw}

    return Field(
        part,
        words.PARTS[part],
        lambda ctx, draft: (
            f"定期点评要写清成绩、不足和努力方向，还差{name}。请说一句；不写请回复“跳过”，就记为日常点评。"
        ),
        read,
        needed=missing,
        show=lambda ctx, draft: words.parts(draft).get(part) or "未写",
        skip="",
    )


def _needs_nudge(ctx: Context, draft: Draft) -> bool:
    gaps = words.parts(draft).get("gaps", "")
    return words.kind(ctx, draft) == "periodic" and words.says_none(gaps)


FIELDS = (
    Field("target", "对象", _ask_target, _read_target, options=targets.options, show=_show_target),
    Field("text", "点评", _ask_text, _read_text, example=_EXAMPLE,
          further=lambda ctx, draft, said: words.taken_further(draft, said)),
    Field(
        "pending_to",
        "照片",
        _review_photos.ask,
        needed=lambda ctx, draft: "pending" in draft.fields,
        options=lambda ctx, draft: _review_photos.choices(draft),
    ),
    Field(
        "keep_older",
        "照片",
        lambda ctx, draft: f"之前的{len(draft.fields['older'])}张照片要放进来吗？",
        needed=lambda ctx, draft: bool(draft.fields.get("older")),
        options=lambda ctx, draft: [Option(True, "放进来", ("要",)), Option(False, "不放", ("不要",))],
    ),
    Field(
        "also",
        "书记",
        _ask_also,
        needed=lambda ctx, draft: _secretary(ctx, draft) is not None,
        options=_also_options,
    ),
    Field(
        "also_cells",
        "对书记",
        _ask_also_text,
        _read_also_text,
        needed=lambda ctx, draft: bool(draft.fields.get("also")),
    ),
    Field("manner", "形式", _ask_manner, _read_manner,
          needed=lambda ctx, draft: False, show=_show_manner),
    Field("place", "地点", _ask_place, _read_place, needed=_needs_place,
          show=lambda ctx, draft: draft.fields.get("place") or "未填", example="实验楼302"),
    *map(_part_field, words.PARTS),
    Field("also_more", "对书记", _ask_also_more, _read_also_more,
          needed=lambda ctx, draft: bool(_also_lacks(ctx, draft)), skip=False),
    Field("no_gap", "不足", lambda ctx, draft: _NUDGE, needed=_needs_nudge,
          options=lambda ctx, draft: [Option("none", "确认没有不足"), Option("write", "我来补写")]),
)  # fmt: skip
