"""点评方案 of a round: who reviews whom, by when, in which form and on what occasion (R-144)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.coverage import MEMBERS, ORGANISATIONS, ROUND, duties_of, rounds_of
from domain.duties import Window
from domain.duties.papers_of_calendar import PLAN_DAYS
from domain.entries import Entry, Subject, Written
from domain.people import Organisation, RoleKind, Roster
from domain.periods import Period, half_of
from domain.permissions import Target
from domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch in which everybody is to be reviewed; `codes` are its duties, `paper` the label of its own K-12."""

    window: Window
    codes: tuple[str, ...]
    paper: str

    @property
    def is_term(self) -> bool:
        """Whether it is a whole term, else a 普遍点评."""
        return ROUND not in self.codes

    def may_be_planned(self, day: date) -> bool:
        """From the day on which the plan is asked for until the round is over."""
        return self.window.opens - PLAN_DAYS <= day <= self.window.due


@dataclass(frozen=True, slots=True)
class Line:
    """What one reviewer is to do in one organisation: review its members, or itself and its 书记."""

    reviewer: str
    capacity: str
    org: str
    targets: tuple[Target, ...]

    @property
    def is_of_members(self) -> bool:
        """Whether these are members."""
        return self.targets[0].type == "member"

    @property
    def key(self) -> str:
        """The same for the same matter, whoever came or left meanwhile."""
        return f"{self.reviewer}|{self.org}|{'members' if self.is_of_members else 'org'}"

    @property
    def manner(self) -> str:
        """The usual form: a 书记 reviews his members together, all else is seen on the spot (R-128)."""
        return "collective" if self.is_of_members else "onsite"


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """A confirmed plan. Each of `rows` has reviewer, name, org, unit, targets, due, manner and occasion."""

    org: str
    round: str
    opens: date
    due: date
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)
    confirmed_by: str
    confirmed_on: date
    version: int = 1


def rounds(profile: Profile, today: date) -> list[Round]:
    """The rounds of this and the next year that are not over, the first to end before the others."""
    found = [_term(one) for one in _terms(today)] if profile.text("review.member_cadence") == "term" else []
    for year in (today.year, today.year + 1):
        found += [Round(one, (ROUND,), one.opens.isoformat()) for one in rounds_of(profile, year)]
    return sorted((one for one in found if today <= one.window.due), key=lambda one: one.window.due)


def _terms(today: date) -> tuple[Period, ...]:
    return (half_of(today), half_of(today).next)


def _term(period: Period) -> Round:
    window = Window(period.label, period.start, period.end)
    return Round(window, (MEMBERS, ORGANISATIONS), period.label)


def meant(found: Sequence[Round], today: date, period: Period | None) -> Round | None:
    """The round that lies in a named period, else the latest that may be planned already, else the next."""
    if period is not None:
        return next((one for one in found if period.start <= one.window.due <= period.end), None)
    open_now = [one for one in found if one.may_be_planned(today)]
    return open_now[-1] if open_now else next(iter(found), None)


def lines(
    roster: Roster, profile: Profile, unit: Organisation, inside: Set[str], one: Round, today: date
) -> list[Line]:
    """By the matrix, everything that is to be reviewed inside an organisation of level one, and by whom."""
    day = max(today, one.window.opens)
    found: dict[tuple[str, str, str, bool], list[Target]] = {}
    for reviewer in _reviewers(roster, unit, inside, day):
        person = roster.person(reviewer)
        for duty in duties_of(roster, profile, person, day) if person else ():
            if duty.code in one.codes and duty.window.label == one.window.label and duty.target.org in inside:
                key = (reviewer, duty.capacity, duty.target.org, duty.target.type == "member")
                found.setdefault(key, []).append(duty.target)
    return [
        Line(reviewer, capacity, org, tuple(targets))
        for (reviewer, capacity, org, _), targets in found.items()
    ]


def _reviewers(roster: Roster, unit: Organisation, inside: Set[str], day: date) -> list[str]:
    """The leaders above first, then the organisation's own 书记, then those of its branches."""
    links = [link.leader for link in roster.links_to(unit.id, day)]
    way_up = [org.id for org in roster.path(unit.id)]
    held = roster.holders(RoleKind.SECRETARY, sorted({*way_up, *inside}), day)
    at = {org: place for place, org in enumerate([*way_up[:0:-1], unit.id, *sorted(inside - {unit.id})])}
    return list(dict.fromkeys([*links, *(one.person for one in sorted(held, key=lambda one: at[one.org]))]))


def key(written: Written) -> tuple[str, str]:
    """Organisation and round."""
    return (written.entry.subject.id, written.data["round"])


def fold(state: ReviewPlan | None, written: Written) -> ReviewPlan | None:
    """`plan.confirmed` sets it, again and again; `plan.withdrawn` leaves none."""
    data = written.data
    if written.kind == "plan.withdrawn":
        return None
    opens, due = (date.fromisoformat(data[end]) for end in ("opens", "due"))
    version = state.version + 1 if state else 1
    by, on = written.stamp.actor, written.stamp.at.date()
    return ReviewPlan(*key(written), opens, due, tuple(data["rows"]), by, on, version)


def confirmed(org: Organisation, window: Window, rows: Sequence[Mapping[str, Any]], capacity: str) -> Entry:
    """The plan of a round is this from now on."""
    ends = {"opens": window.opens.isoformat(), "due": window.due.isoformat()}
    return _entry(org, "confirmed", {"round": window.label, **ends, "rows": list(rows)}, capacity)


def withdrawn(org: Organisation, label: str, capacity: str) -> Entry:
    """There is no plan of this round."""
    return _entry(org, "withdrawn", {"round": label}, capacity)


def _entry(org: Organisation, event: str, data: Mapping[str, Any], capacity: str) -> Entry:
    subject = Subject("org", org.id, org.name)
    return Entry(org.archive, f"plan.{event}", subject, data, capacity, org.name, org.id)
