"""Who looked into whose 台账: an entry in the archive that was read (R-344)."""

from __future__ import annotations

from domain.entries import Entry, Subject
from domain.people import Organisation, Person


def was_read(person: Person, org: Organisation, capacity: str) -> Entry:
    """Somebody else read a person's archive; the entry's actor says who."""
    subject = Subject("person", person.id, person.name)
    return Entry(person.archive, "archive.read", subject, {"by": "chat"}, capacity, org.name, org.id)
