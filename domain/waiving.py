"""The entries by which a duty is waived and restored, and as what a 书记 writes them (R-222, domain §11.2)."""

from __future__ import annotations

from datetime import date

from domain.entries import Entry, Subject
from domain.people import Organisation, Person, Roster
from domain.permissions import offices_of


def waived(person: Person, org: Organisation, duty: str, period: str, reason: str, capacity: str) -> Entry:
    """Somebody need not fulfil a duty for one period."""
    return _entry("duty.waived", person, org, {"duty": duty, "period": period, "reason": reason}, capacity)


def restored(person: Person, org: Organisation, duty: str, period: str, capacity: str) -> Entry:
    """The duty stands again."""
    return _entry("duty.restored", person, org, {"duty": duty, "period": period}, capacity)


def capacity_over(roster: Roster, actor: Person, org: str, day: date) -> str:
    """The most direct post by which somebody answers for an organisation; empty without one."""
    path = {above.id for above in roster.path(org)}
    held = (office.capacity for office in offices_of(roster, actor.id, day) if office.org in path)
    return next(held, "")


def _entry(kind: str, person: Person, org: Organisation, data: dict[str, str], capacity: str) -> Entry:
    return Entry(
        person.archive, kind, Subject("person", person.id, person.name), data, capacity, org.name, org.id
    )
