"""One person's 台账 of a year for whoever may read it: promises, months, reviews, newest first (R-216, R-044)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.engine.turn import Context, File, Turn
from bot.handlers._commitment_words import cut, state
from bot.handlers._duty_names import short
from bot.handlers._review_entries import by
from bot.handlers._review_words import PARTS
from domain import monthly, periods
from domain.commitments import Commitment, State
from domain.organisations import start_of
from domain.people import Organisation, Person
from domain.reports import Report
from domain.reviews import Review
from domain.visibility import seen_by

_MOST = 5


def view(ctx: Context, person: Person, branch: Organisation, until: date | None = None) -> Turn:
    """What the ledger holds of somebody this year; all of it as a file once it is long.

    `until` is the last day in a branch that somebody has left: nothing later is shown there.
    """
    last = until or ctx.today
    year = periods.year_of(last)
    known = [one for one in ctx.facts.commitments_of([person.id]) if one.proposed_on <= last]
    items = [one for one in known if one.due >= year.start and one.state is not State.WITHDRAWN]
    reports = [one for one in ctx.facts.reports_of(person.id) if one.month <= periods.month_of(last).label]
    reviews = ctx.facts.reviews_of([person.id], year.start, last if until else year.end)
    seen = sorted(seen_by(ctx.roster, ctx.actor.id, reviews, ctx.today), key=lambda one: one.at, reverse=True)
    head = f"{person.name}（{'，'.join(filter(None, (person.post, branch.name)))}）{year.start.year}年台账"
    head += f"，到{short(until)}为止" if until else ""
    months = _months(ctx, person, branch, known, reports, last)
    said = [head, *_promises(ctx, items, _MOST), f"写实：{months}", *_reviewed(ctx, seen, _MOST)]
    long = len(items) > _MOST or len(seen) > _MOST
    whole = [head, *_promises(ctx, items), f"写实：{months}", *_records(reports), *_reviewed(ctx, seen)]
    rows = tuple((line,) for line in whole)
    return Turn("\n".join(said), files=(File(f"{person.name}台账.xlsx", rows),) if long else ())


def _promises(ctx: Context, items: Sequence[Commitment], most: int | None = None) -> list[str]:
    newest = sorted(items, key=lambda one: (one.proposed_on, one.number), reverse=True)
    lines = [
        f"· {cut(one.goal, 24)}（{short(one.due)}前），{state(ctx.profile, one, ctx.today)}" for one in newest
    ]
    return [f"承诺：{len(items)}件" if items else "承诺：还没有", *_first(lines, most)]


def _months(
    ctx: Context,
    person: Person,
    branch: Organisation,
    items: Sequence[Commitment],
    reports: Sequence[Report],
    last: date,
) -> str:
    """The months of the year that were asked for: handed in, late, missing."""
    sent = {one.month: one for one in reports}
    starts, begun = start_of(ctx.roster.path(branch.id)), monthly.due_month(ctx.now, ctx.profile)
    begun = min(begun, periods.month_of(last))
    year = [one for one in periods.year_of(begun.end).months if one <= begun]
    done = [one for one in year if one.label in sent]
    owed = [one for one in year if one.label not in sent and monthly.owes(items, one, ctx.profile, starts)]
    waived = [one for one in owed if ctx.facts.waivers(monthly.DUTY, one.label, [person.id])]
    if not done and not owed:
        return "没有要交的"
    parts = (
        f"已交{_in_a_row(done)}" if done else "还没有交过",
        _named("其中迟报", [one for one in done if sent[one.label].late]),
        _named("代填", [one for one in done if sent[one.label].proxy]),
        _named("免", waived),
        _named("未交", [one for one in owed if one not in waived]),
    )
    return "，".join(filter(None, parts))


def _named(word: str, months: Sequence[periods.Period]) -> str:
    return f"{word}{_in_a_row(months)}" if months else ""


def _in_a_row(months: Sequence[periods.Period]) -> str:
    return "、".join(str(one.start.month) for one in months) + "月"


def _records(reports: Sequence[Report]) -> list[str]:
    newest = sorted(reports, key=lambda one: one.month, reverse=True)
    return [f"· {one.month}：{'；'.join(_texts(one))}" for one in newest]


def _texts(report: Report) -> list[str]:
    return [str(item.get("text", "")) for item in report.items] + [report.statement]


def _reviewed(ctx: Context, reviews: Sequence[Review], most: int | None = None) -> list[str]:
    people = ctx.roster.people([one.reviewer for one in reviews]) if reviews else {}
    lines = [
        f"· {short(one.day)} {by(one, people[one.reviewer].name)}：{_parts(one, most)}" for one in reviews
    ]
    return [f"点评：{len(reviews)}次" if reviews else "点评：还没有", *_first(lines, most)]


def _parts(review: Review, most: int | None) -> str:
    said = "；".join(f"{label} {words}" for name, label in PARTS.items() if (words := getattr(review, name)))
    return cut(said, 60) if most else said


def _first(lines: Sequence[str], most: int | None) -> list[str]:
    rest = len(lines) - most if most else 0
    return [*lines[:most], f"（更早的{rest}条见随后的文件）"] if rest > 0 else list(lines)
