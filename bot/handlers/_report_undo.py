"""撤回 of 写实: everything that one 确认 wrote is taken back by further entries, nothing is erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.engine.forms import CONFIRM
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _report_draft as drafts
from bot.handlers import _report_news as news
from bot.handlers._report_month import named
from bot.handlers._report_write import entry_of
from domain.commitment_entries import of
from domain.commitments import Commitment, State
from domain.entries import Entry
from domain.reports import Report
from domain.signing import Chairs


def take_back(ctx: Context, act: Act) -> Turn:
    """撤回: the record as it was before, and a first one open again as a draft to be mended."""
    note = act.note
    report = ctx.facts.report(ctx.actor.id, note["month"])
    if report is None or report.version != note["version"]:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    minutes = ctx.profile.number("chat.undo_minutes")
    if not act.is_within(ctx.now, minutes):
        return Turn(f"已经超过{minutes}分钟，不能撤回了。要更正请回复“写实”，随时可以改。", keep=True)
    entries, touched = _undone(ctx, note)
    known = Chairs(ctx.roster, ctx.today)
    record = _restored(ctx, report, note["before"])
    draft = None if note["before"] else _reopened(ctx, note)
    which = named(drafts.month(Draft("report", {"month": note["month"]})), ctx.today)
    told = news.taken_back(ctx, which, known, touched, f"{act.numbers[0]}|{ctx.message.key}")
    say = f"已撤回，{which}写实恢复成更正前的样子。" if draft is None else f"{which}写实已撤回，内容还在。\n"
    return Turn(say, draft, keep=draft is None, park=draft is not None, entries=(record, *entries), tell=told)


def _restored(ctx: Context, report: Report, before: Mapping[str, Any] | None) -> Entry:
    data: dict[str, Any] = {"report": report.number, "month": report.month}
    if before is None:
        return entry_of(ctx, "withdrawn", data, report.seq)
    data |= {"late": report.late, **before, "proxy": None}
    return entry_of(ctx, "corrected", data, report.seq)


def _undone(ctx: Context, note: Mapping[str, Any]) -> tuple[list[Entry], list[Commitment]]:
    own = {item.number: item for item in ctx.facts.commitments_of([ctx.actor.id])}
    declared = [own[n] for n in note["declared"] if own[n].state is State.DECLARED]
    asked = [own[n] for n in note["revised"] if own[n].pending is not None]
    again = [(own[n], effect) for n, effect in note["undeclared"] if own[n].state is State.PUBLISHED]
    month = note["month"]
    entries = [of(item, "undeclared", {"month": month}, "self") for item in declared]
    entries += [of(item, "declared", {"effect": effect, "month": month}, "self") for item, effect in again]
    entries += [of(item, "returned", {"reason": "本人撤回"}, "self") for item in asked]
    return entries, [*declared, *asked]


def _reopened(ctx: Context, note: Mapping[str, Any]) -> Draft:
    fields = dict(note["fields"])
    photos = tuple(note["photos"])
    return Draft("report", fields, CONFIRM, photos=photos, started=ctx.now.isoformat())
