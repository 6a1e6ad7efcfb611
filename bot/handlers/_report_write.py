"""What 确认 of 写实 writes: the record, items declared done, other dates asked for, and the news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _report_draft as drafts
from bot.handlers import _report_news as news
from bot.handlers._report_month import named, short
from domain import monthly, periods, revisions
from domain.commitment_entries import of
from domain.commitments import Commitment, State
from domain.entries import Entry, Subject
from domain.numbers import number
from domain.people import Organisation
from domain.reports import Report
from domain.signing import Chairs


@dataclass(frozen=True)
class Handing:
    """One draft at the moment it is confirmed."""

    ctx: Context
    draft: Draft

    @cached_property
    def report(self) -> Report | None:
        """What was handed in for the month before."""
        return self.ctx.facts.report(self.ctx.actor.id, self.draft.fields["month"])

    @cached_property
    def items(self) -> Sequence[tuple[int, Commitment]]:
        """The draft's items by their number in it, as they stand now."""
        own = {item.number: item for item in self.ctx.facts.commitments_of([self.ctx.actor.id])}
        numbered = enumerate(drafts.about(self.draft), 1)
        return [(n, own[one["number"]]) for n, one in numbered if one["number"] in own]

    def having(self, status: str, *states: State) -> Sequence[tuple[int, Commitment]]:
        """Items that are said to stand so, of those in these states."""
        found = [one for one in self.items if not states or one[1].state in states]
        return [(n, item) for n, item in found if drafts.status(self.draft, n) == status]

    @cached_property
    def chairs(self) -> Chairs:
        """The secretaries of today."""
        return Chairs(self.ctx.roster, self.ctx.today)

    @cached_property
    def undone(self) -> Sequence[Commitment]:
        """Items declared in this month's record before and called unfinished now."""
        month = drafts.month(self.draft)
        mine = [one for one in self.items if one[1].state is State.DECLARED]
        return [
            item
            for n, item in mine
            if monthly.last_month(item) == month and drafts.status(self.draft, n) != "done"
        ]

    @cached_property
    def postponed(self) -> Sequence[tuple[int, Commitment]]:
        """Items for which another date is asked."""
        free = [one for one in self.items if one[1].pending is None and one[1].state is State.PUBLISHED]
        return [one for one in free if drafts.wish(self.draft, one[0])]


def finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    """Write a confirmed draft; one that changes nothing is only closed."""
    handing = Handing(ctx, draft)
    before = handing.report
    if before is not None and drafts.body(before) == _body(draft):
        return Turn(f"没有改动，{named(drafts.month(draft), ctx.today)}写实还是原来那份。")
    receipt = before.number if before else _number(ctx)
    done = handing.having("done", State.PUBLISHED)
    entries = (
        _record(ctx, draft, before, receipt),
        *(_declared(ctx, draft, n, item) for n, item in done),
        *(of(item, "undeclared", {"month": draft.fields["month"]}, "self") for item in handing.undone),
        *(_revised(draft, n, item) for n, item in handing.postponed),
    )
    return Turn(
        _said(ctx, handing, receipt, bool(done)),
        entries=entries,
        tell=_told(ctx, handing, done, receipt),
        act=_act(ctx, handing, receipt, done),
        link=tuple((photo, receipt) for photo in draft.photos),
    )


def _body(draft: Draft) -> dict[str, Any]:
    return {"items": drafts.items(draft), "statement": draft.fields["statement"]}


def _number(ctx: Context) -> str:
    year = ctx.today.year
    count = ctx.facts.count(ctx.actor.archive, "report.submitted", year)
    return number("X", year, ctx.actor.number, count + 1)


def _record(ctx: Context, draft: Draft, before: Report | None, receipt: str) -> Entry:
    late = before.late if before else monthly.is_late(drafts.month(draft), ctx.now, ctx.profile)
    whole = drafts.photos(draft, 0)
    data = {
        "report": receipt,
        "month": draft.fields["month"],
        "late": late,
        **_body(draft),
        "proxy": None,
        **({"attachments": whole} if whole else {}),
    }
    return entry_of(ctx, "corrected" if before else "submitted", data, before.seq if before else None)


