"""Windows of papers, and those of them that the calendar opens (domain §8).

Behind a period, within one, before a round or by a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from domain import periods
from domain.periods import Kind, Period
from domain.profile import Profile

NONE = "none"
_KINDS: Mapping[str, Kind] = {"quarter": "quarter", "term": "half", "year": "year"}
_DAY = timedelta(days=1)
PLAN_DAYS = timedelta(days=14)
"""So long before its round a plan is asked for; the notice has no first day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One window of a row. `since` is where what it is about begins (R-350); `name` where it has one of its own.

    `reviewed_on` is the day of the reviews that opened it, if reviews did.
    """

    label: str
    since: date
    opens: date
    due: date
    period: Period | None = None
    name: str = ""
    reviewed_on: date | None = None


Windows = Callable[[Profile, int], Iterable[Asked]]


@cache
def _each(cadence: str, year: int) -> Sequence[Period]:
    if cadence == NONE:
        return ()
    kind, whole = _KINDS[cadence], periods.whole_year(year)
    found = [periods.period_of(kind, whole.start)]
    while found[-1].end < whole.end:
        found.append(found[-1].next)
    return found


def _behind(period: Period, days: int) -> Asked:
    """Asked for once the period is over."""
    return Asked(period.label, period.start, period.end + _DAY, period.end + days * _DAY, period)


def after(cadence: str, days: str) -> Windows:
    """To be done when the period is over."""

    def windows(profile: Profile, year: int) -> Iterator[Asked]:
        for period in _each(profile.text(cadence), year):
            yield _behind(period, profile.number(days))

    return windows


def checks(cadence: str, days: str) -> Windows:
    """跟踪督查, by itself or with the record (`record`)."""

    def windows(profile: Profile, year: int) -> Iterator[Asked]:
        own = profile.text("check.cadence")
        for period in _each(profile.text(cadence) if own == "record" else own, year):
            yield _behind(period, profile.number(days))

    return windows


def within(cadence: str) -> Windows:
    """To be done while the period lasts."""
    return lambda profile, year: _during(profile.text(cadence), year)


def _during(cadence: str, year: int) -> Iterator[Asked]:
    return (Asked(one.label, one.start, one.start, one.end, one) for one in _each(cadence, year))


def evaluations(profile: Profile, year: int) -> Iterator[Asked]:
    """群众评议, once a year between two days."""
    if profile.text("evaluation.due") != NONE:
        opens, due = (
            date.fromisoformat(f"{year}-{profile.text(f'evaluation.{end}')}") for end in ("open", "due")
        )
        yield Asked(str(year), opens, opens, due, periods.whole_year(year))


def plans(profile: Profile, year: int) -> Iterator[Asked]:
    """Before each round opens: every 普遍点评, and each term where members are reviewed by the term (Q-6)."""
    if not profile.flag("review.plan_required"):
        return
    if profile.text("review.member_cadence") == "term":
        for term in _each("term", year):
            yield _plan(term.label, term.start, term, "")
    for span in profile.texts("review.universal"):
        opens = date.fromisoformat(f"{year}-{span.partition('/')[0]}")
        yield _plan(f"{opens.isoformat()}", opens, None, "普遍点评方案")


def _plan(label: str, round_opens: date, period: Period | None, name: str) -> Asked:
    opens = round_opens - PLAN_DAYS
    return Asked(label, opens, opens, round_opens - _DAY, period, name)


def filings(profile: Profile, year: int) -> Iterator[Asked]:
    """`2010-12-27/2011-01-12 点评登记表`: from, until, what (R-143)."""
    for line in profile.texts("filing_deadline"):
        span, _, name = line.partition(" ")
        opens, due = map(date.fromisoformat, span.split("/"))
        if due.year == year:
            yield Asked(due.isoformat(), opens, opens, due, None, name)


def summaries(profile: Profile, year: int) -> Iterator[Asked]:
    """`一 term 10`: which 汇总表, behind what, how many days (O-32)."""
    for line in profile.texts("summary.due"):
        which, behind, days = line.split(" ")
        asked = evaluations(profile, year) if behind == "evaluation" else _during(behind, year)
        for one in asked:
            due, label = one.due + int(days) * _DAY, f"{one.label}/{which}"
            yield Asked(label, one.since, one.due + _DAY, due, one.period, f"汇总表{which}")
