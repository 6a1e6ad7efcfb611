"""What a draft of 写实 holds, read by name: the items it is about, the answers to each, the photos of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers._commitment_words import cut
from bot.handlers._report_month import Month, short
from domain import monthly, periods
from domain.commitments import Commitment, State
from domain.dates import show
from domain.month_answers import Said, effect_apart, names_support
from domain.periods import Period
from domain.profile import Profile
from domain.reports import Report
from domain.vagueness import flags

GOAL = 24
# What is asked besides the facts, by how an item stands.
EXTRA = {"done": "effect", "difficult": "difficulty"}


def opened(ctx: Context, name: str, month: Month) -> Draft:
    """A draft about a month, with what was handed in or is known already (R-340: never asked again)."""
    report = month.report
    before = {item["commitment"]: item for item in report.items} if report else {}
    known = {item.number: item for item in month.items}
    if set(before) - set(known):
        own = {item.number: item for item in ctx.facts.commitments_of([ctx.actor.id])}
        known = {number: own[number] for number in before if number in own} | known
    items = [known[number] for number in sorted(known)]
    fields: dict[str, Any] = {"month": month.period.label, "about": [_about(item) for item in items]}
    for n, item in enumerate(items, 1):
        fields |= _answered(n, before.get(item.number)) or _finished(n, item, month.period)
    if report:
        fields |= {"statement": report.statement, "before": body(report)}
    return Draft(name, fields, started=ctx.now.isoformat())


def body(report: Report) -> dict[str, Any]:
    """The parts of a record that a correction may change."""
    return {"items": [dict(item) for item in report.items], "statement": report.statement}


def _about(item: Commitment) -> dict[str, Any]:
    movable = item.state is State.PUBLISHED and item.pending is None
    return {
        "number": item.number, "goal": item.goal, "due": item.due.isoformat(), "movable": movable
    }  # fmt: skip


def _answered(n: int, item: Mapping[str, Any] | None) -> dict[str, Any]:
    if item is None:
        return {}
    known: dict[str, Any] = {f"item-{n}": {"status": item["status"], "text": item["text"]}}
    known |= {f"text-{n}": "", f"revise-{n}": "no", f"kept-{n}": list(item.get("attachments", ()))}
    extra = EXTRA.get(item["status"])
    return known | ({f"{extra}-{n}": item.get(extra, "")} if extra else {})


def _finished(n: int, item: Commitment, month: Period) -> dict[str, Any]:
    if monthly.last_month(item) != month:
        return {}
    return {f"item-{n}": {"status": "done", "text": ""}, f"effect-{n}": item.effect}


def values(ctx: Context, said: Said) -> dict[str, Any]:
    """Answers as fields of the draft; what came of it, or the help that is wanted, is not asked for once it was said."""
    fields: dict[str, Any] = {}
    for n, answer in sorted(said.answers.items()):
        text, effect = effect_apart(answer.text) if answer.status == "done" else (answer.text, "")
        hollow = {"hollow": True} if _is_hollow(ctx, text) else {}
        fields[f"item-{n}"] = {"status": answer.status, "text": text} | hollow
        if effect:
            fields[f"effect-{n}"] = effect
        if answer.status == "difficult" and names_support(answer.text):
            fields[f"difficulty-{n}"] = ""
    extra = {"statement": said.statement, "loose": said.rest}
    return fields | {name: words for name, words in extra.items() if words}


def _is_hollow(ctx: Context, words: str) -> bool:
    return "slogan" in flags(words, ctx.today, (), (), ctx.profile.texts("commitment.slogans"), ctx.today)


def month(draft: Draft) -> Period:
    """The month a draft is about."""
    found = periods.parse_code(draft.fields["month"])
    assert found is not None
    return found


def about(draft: Draft) -> Sequence[Mapping[str, Any]]:
    """Number, goal, date of each item, and whether another date can be asked for."""
    items: Sequence[Mapping[str, Any]] = draft.fields.get("about", ())
    return items


def due(draft: Draft, n: int) -> date:
    """The date of the nth item."""
    return date.fromisoformat(about(draft)[n - 1]["due"])


def day(draft: Draft, n: int) -> str:
    """The date of the nth item as it is read; the year only where it is not the month's own."""
    on = due(draft, n)
    return short(on) if on.year == month(draft).start.year else show(on)


