"""How a transfer is spoken of: what the member has done so far, where to, and whose answer is awaited (S-15)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.engine.turn import Context
from bot.handlers import _people_words as words
from bot.handlers._duty_names import short
from domain import periods
from domain.commitments import LIVE, State
from domain.people import Person
from domain.transfers import Transfer

_DONE = (State.FULFILLED, State.ACCEPTED)


def day(on: date) -> str:
    """7月1日; transfers are spoken of within the year."""
    return short(on)


def into(ctx: Context, one: Transfer) -> str:
    """到教工第二党支部."""
    return f"到{words.org_name(ctx, one.target)}"


def waiting_for(ctx: Context, one: Transfer) -> str:
    """Who has to accept."""
    return words.names(ctx, words.chiefs(ctx, one.target))


def line(ctx: Context, one: Transfer) -> str:
    """A transfer in a list."""
    return f"{one.name}：{words.org_name(ctx, one.origin)}转{into(ctx, one)}，{day(one.on)}起，等{waiting_for(ctx, one)}接收"


def summary(ctx: Context, person: Person, on: date) -> str:
    """What the old branch hands over: promises, and the months and reviews of the half-year that ends."""
    last = min(ctx.today, on - timedelta(days=1))
    half = periods.half_of(last)
    items = ctx.facts.commitments_of([person.id])
    counted = [one for one in items if one.state not in (State.WITHDRAWN, State.RETURNED)]
    done = sum(one.state in _DONE for one in counted)
    running = sum(one.state in LIVE for one in counted)
    months = {one.label for one in half.months}
    sent = sum(one.month in months for one in ctx.facts.reports_of(person.id))
    given = len(ctx.facts.reviews_of([person.id], half.start, last))
    name = "上半年" if half.start.month == 1 else "下半年"
    return f"{person.name}：承诺{len(counted)}件（兑现{done}，在办{running}），{name}写实{sent}次，点评{given}次。"
