"""Which duty, window and organisations a question about others means (R-305)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain import coverage, monthly, periods
from domain.duties import Window, promise
from domain.duties.sight import Sight
from domain.people import LEVEL_ONE, Organisation, OrgKind
from domain.periods import Period
from domain.scope import branches
from domain.standing import OF_MEMBERS, ORG_PROMISE, ORGANISATIONS, PROMISE, REPORT, REVIEW, ROUND

_LED_FROM_ABOVE = (*LEVEL_ONE, OrgKind.BRANCH)


@dataclass(frozen=True, slots=True)
class Question:
    """`windows` are the months, the half-year or the year asked for; `orgs` the organisations it is about.

    `asker` is left out where nobody may do the thing for himself.
    """

    duty: str
    period: Period
    windows: tuple[Period, ...]
    orgs: tuple[Organisation, ...]
    asker: str = ""


def question(at: Sight, duty: str, period: Period | None, orgs: Collection[str], asker: str = "") -> Question:
    """What is asked, the window completed from the duty: the current due one where none was named."""
    meant = _fitting(at, duty, period)
    months = meant.months if duty == REPORT else (meant,)
    begun = tuple(one for one in months if opens(at, duty, one) <= at.today)
    return Question(duty, meant, begun, tuple(_asked_of(at, duty, orgs)), asker)


def _asked_of(at: Sight, duty: str, orgs: Collection[str]) -> list[Organisation]:
    """The branches where a duty is the members', else every organisation that has one above it."""
    if duty in OF_MEMBERS:
        return branches(at.roster, orgs)
    tree = at.roster.orgs() if orgs else ()
    return [org for org in tree if org.id in orgs and org.kind in _LED_FROM_ABOVE]


def _fitting(at: Sight, duty: str, period: Period | None) -> Period:
    day = min(period.end, at.today) if period else at.today
    if duty == REPORT:
        return period or monthly.due_month(at.now, at.profile)
    if duty == ORGANISATIONS:
        return periods.half_of(period.end if period and period.kind != "year" else day)
    if duty != REVIEW:
        return periods.year_of(period.end if period else day)
    if period is None or period.kind == "month":
        window = coverage.member_window(at.profile, period.end if period else day)
        return window or periods.quarter_of(period.end if period else day)
    return period


def round_in(at: Sight, year: Period) -> Window | None:
    """The round of 普遍点评 which a year's question means: the last that has begun, else the first (R-140)."""
    found = coverage.rounds_of(at.profile, year.start.year)
    begun = [one for one in found if one.opens <= at.today]
    return begun[-1] if begun else found[0] if found else None


def opens(at: Sight, duty: str, window: Period) -> date:
    """The day on which a duty's window opens."""
    if duty == REPORT:
        return monthly.window(window, at.profile).opens
    around = round_in(at, window) if duty == ROUND else None
    return around.opens if around else window.start


def due_day(at: Sight, duty: str, window: Period) -> date | None:
    """The last day of a duty's window; None where each thing has its own."""
    if duty == REPORT:
        return monthly.window(window, at.profile).due
    if duty in (PROMISE, ORG_PROMISE):
        return promise.window(window, at.profile).due
    if duty in (REVIEW, ORGANISATIONS):
        return window.end
    around = round_in(at, window) if duty == ROUND else None
    return around.due if around else None
