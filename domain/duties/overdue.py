"""逾期: whatever is past its last day and still to be done, of all duties together (R-089, R-304, R-323)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain import monthly, periods
from domain.ahead import Ahead, ahead
from domain.commitments import Commitment, State
from domain.duties import Duty, Member, ReviewDuty, Window, gathering, promise, record
from domain.duties.above import unit_in
from domain.duties.gathering import Starts
from domain.duties.lists import MARK
from domain.duties.sight import Sight
from domain.organisations import start_of
from domain.people import Organisation, Person
from domain.periods import Period

PROMISED = "R-089"
"""Not a cadence but a promise itself, past the day by which it was to be kept."""


TOLD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that is late, whoever of several may do it."""

    duty: Duty
    owners: tuple[str, ...]


def late(at: Sight, units: Sequence[Organisation], person: Person | None) -> list[Late]:
    """What is late in these organisations, and what somebody is late with himself in each of his posts.

    The same few statements however many they are. Reminders speak of a window a week longer; here the months of a
    quarter stay until its record is written, and the year's promise until it is made. Whoever is not pressed (年老体弱, 请假) is not late
    either.
    """
    posts = gathering.places(at, person) if person else ()
    at = ahead(at, [*units, *(one for one in posts if one not in units)])
    now = [duty for unit in units for duty in gathering.of_unit(at, unit)]
    own = _own(at, posts, person) if person else []
    return _late(at, [*own, *now, *_earlier(at, units), *_promised(at, units)])


def _own(at: Ahead, posts: Sequence[Organisation], person: Person) -> list[Duty]:
    found = [duty for unit in posts for duty in gathering.of_person(at, unit, person.id)]
    return [*found, *(_of_item(one) for one in at.facts.commitments_of([person.id], [State.PUBLISHED]))]


def _late(at: Sight, duties: Iterable[Duty]) -> list[Late]:
    """Each thing once, with everybody who may do it, in the order of duties and days."""
    found: dict[tuple[str, str, str], list[Duty]] = {}
    for one in duties:
        if one.is_overdue_on(at.today) and not one.silence and not _is_past(one, at.today):
            found.setdefault((one.code, one.window.label, one.object), []).append(one)
    once = [Late(same[0], tuple(dict.fromkeys(one.owner for one in same))) for same in found.values()]
    return sorted(once, key=lambda one: (one.duty.code, one.duty.window.due, one.duty.unit, one.duty.object))


def _is_past(duty: Duty, today: date) -> bool:
    """Word about others (R-323) is no duty; a review that is missing is told of for a while, since nothing makes it good."""
    is_word = MARK in duty.window.label or bool(unit_in(duty.window.label))
    return is_word or (isinstance(duty, ReviewDuty) and today > duty.window.due + TOLD)


def _earlier(at: Ahead, units: Sequence[Organisation]) -> list[Duty]:
    """Months that nobody asks for any more but can still be made good, and the year's promise, as the facts are now."""
    year, this = periods.year_of(at.today), monthly.due_month(at.now, at.profile)
    starts = {unit.id: start_of(at.roster.path(unit.id)) for unit in units}
    here = {one.person.id for one in _members(at, units, at.today)}
    found = list[Duty]()
    for month in (one for one in (this.previous, this.previous.previous) if _is_kept_open(one, at)):
        members = [one for one in _members(at, units, month.end) if one.person.id in here]
        found += _records(at, members, month, starts)
    if not promise.window(year, at.profile).is_asked_on(at.today):
        found += _promises(at, _members(at, units, at.today), year, starts)
    return found


def _is_kept_open(month: Period, at: Ahead) -> bool:
    """A month counts as missed once the branch's record of its quarter is written (domain §11.2, K-06)."""
    days = timedelta(days=at.profile.number("record.member_days"))
    return at.today <= periods.quarter_of(month.start).end + days


def _members(at: Ahead, units: Sequence[Organisation], day: date) -> list[Member]:
    belonging = at.roster.members([unit.id for unit in units], day) if units else ()
    found = [(one, org) for one, org in belonging if one.is_member]
    ids = [one.id for one, _ in found]
    away = {one.person for one in at.facts.leaves(ids, at.today, at.today)} if ids else set()
    return [Member(one, org, one.id in away) for one, org in found]


def _records(at: Ahead, members: Sequence[Member], month: Period, starts: Starts) -> list[Duty]:
    ids = [one.person.id for one in members]
    items, sent = at.facts.commitments_of(ids), at.facts.reports(ids, month.label)
    return record.duties(
        members, month, at.profile, items, sent, _spared(at, record.CODE, month, ids), starts
    )


def _promises(at: Ahead, members: Sequence[Member], year: Period, starts: Starts) -> list[Duty]:
    ids = [one.person.id for one in members]
    waived = _spared(at, promise.CODE, year, ids)
    return promise.of_members(members, year, at.profile, at.facts.commitments_of(ids), waived, starts)


def _spared(at: Ahead, code: str, period: Period, ids: Sequence[str]) -> set[str]:
    return {one.subject for one in at.facts.waivers(code, period.label, ids)}


def _promised(at: Ahead, units: Sequence[Organisation]) -> list[Duty]:
    items = at.facts.commitments_in([unit.id for unit in units], (State.PUBLISHED,)) if units else ()
    return [_of_item(one) for one in items]


def _of_item(item: Commitment) -> Duty:
    window = Window(item.original_due.isoformat(), item.proposed_on, item.original_due)
    note = {"who": item.owner_name, "number": item.tail, "goal": item.goal}
    return Duty(PROMISED, item.owner, item.number, item.org, window, note=note)