def status(draft: Draft, n: int) -> str:
    """How the nth item stands; empty while it is not answered."""
    answer: Mapping[str, str] = draft.fields.get(f"item-{n}", {})
    return answer.get("status", "")


def text(draft: Draft, n: int) -> str:
    """What was done about the nth item."""
    first: str = draft.fields.get(f"item-{n}", {}).get("text", "")
    detail: str = draft.fields.get(f"text-{n}", "")
    return detail if detail and (not first or is_hollow(draft, n)) else first


def is_hollow(draft: Draft, n: int) -> bool:
    """Whether the words first given for the nth item were slogans and nothing else (R-219)."""
    return bool(draft.fields.get(f"item-{n}", {}).get("hollow"))


def goal(draft: Draft, n: int) -> str:
    """The goal of the nth item in one short line."""
    return cut(about(draft)[n - 1]["goal"], GOAL)


def which(draft: Draft, n: int) -> str:
    """How an item is called in a question."""
    return f"第{n}件" if len(about(draft)) > 1 else "这件"


def wish(draft: Draft, n: int) -> tuple[date, str] | None:
    """Another date and the reason, if one is asked for."""
    day = draft.fields.get(f"newdue-{n}")
    if status(draft, n) == "done" or draft.fields.get(f"revise-{n}") != "yes" or not day:
        return None
    return date.fromisoformat(day), draft.fields.get(f"why-{n}", "")


def items(draft: Draft) -> list[dict[str, Any]]:
    """The items as the ledger keeps them (contract, `report.submitted`)."""
    return [_item(draft, n, one["number"]) for n, one in enumerate(about(draft), 1)]


def _item(draft: Draft, n: int, number: str) -> dict[str, Any]:
    item = {"commitment": number, "status": status(draft, n), "text": text(draft, n)}
    extra = EXTRA.get(item["status"], "")
    words = draft.fields.get(f"{extra}-{n}", "")
    pictures = photos(draft, n)
    return item | ({extra: words} if words else {}) | ({"attachments": pictures} if pictures else {})


def photos(draft: Draft, n: int) -> list[str]:
    """The photos that were sent while the nth item was asked for; 0 stands for the month as a whole."""
    placed: Mapping[str, int] = draft.fields.get("photos", {})
    return [
        *draft.fields.get(f"kept-{n}", ()),
        *(photo for photo in draft.photos if placed.get(photo, 0) == n),
    ]


def shown(profile: Profile, draft: Draft, n: int) -> str:
    """Everything that was said of the nth item, on one line of the read-back."""
    if not status(draft, n):
        return "还没写"
    said = [profile.label("status", status(draft, n)), text(draft, n)]
    effect = draft.fields.get(f"effect-{n}", "") if status(draft, n) == "done" else ""
    trouble = draft.fields.get(f"difficulty-{n}", "") if status(draft, n) == "difficult" else ""
    asked = wish(draft, n)
    later = f"申请改期到{show(asked[0])}（{asked[1]}）" if asked else ""
    pictures = f"照片{len(photos(draft, n))}张" if photos(draft, n) else ""
    parts = [
        "，".join(filter(None, said)),
        effect and f"效果：{effect}",
        trouble and f"要支持：{trouble}",
        later,
        pictures,
    ]
    return "；".join(part.rstrip("。；，") for part in parts if part)


def lines(draft: Draft) -> str:
    """The items as a numbered list."""
    numbered = range(1, len(about(draft)) + 1)
    return "\n".join(f"{n} {goal(draft, n)}（{day(draft, n)}前）" for n in numbered)
