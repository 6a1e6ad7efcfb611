"""Who looked into whose 台账 (R-344) and who freed whose conversation: entries in the archive of that person."""

from __future__ import annotations

from domain.entries import Entry, Subject
from domain.people import Organisation, Person


def was_read(person: Person, org: Organisation, capacity: str) -> Entry:
    """Somebody else read a person's archive; the entry's actor says who."""
    subject = Subject("person", person.id, person.name)
    return Entry(person.archive, "archive.read", subject, {"by": "chat"}, capacity, org.name, org.id)


def was_freed(person: Person, org: Organisation | None, by: str, capacity: str) -> Entry:
    """What somebody had open was put aside for him because `by` asked for it; nothing of its words."""
    subject = Subject("person", person.id, person.name)
    name, id = (org.name, org.id) if org else ("", "")
    return Entry(person.archive, "conversation.freed", subject, {"by": by}, capacity, name, id)
