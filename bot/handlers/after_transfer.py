"""转后承诺: after a transfer the member says of each running promise whether it goes on, changes or ends (S-15, R-077)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers._commitment_words import line, names, to_signers
from domain import revisions, signing, transfers
from domain.commitment_entries import of
from domain.commitments import Commitment
from domain.dates import deadline_in, show
from domain.entries import Entry
from domain.intake import halfwidth

KEEP, CHANGE, END = "kept", "changed", "ended"
NOTHING = "没有等您决定的承诺。看自己的承诺请回复“我的承诺”。"
_CHOICE = re.compile(
    r"(?:(?P<n>[123一二三])[\s.、,:，：]*)?(?P<word>继续|保留|调整|改为|改成|改|终止|不做了)?"
)
_WORDS = {"继续": KEEP, "保留": KEEP, "终止": END, "不做了": END}
_NUMBERS = {"1": KEEP, "一": KEEP, "2": CHANGE, "二": CHANGE, "3": END, "三": END}
_EDGES = " ，,。；;：:、"


def _items(ctx: Context) -> list[Commitment]:
    known = ctx.facts.commitments_of([ctx.actor.id])
    return transfers.undecided(ctx.facts.transfer(ctx.actor.id), known)


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    items = _items(ctx)
    if not items:
        return Complaint(NOTHING)
    said = str(fields.get("text") or "")
    known: dict[str, Any] = {"numbers": [one.number for one in items]}
    known |= {"item": items[0].number} if len(items) == 1 else {}
    if said:
        found = _read(ctx, said)
        known |= found if isinstance(found, Mapping) else {}
    return known


def _read(ctx: Context, said: str) -> Reading:
    """`2 改为帮扶3名，10月底前`: the choice, and in the same breath the new goal and date, or the reason."""
    match = _CHOICE.match(halfwidth(said).strip())
    if match is None or not match[0].strip():
        return Complaint("请回复数字：1 继续，2 调整，3 终止并说明。")
    word = match["word"] or ""
    choice = _NUMBERS.get(match["n"] or "") or _WORDS.get(word, CHANGE)
    rest = said.strip()[match.end() :].removeprefix("为").removeprefix("并说明").strip(_EDGES)
    if choice == CHANGE and rest:
        return {"choice": choice, **_change(ctx, rest)}
    return {"choice": choice, **({"reason": words.words_of(rest)} if rest else {})}


def _change(ctx: Context, said: str) -> dict[str, str]:
    """The new goal without its date; either may be missing, and then stays as it is."""
    due = deadline_in(said, ctx.today)
    good = due.day if due.problem is None else None
    goal = (said[: due.span[0]] + said[due.span[1] :] if due.day else said).strip(_EDGES)
    return {"goal": goal, "due": good.isoformat() if good else ""}


def _item(ctx: Context, draft: Draft) -> Commitment:
    found = ctx.facts.commitment(draft.fields["item"])
    if found is None:
        raise LookupError(draft.fields["item"])
    return found


def _choices(ctx: Context, draft: Draft) -> Sequence[Option]:
    return [Option(KEEP, "继续"), Option(CHANGE, "调整"), Option(END, "终止并说明")]


def _read_change(ctx: Context, draft: Draft, text: str) -> Reading:
    wanted = _change(ctx, text)
    return wanted if wanted["goal"] or wanted["due"] else Complaint("请写新的目标和完成时限。")


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    item, choice = _item(ctx, draft), draft.fields["choice"]
    branch = ctx.roster.org(item.org)
    if branch is None:
        raise LookupError(item.org)
    change = _entry(draft, item, branch.name)
    if isinstance(change, str):
        return Turn(change, draft)
    pending = {"goal": draft.fields.get("goal"), "due": draft.fields.get("due"), "ends": choice == END}
    asked = replace(item, pending={**pending, "reason": _reason(draft)}) if change else item
    signers = signing.Chairs(ctx.roster, ctx.today).signers(item) if change else ()
    said = _said(ctx, choice, item, signers)
    kept = transfers.settled(ctx.actor, branch, item.number, choice)
    turn = _next(ctx, draft, said)
    return replace(
        turn,
        entries=(*([change] if change else []), kept),
        tell=to_signers(ctx, asked, signers) if change else (),
        act=Act("after_transfer", ctx.now.isoformat(), (item.number,), {"choice": choice}),
    )


def _entry(draft: Draft, item: Commitment, org: str) -> Entry | str | None:
    choice = draft.fields["choice"]
    if choice == KEEP:
        return None
    if choice == END:
        return revisions.ending(item, _reason(draft), org)
    due = date.fromisoformat(draft.fields["due"]) if draft.fields.get("due") else None
    try:
        return revisions.request(item, draft.fields.get("goal") or None, due, _reason(draft), org)
    except ValueError:
        return "和原来的一样，没有要改的。请写新的目标和完成时限，例：改2 帮扶研究生3名，10月底前"


def _reason(draft: Draft) -> str:
    return str(draft.fields.get("reason") or "转支部后调整")


def _said(ctx: Context, choice: str, item: Commitment, signers: Sequence[str]) -> str:
    who = names(ctx, signers) or "书记"
    if choice == KEEP:
        return f"好的，{item.tail}照原来的继续。"
    if choice == END:
        return f"已申请终止{item.tail}，请{who}签字；签字以前仍按原来的办。"
    return f"已作变更（原目标保留），请{who}签字、重新公开。"


def _next(ctx: Context, draft: Draft, said: str) -> Turn:
    left = [n for n in draft.fields["numbers"] if n != draft.fields["item"]]
    items = [one for one in _items(ctx) if one.number in left]
    if not items:
        return Turn(said)
    now = ctx.now.isoformat()
    known: dict[str, Any] = {"numbers": [one.number for one in items]}
    known |= {"item": items[0].number} if len(items) == 1 else {}
    fresh = Draft("after_transfer", started=now, touched=now).having(**known)
    return HANDLER.go_on(ctx, fresh, f"{said}\n")


def _take_back(ctx: Context, act: Act) -> Turn:
    item = ctx.facts.commitment(act.numbers[0])
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    branch = ctx.roster.org(item.org) if item else None
    if item is None or branch is None or (act.note["choice"] != KEEP and item.pending is None):
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    again = transfers.unsettled(ctx.actor, branch, item.number)
    back = [of(item, "returned", {"reason": "本人撤回"}, "self", branch.name)] if item.pending else []
    say = f"已撤回，{item.tail}照原来的不变。怎么办请再回复“转后承诺”。"
    return Turn(say, keep=True, entries=(*back, again))


def _is(choice: str) -> Any:
    return lambda ctx, draft: draft.fields.get("choice") == choice


HANDLER = Form(
    name="after_transfer",
    title="转支部后的承诺",
    words=("转后承诺",),
    fields=(
        Field(
            "item",
            "承诺",
            lambda ctx, draft: "先定哪一件？",
            options=lambda ctx, draft: [
                Option(one.number, line(one)) for one in _items(ctx) if one.number in draft.fields["numbers"]
            ],
            show=lambda ctx, draft: line(_item(ctx, draft)),
        ),
        Field(
            "choice",
            "怎么办",
            lambda ctx, draft: f"{line(_item(ctx, draft))}\n这一件怎么办？",
            read=lambda ctx, draft, text: _read(ctx, text),
            options=_choices,
            show=lambda ctx, draft: next(
                (one.label for one in _choices(ctx, draft) if one.value == draft.fields.get("choice")), ""
            ),
        ),
        Field(
            "goal",
            "改为",
            lambda ctx, draft: "改成什么？请写新的目标和完成时限，例：帮扶研究生3名，10月底前",
            read=_read_change,
            needed=_is(CHANGE),
            show=lambda ctx, draft: "，".join(
                filter(None, (draft.fields.get("goal", ""), _due(draft))) if _is(CHANGE)(ctx, draft) else ()
            ),
            example="帮扶研究生3名，10月底前",
        ),
        Field(
            "reason",
            "说明",
            lambda ctx, draft: "为什么终止？请说明一句，给支部看。",
            read=lambda ctx, draft, text: {"reason": words.words_of(text)},
            needed=_is(END),
            show=lambda ctx, draft: draft.fields.get("reason", "") if _is(END)(ctx, draft) else "",
        ),
    ),
    finish=_finish,
    prepare=_prepare,
    at_once=lambda ctx, draft: True,
)


def _due(draft: Draft) -> str:
    due = draft.fields.get("due")
    return f"{show(date.fromisoformat(due))}前" if due else ""
