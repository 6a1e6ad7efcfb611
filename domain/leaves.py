"""请假: a member is away for a time; what falls due meanwhile is waived, and nobody is reminded (R-016, K-05, K-08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain import coverage, monthly, periods
from domain.entries import Entry, Subject, Written
from domain.people import Organisation, Person
from domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Leave:
    """From `start` to `end` inclusive; the day after, everything counts again."""

    person: str
    start: date
    end: date
    reason: str = ""
    org: str = ""


def fold(state: Leave | None, written: Written) -> Leave | None:
    """`leave.granted` begins, `leave.shortened` brings somebody back earlier, `leave.cancelled` never was."""
    if written.kind == "leave.cancelled":
        return None
    end = date.fromisoformat(written.data["to"])
    if state is not None:
        return replace(state, end=end)
    person, start = key(written)
    return Leave(person, start, end, written.data.get("reason", ""), written.entry.org_id)


def key(written: Written) -> tuple[str, date]:
    """Person and first day."""
    return (written.entry.subject.id, date.fromisoformat(written.data["from"]))


def granted(person: Person, org: Organisation, one: Leave, capacity: str) -> Entry:
    """Somebody may be away."""
    return _entry("granted", person, org, one, capacity, reason=one.reason)


def shortened(person: Person, org: Organisation, one: Leave, capacity: str) -> Entry:
    """Somebody is back; `one.end` is the last day away."""
    return _entry("shortened", person, org, one, capacity)


def cancelled(person: Person, org: Organisation, one: Leave, capacity: str) -> Entry:
    """A leave that never was."""
    return _entry("cancelled", person, org, one, capacity)


def _entry(event: str, person: Person, org: Organisation, one: Leave, capacity: str, **more: str) -> Entry:
    data = {"from": one.start.isoformat(), "to": one.end.isoformat(), **more}
    subject = Subject("person", person.id, person.name)
    return Entry(person.archive, f"leave.{event}", subject, data, capacity, org.name, org.id)


def exempted(start: date, end: date, profile: Profile) -> Iterator[tuple[str, str]]:
    """Duty and period of everything whose last day lies within these days: 写实 of months, 点评 of windows."""
    month = periods.month_of(start).previous
    while month.start <= end:
        if start <= monthly.window(month, profile).due <= end:
            yield monthly.DUTY, month.label
        month = month.next
    window = coverage.member_window(profile, start)
    while window and window.start <= end:
        if start <= window.end <= end:
            yield coverage.MEMBERS, window.label
        window = coverage.member_window(profile, window.next.start)
