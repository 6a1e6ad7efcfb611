"""Which month somebody means by 写实, and what is said when there is nothing to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.engine.turn import Context, Turn
from domain import monthly, periods
from domain.commitments import PUBLIC, Commitment, State
from domain.dates import show
from domain.organisations import start_of
from domain.periods import Period
from domain.reports import Report


@dataclass(frozen=True, slots=True)
class Month:
    """A month that can be recorded: its live items, and what was handed in for it already."""

    period: Period
    items: tuple[Commitment, ...]
    report: Report | None


def named(month: Period, today: date) -> str:
    """A month as people say it; the year only where it is another one."""
    year = "" if month.start.year == today.year else f"{month.start.year}年"
    return f"{year}{month.start.month}月"


def short(day: date) -> str:
    """A day without its year."""
    return f"{day.month}月{day.day}日"


def meant(ctx: Context, fields: Mapping[str, Any]) -> Month | Turn:
    """The month to record, or the kind sentence why there is none."""
    own = ctx.facts.commitments_of([ctx.actor.id])
    month = _which(ctx, fields, own)
    due = monthly.due_month(ctx.now, ctx.profile)
    if month > due.next:
        opens = monthly.window(month, ctx.profile).opens
        return Turn(f"{named(month, ctx.today)}写实从{show(opens)}开始，到时候会提醒您。")
    report = ctx.facts.report(ctx.actor.id, month.label)
    items = monthly.live_items(own, month, ctx.profile)
    if report is None and not (items and _has_begun(ctx, month)):
        return _nothing(ctx, month, own)
    return Month(month, items, report)


def _which(ctx: Context, fields: Mapping[str, Any], own: Sequence[Commitment]) -> Period:
    due = monthly.due_month(ctx.now, ctx.profile)
    asked = periods.parse_code(str(fields.get("month", "")))
    early = "提前" in ctx.text
    if asked is not None and asked.kind == "month":
        # 提前交7月 said in June means the July to come, not the one that was.
        return due.next if early and asked.start.month == due.next.start.month else asked
    return due.next if early and _is_settled(ctx, due, own) else due


def _is_settled(ctx: Context, due: Period, own: Sequence[Commitment]) -> bool:
    """Whether 提前交 cannot mean the month that is open now."""
    if monthly.is_late(due, ctx.now, ctx.profile) or not monthly.live_items(own, due, ctx.profile):
        return True
    return not _has_begun(ctx, due) or ctx.facts.report(ctx.actor.id, due.label) is not None


def _starts_on(ctx: Context) -> date | None:
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return start_of(ctx.roster.path(branch.id)) if branch else None


def _has_begun(ctx: Context, month: Period) -> bool:
    return monthly.has_begun(month, ctx.profile, _starts_on(ctx))


def _nothing(ctx: Context, month: Period, own: Sequence[Commitment]) -> Turn:
    """R-223, R-350: why nothing is owed, and what one may do instead."""
    if not any(item.state in PUBLIC for item in own):
        return _not_public(own)
    why = _why(ctx, month, own)
    due = monthly.due_month(ctx.now, ctx.profile)
    if month != due or not monthly.live_items(own, due.next, ctx.profile):
        return Turn(why)
    opens = monthly.window(due.next, ctx.profile).opens
    soon = f"\n{named(due.next, ctx.today)}写实{short(opens)}开始；想现在就写，回复1。"
    return Turn(why + soon, choices=("提前交",))


def _not_public(own: Sequence[Commitment]) -> Turn:
    if any(item.state in (State.SIGNED, State.RETURNED, State.FIXED) for item in own):
        return Turn(
            "您的承诺还没有公开，公开以后才写实，现在不用交。\n看办到哪一步，回复1。", choices=("我的承诺",)
        )
    return Turn("您还没有公开的承诺，写实不用交。\n想作一件承诺，回复1。", choices=("作承诺",))


def _why(ctx: Context, month: Period, own: Sequence[Commitment]) -> str:
    which, starts_on = named(month, ctx.today), _starts_on(ctx)
    if starts_on is None:
        return "您的支部还没有开始使用，写实不用交。"
    if not monthly.has_begun(month, ctx.profile, starts_on):
        return f"您的支部从{show(starts_on)}开始使用，{which}写实不用交。"
    first = min((at for item in own if (at := monthly.first_month(item, ctx.profile))), default=month)
    if month < first:
        return f"您的承诺从{named(first, ctx.today)}起写实，{which}不用交。"
    return f"{which}没有要写的事项，不用交。"
