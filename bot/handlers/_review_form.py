"""The conversation of a review: a form that also takes photos at any moment and keeps refused words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot import texts
from bot.engine.forms import CONFIRM, Form, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _owing_list, _review_photos
from bot.handlers import _permission as permission
from bot.handlers import _review_refusals as refusals
from bot.handlers import _review_targets as targets
from bot.handlers import _review_words as words
from domain.dates import show
from domain.people import Person
from domain.permissions import Target

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


class ReviewForm(Form):
    """A form whose photos, targets and second first messages follow rules of their own."""

    __slots__ = ()

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        if permission.is_voter(ctx):
            return Turn(_owing_list.VOTER)
        turn = super().begin(ctx, fields)
        if turn.draft is not None:
            # 返回 goes back to answers; what the first message said is no answer and is not lost by it.
            turn = replace(turn, draft=replace(turn.draft, order=()))
        return _took(turn)

    def catch(self, ctx: Context) -> Turn | None:
        """Words about a name that nobody bears, said to the list of whom one owes (R-043, R-135)."""
        minutes = timedelta(minutes=ctx.profile.number("chat.photo_idle_minutes"))
        is_new = bool(ctx.choices) and ctx.now - datetime.fromisoformat(ctx.conversation.listed) <= minutes
        asked = is_new and ctx.choices[0].startswith(self.words[0])
        return self.begin(ctx, {"text": ctx.text}) if asked and targets.unknown_in(ctx.text)[0] else None

    def go_on(self, ctx: Context, draft: Draft, before: str = "") -> Turn:
        settled = _review_photos.settle(ctx, _obeyed(draft))
        if isinstance(settled, Turn):
            return self._settled(ctx, settled)
        target = targets.target_of(settled)
        refusal = refusals.refusal(ctx, settled, target) if target else refusals.refused_whoever(ctx, settled)
        if refusal:
            return self._held(ctx, settled, refusal)
        return super().go_on(ctx, replace(settled, until=""), before)

    def picture(self, ctx: Context, draft: Draft, attachment: str) -> Turn | None:
        turn = _review_photos.into_draft(ctx, draft)
        if turn is not None:
            return turn
        taken = super().picture(ctx, draft, attachment)
        at_the_end = taken is not None and draft.asked == CONFIRM and not draft.photos
        return replace(taken, say=_review_photos.TAKEN) if taken and at_the_end else taken

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        """点评… while a draft is open: its words, when it has none yet; else another review."""
        if not fields:
            return Turn(self.resume(ctx, draft), draft)
        # Photos that wait in this very draft are not offered to it as others.
        known = prepared(replace(ctx, conversation=replace(ctx.conversation, draft=None)), fields)
        if isinstance(known, Turn) or not isinstance(known, Mapping):
            return self.answer(ctx, draft, ctx.text)
        if "text" not in draft.fields:
            idle = draft.photos and "target" not in draft.fields and _review_photos.is_idle(ctx, draft)
            taken = _review_photos.set_aside(draft) if idle else draft
            return _took(self.go_on(ctx, taken.having(**known)))
        if known.get("target") == draft.fields.get("target", []):
            fresh = draft.without("rest", "grade", "kind", "also_cells", "also_more", "no_gap")
            return _took(self.go_on(ctx, fresh.having(**known), texts.CHANGED))
        turn = self.begin(ctx, fields)
        return replace(turn, say=texts.parked(self.title) + turn.say, park=True)

    def read_back(self, ctx: Context, draft: Draft) -> str:
        shown = self._shown(ctx, draft)
        lines = [f"{_CIRCLES[n]} {label}：{said}" for n, (label, said) in enumerate(shown)]
        return "\n".join([self.heading(ctx, draft), *lines, *_aside(ctx, draft), self.closing(ctx, draft)])

    def _settled(self, ctx: Context, turn: Turn) -> Turn:
        """Photos went elsewhere: the drafts that stay, open or put aside, come back to their own question."""
        if turn.shelve is not None:
            return replace(turn, shelve=super().go_on(ctx, turn.shelve).draft)
        if turn.draft is None:
            return turn
        home = self.go_on(ctx, turn.draft)
        return replace(home, say=f"{turn.say}\n{home.say}", entries=turn.entries, link=turn.link)

    def _held(self, ctx: Context, draft: Draft, reason: str) -> Turn:
        """Refused: the words are kept for 继续, and whom else they may concern is asked then (R-043)."""
        if "text" not in draft.fields and not draft.photos:
            return Turn(reason)
        hours = ctx.profile.number("review.held_hours")
        until = (ctx.now + timedelta(hours=hours)).isoformat()
        kept = replace(draft.without("target", "candidates"), asked="target", until=until)
        return Turn(f"{reason}\n您的话已存{hours}小时，回复“继续”可以改点别人。", shelve=kept)


def _took(turn: Turn) -> Turn:
    """Photos without a place that a draft offers to take wait in it from now on."""
    took = turn.draft or turn.shelve
    return replace(turn, loose=()) if took and "older" in took.fields else turn


def _obeyed(draft: Draft) -> Draft:
    """The draft after answers that change something other than their own field."""
    if draft.fields.get("no_photos"):
        draft = replace(draft.without("no_photos"), photos=())
    if "target" in draft.fields and draft.fields["target"] is None:
        draft = draft.without("target")
    if draft.fields.get("no_gap") != "write":
        return draft
    cells = {part: said for part, said in words.parts(draft).items() if part != "gaps"}
    return draft.without("no_gap").having(cells=cells, kind="periodic")


def prepared(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    """A draft's first fields from what the message said; a bare 点评 is answered with whom he owes."""
    said, text = fields.get("target"), str(fields.get("text") or "")
    if not said and not text:
        return _owing_list.answer(ctx, ctx.today)
    if not said:
        said, text = targets.named_in(ctx, text)
    found = targets.candidates(ctx, said) if said else ()
    if not found and targets.is_ordinary(ctx):
        return Turn(_owing_list.NOBODY, keep=True)
    known: dict[str, Any] = {"when": ctx.now.isoformat(), **_loose(ctx)}
    if found:
        known |= targets.chosen(ctx, found, targets.named_exactly(ctx, found[0], ctx.text))
    if text:
        about_org = bool(found) and found[0].target.type == "org"
        unknown, rest = ("", text) if found else targets.unknown_in(text)
        known |= {**words.taken(ctx, rest, about_org), "unknown": unknown}
    return known | {key: fields[key] for key in ("manner", "place", "grade") if fields.get(key)}