def entry_of(ctx: Context, event: str, data: Mapping[str, Any], corrects: int | None = None) -> Entry:
    """An event of the speaker's own record; `corrects` is the number of the entry it replaces."""
    who, branch = ctx.actor, _branch_of_month(ctx, str(data["month"]))
    name, org = (branch.name, branch.id) if branch else ("", "")
    subject = Subject("person", who.id, who.name)
    return Entry(who.archive, f"report.{event}", subject, data, "self", name, org, corrects)


def _branch_of_month(ctx: Context, month: str) -> Organisation | None:
    """A month's record belongs to the branch of its last day, even if it is written after a transfer (S-15)."""
    period = periods.parse_code(month)
    day = min(ctx.today, period.end) if period else ctx.today
    return ctx.roster.branch_of(ctx.actor.id, day) or ctx.roster.branch_of(ctx.actor.id, ctx.today)


def _declared(ctx: Context, draft: Draft, n: int, item: Commitment) -> Entry:
    data = {"effect": draft.fields.get(f"effect-{n}", ""), "month": draft.fields["month"]}
    return of(item, "declared", data, "self")


def _revised(draft: Draft, n: int, item: Commitment) -> Entry:
    wish = drafts.wish(draft, n)
    assert wish is not None
    return revisions.request(item, None, wish[0], wish[1])


def _said(ctx: Context, handing: Handing, receipt: str, is_declared: bool) -> str:
    draft, before = handing.draft, handing.report
    month = drafts.month(draft)
    late = monthly.is_late(month, ctx.now, ctx.profile) and before is None
    facts = [f"迟报，{short(ctx.today)}"] if late else []
    parts = [
        f"{named(month, ctx.today)}写实{'已更正' if before else '已交'}（{'，'.join([*facts, receipt])}）。"
    ]
    if is_declared:
        parts.append("已完成的已报支部核实。")
    parts += [_postponed(handing, n, item) for n, item in handing.postponed]
    opens = monthly.window(month.next, ctx.profile).opens
    parts.append(f"下次写实{short(opens)}开始。" if opens > ctx.today else "")
    minutes = ctx.profile.number("chat.undo_minutes")
    return "".join(parts) + f"\n{minutes}分钟内可回复“撤回”。"


def _postponed(handing: Handing, n: int, item: Commitment) -> str:
    signers, draft = handing.ctx.roster.people(handing.chairs.signers(item)), handing.draft
    whom = "、".join(f"{one.name}同志" for one in signers.values()) or "书记"
    which = drafts.which(draft, n) if len(drafts.about(draft)) > 1 else ""
    return f"{which}改期申请已报{whom}，原时限{short(item.original_due)}保留。"


def _told(
    ctx: Context, handing: Handing, done: Sequence[tuple[int, Commitment]], receipt: str
) -> tuple[Any, ...]:
    known, draft, before = handing.chairs, handing.draft, handing.report
    hard = [one for one in handing.having("difficult") if not _said_before(before, draft, one)]
    version = f"{receipt}|{before.version + 1 if before else 1}|{ctx.message.key}"
    return (
        *news.done_and_difficult(ctx, draft, known, done, hard, version),
        *news.postponed(ctx, draft, known, handing.postponed),
        *news.stalled(ctx, draft, known, handing.having("none")),
    )


def _said_before(before: Report | None, draft: Draft, one: tuple[int, Commitment]) -> bool:
    return before is not None and drafts.items(draft)[one[0] - 1] in [dict(item) for item in before.items]


def _act(ctx: Context, handing: Handing, receipt: str, done: Sequence[tuple[int, Commitment]]) -> Act:
    before = handing.report
    note = {
        "month": handing.draft.fields["month"],
        "version": before.version + 1 if before else 1,
        "before": drafts.body(before) if before else None,
        "declared": [item.number for _, item in done],
        "undeclared": [[item.number, item.effect] for item in handing.undone],
        "revised": [item.number for _, item in handing.postponed],
        "fields": dict(handing.draft.fields),
        "photos": list(handing.draft.photos),
    }
    return Act("report", ctx.now.isoformat(), (receipt,), note)
