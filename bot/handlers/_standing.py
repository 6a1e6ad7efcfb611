"""Which duty, window and branches a question about a unit means, and what the ledger says to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from bot.engine.turn import Context
from domain import coverage, monthly, periods, standing
from domain.commitments import Commitment
from domain.duties import Member
from domain.organisations import path, start_of
from domain.people import Organisation, RoleKind
from domain.periods import Period
from domain.permissions import is_head
from domain.scope import branches
from domain.standing import PROMISE, REPORT, REVIEW, Standing

MEMORY = "missing"
# Databases take only so many values in one statement; a branch never comes near it.
MOST_VALUES = 5000
Found = TypeVar("Found")
Items = Sequence[Commitment]
Starts = Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Question:
    """`windows` are the months, the quarter or the year asked for; `orgs` the branches it is about."""

    duty: str
    period: Period
    windows: tuple[Period, ...]
    orgs: tuple[Organisation, ...]


def question(ctx: Context, duty: str, period: Period | None, orgs: Collection[str]) -> Question:
    """What is asked, the window completed from the duty: the current due one where none was named (R-305)."""
    meant = _fitting(ctx, duty, period)
    months = meant.months if duty == REPORT else (meant,)
    begun = tuple(one for one in months if opens(ctx, duty, one) <= ctx.today)
    return Question(duty, meant, begun, tuple(branches(ctx.roster, orgs)))


def _fitting(ctx: Context, duty: str, period: Period | None) -> Period:
    if duty == REPORT:
        return period or monthly.due_month(ctx.now, ctx.profile)
    if duty == PROMISE:
        return periods.year_of(period.end if period else ctx.today)
    window = coverage.member_window(ctx.profile, period.end if period else ctx.today)
    if period is None or period.kind == "month":
        return window or periods.quarter_of(period.end if period else ctx.today)
    return period


def opens(ctx: Context, duty: str, window: Period) -> date:
    """The day on which a duty's window opens."""
    return monthly.window(window, ctx.profile).opens if duty == REPORT else window.start


def due_day(ctx: Context, duty: str, window: Period) -> date:
    """The last day of a duty's window."""
    if duty == REPORT:
        return monthly.window(window, ctx.profile).due
    if duty == REVIEW:
        return window.end
    return date.fromisoformat(f"{window.start.year}-{ctx.profile.text('commitment.annual.due')}")


def found(ctx: Context, asked: Question) -> list[tuple[Period, Standing]]:
    """How every branch stands in each window; the same few statements for a branch of 5 and of 500."""
    members = _members(ctx, asked)
    starts = _starts(ctx, asked.orgs)
    items = _bulk(ctx.facts.commitments_of, members) if asked.duty != REVIEW else []
    sort = {REPORT: _reports, REVIEW: _reviews, PROMISE: _promises}[asked.duty]
    return [(window, sort(ctx, window, members, items, starts)) for window in asked.windows]


def _starts(ctx: Context, orgs: Sequence[Organisation]) -> Starts:
    """Each branch's 启用日期; for several the tree is read once instead of path by path."""
    if len(orgs) == 1:
        return {orgs[0].id: start_of(ctx.roster.path(orgs[0].id))}
    tree = {org.id: org for org in ctx.roster.orgs()}
    return {org.id: start_of(path(tree, org.id)) for org in orgs}


def _members(ctx: Context, asked: Question) -> list[Member]:
    day = min(ctx.today, asked.period.end)
    belonging = ctx.roster.members([org.id for org in asked.orgs], day)
    heads = _secretaries(ctx, asked, day) if asked.duty == REVIEW else set()
    order = {org.id: n for n, org in enumerate(asked.orgs)}
    found = [Member(one, org) for one, org in belonging if one.is_member and (one.id, org) not in heads]
    return sorted(found, key=lambda one: (order[one.org], one.person.id))


def _secretaries(ctx: Context, asked: Question, day: date) -> set[tuple[str, str]]:
    """Nobody reviews himself, so a branch's list goes without its own 书记 (R-038)."""
    held = ctx.roster.holders(RoleKind.SECRETARY, [org.id for org in asked.orgs], day)
    return {(role.person, role.org) for role in held if is_head(ctx.roster, role, day)}


def _reports(ctx: Context, month: Period, members: list[Member], items: Items, starts: Starts) -> Standing:
    sent = _bulk(lambda ids: ctx.facts.reports(ids, month.label), members)
    waived = _waived(ctx, REPORT, month, members)
    return standing.reports(members, month, ctx.profile, items, sent, waived, starts)


def _reviews(ctx: Context, window: Period, members: list[Member], items: Items, starts: Starts) -> Standing:
    given = _bulk(lambda ids: ctx.facts.reviews_of(ids, window.start, window.end), members)
    waived = _waived(ctx, REVIEW, window, members)
    counts = ctx.profile.flag("review.common_only_counts")
    return standing.reviews(members, window, given, waived, starts, counts)


def _promises(ctx: Context, year: Period, members: list[Member], items: Items, starts: Starts) -> Standing:
    return standing.promises(members, year, ctx.profile, items, _waived(ctx, PROMISE, year, members), starts)


def _waived(ctx: Context, duty: str, window: Period, members: list[Member]) -> set[str]:
    given = _bulk(lambda ids: ctx.facts.waivers(duty, window.label, ids), members)
    return {one.subject for one in given}


def _bulk(ask: Callable[[Sequence[str]], Sequence[Found]], members: Sequence[Member]) -> list[Found]:
    ids = [one.person.id for one in members]
    parts = (ids[at : at + MOST_VALUES] for at in range(0, len(ids), MOST_VALUES))
    return [one for some in parts for one in ask(some)]


def remembered(ctx: Context) -> Mapping[str, Any]:
    """The last question of this kind and the people its list named, while the list still counts."""
    kept: Mapping[str, Any] = ctx.conversation.memory.get(MEMORY, {})
    hours = ctx.profile.number("chat.list_hours")
    fresh = kept and ctx.now - datetime.fromisoformat(kept["at"]) <= timedelta(hours=hours)
    return kept if fresh else {}


def relisted(ctx: Context, people: Sequence[str]) -> dict[str, Any]:
    """The last question again, but the numbers now mean the people of another list."""
    kept = remembered(ctx)
    return {MEMORY: {**kept, "people": list(people)}} if kept else {}


def memory(ctx: Context, asked: Question, people: Sequence[str]) -> dict[str, Any]:
    """What 催一下 and 免 will refer to."""
    orgs = [org.id for org in asked.orgs]
    kept = {"duty": asked.duty, "period": asked.period.label, "orgs": orgs, "people": list(people)}
    return {MEMORY: {**kept, "at": ctx.now.isoformat()}}