def _loose(ctx: Context) -> dict[str, Any]:
    hours = timedelta(hours=ctx.profile.number("chat.photo_keep_hours"))
    kept = [id for id, at in ctx.conversation.photos if ctx.now - datetime.fromisoformat(at) <= hours]
    open_one = ctx.conversation.draft
    kept += [photo for photo in (open_one.waiting if open_one else ()) if photo not in kept]
    return {"older": kept} if kept else {}


def _aside(ctx: Context, draft: Draft) -> list[str]:
    """The lines of the read-back that no number amends."""
    fields = draft.fields
    lines = [f"时间：{words.clock(datetime.fromisoformat(fields['when']), ctx.today)}"]
    if draft.photos:
        lines.append(texts.photos(len(draft.photos)))
    rest = [*fields.get("rest", ()), *(() if fields.get("also") else fields.get("also_cells", {}).values())]
    if rest:
        lines.append(f"没归进表格的话：{'；'.join(rest)}（原话已存，要加请说“不足再加……”）")
    return lines + _also(ctx, draft) + _counted(ctx, draft)


def _also(ctx: Context, draft: Draft) -> list[str]:
    if not draft.fields.get("also"):
        return []
    kept = draft.fields["also"]
    cells = draft.fields.get("also_cells", {})
    said = "；".join(cells[part] for part in words.PARTS if cells.get(part))
    return [f"对书记{targets.name(ctx, Target(kept[0], kept[1], kept[2]))}：{said}"]


def _counted(ctx: Context, draft: Draft) -> list[str]:
    target, lines = targets.target_of(draft), list[str]()
    if targets.is_external(draft):
        counts = ctx.profile.flag("review.external_counts")
        lines.append(f"外部点评：计入次数，{'也计入覆盖' if counts else '不代替校内书记的点评'}")
    elif words.capacity(ctx, draft)[1]:
        lines.append("越级点评：记为日常，不代替直接负责人的点评")
    if target and words.kind(ctx, draft) == "periodic":
        grade = draft.fields.get("grade")
        graded = f"，等次{ctx.profile.label('grade', grade)}" if grade else ""
        lines.append(f"计为{words.window(ctx, target)}定期点评{graded}（不计请回复“日常”）")
    if draft.fields.get("demand"):
        due = date.fromisoformat(draft.fields["demand"]["due"])
        lines.append(f"列为整改，{show(due)}前完成（不列请回复“不用整改”）")
    return lines


def leader_hint(ctx: Context, target: Target, person: Person | None) -> str:
    """What a reviewer should know of this person before he begins (R-036, R-148)."""
    if person is None or target.type != "member":
        return ""
    if targets.is_leading(ctx, target):
        post = f"{person.post}，" if person.post else ""
        return f"{person.name}：{post}在支部是普通党员，由您点评。对领导干部要高标准、严要求。"
    frail = {"年老体弱", "离退休"} & set(person.categories)
    return f"{person.name}年老体弱，可以上门或打电话点评，不必赶时间。" if frail else ""
