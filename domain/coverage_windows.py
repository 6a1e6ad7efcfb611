"""Which rows of domain §8 a question about coverage means, and in which of their windows (R-138 to R-140, R-305)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import coverage, periods
from domain.coverage import MEMBERS, ORGANISATIONS, ROUND
from domain.duties import Window
from domain.periods import Period
from domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Span:
    """A row of domain §8 in one of its windows; `spared` are the 免 that count there, by duty and period."""

    code: str
    window: Window
    spared: tuple[tuple[str, str], ...] = ()

    @property
    def has_members(self) -> bool:
        """Whether members are to be reviewed in it."""
        return self.code != ORGANISATIONS

    @property
    def has_things(self) -> bool:
        """Whether organisations and their 书记 are."""
        return self.code != MEMBERS


def spans(profile: Profile, period: Period | None, today: date) -> list[Span]:
    """The windows meant, without those still to come: the current ones where no period is named."""
    found = [Span(MEMBERS, _window(one), ((MEMBERS, one.label),)) for one in _members(profile, period, today)]
    found += [Span(ORGANISATIONS, _window(one)) for one in _halves(period, today)]
    found += [_round(profile, one) for one in _rounds(profile, period, today)]
    return [one for one in found if one.window.opens <= today]


def _window(period: Period) -> Window:
    return Window(period.label, period.start, period.end)


def _members(profile: Profile, period: Period | None, today: date) -> list[Period]:
    """A month means the window it lies in; a half-year or a year all that end in it."""
    one = coverage.member_window(profile, period.end if period else today)
    if one is None or period is None or period.kind not in ("half", "year"):
        return [one] if one else []
    return list(period.quarters) if one.kind == "quarter" else _halves(period, today)


def _halves(period: Period | None, today: date) -> list[Period]:
    if period is not None and period.kind == "year":
        return [periods.half(period.start.year, n) for n in (1, 2)]
    return [periods.half_of(period.end if period else today)]


def _rounds(profile: Profile, period: Period | None, today: date) -> list[Window]:
    if period is None:
        return coverage.rounds(profile, today)
    return [one for one in coverage.rounds_of(profile, period.start.year) if one.due in period]


def _round(profile: Profile, window: Window) -> Span:
    """Who need not be reviewed in the quarter in which a round ends need not be in the round."""
    quarter = coverage.member_window(profile, window.due)
    spared = [(ROUND, window.label)] + ([(MEMBERS, quarter.label)] if quarter else [])
    return Span(ROUND, window, tuple(spared))
