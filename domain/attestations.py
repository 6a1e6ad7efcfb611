"""已办: somebody's word that a duty kept on paper was done, with the day of the deed and that of the word (R-343)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.acting import in_charge
from domain.entries import Entry, Subject, Written
from domain.people import Organisation, OrgKind, Roster
from domain.seats import clerks


@dataclass(frozen=True, slots=True)
class Attestation:
    """`duty` is the row of domain §8, `period` the label of its window; the latest word about them counts."""

    org: str
    duty: str
    period: str
    done_on: date
    note: str = ""
    by: str = ""
    told_on: date | None = None


def key(written: Written) -> tuple[str, str, str]:
    """Organisation, duty and period."""
    return (written.entry.subject.id, written.data["duty"], written.data["period"])


def fold(state: Attestation | None, written: Written) -> Attestation | None:
    """`duty.attested` says that it was done, `duty.unattested` takes that back."""
    if written.kind == "duty.unattested":
        return None
    done_on, note = date.fromisoformat(written.data["done_on"]), written.data.get("note", "")
    return Attestation(*key(written), done_on, note, written.stamp.actor, written.stamp.at.date())


def attested(org: Organisation, duty: str, period: str, done_on: date, note: str, capacity: str) -> Entry:
    """It was done on that day."""
    data = {"duty": duty, "period": period, "done_on": done_on.isoformat(), "note": note}
    return _entry("attested", org, data, capacity)


def unattested(org: Organisation, duty: str, period: str, capacity: str) -> Entry:
    """Nothing is said about it any more."""
    return _entry("unattested", org, {"duty": duty, "period": period}, capacity)


def _entry(event: str, org: Organisation, data: dict[str, str], capacity: str) -> Entry:
    subject = Subject("org", org.id, org.name)
    return Entry(org.archive, f"duty.{event}", subject, data, capacity, org.name, org.id)


def owners(roster: Roster, org: Organisation, day: date) -> list[str]:
    """Who is reminded: the 书记 (who acts for her meanwhile; while a branch has none, the one above, O-43).

    For the school it is the office's clerks if it has any.
    """
    found = clerks(roster, day) if org.kind is OrgKind.SCHOOL else []
    above = org.parent if org.kind is OrgKind.BRANCH else None
    return found or in_charge(roster, org.id, day) or (in_charge(roster, above, day) if above else [])
