"""Tells an archive, exactly once, that an attachment of one of its things is here or lost.

The bytes may come before the thing is confirmed or after; whichever is second leads here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from domain.entries import SYSTEM, Entry, Stamp, Subject
from storage import attachments, ledger, owed, things
from storage.attachments import Attachment
from storage.db import Database, Transaction
from storage.owed import Owed
from storage.roster import RosterView

log = logging.getLogger("xieshi.fetching")
STEP = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes are in the store."""

    sha256: str
    size: int
    mime: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """They never will be, for the reason in `words`; the sender is told unless he knows already."""

    words: str
    is_silent: bool = False


def kind_of(database: Database, id: str) -> str:
    """What came in under a number."""
    with database.reading() as tx:
        found = attachments.find(tx, id)
    return found.kind if found else ""


def note(tx: Transaction, id: str, outcome: Kept | Lost, now: datetime) -> None:
    """Write down what became of the bytes, and ask the sender of lost ones to send them again."""
    if isinstance(outcome, Kept):
        attachments.fetched(tx, id, outcome.sha256, outcome.size, outcome.mime)
        return
    attachments.lost(tx, id, outcome.words)
    found = attachments.find(tx, id)
    if found is not None and not outcome.is_silent and found.kind == "image":
        owed.put(tx, [_apology(found, outcome.words, now)])


def settle_some(database: Database, now: datetime) -> int:
    """Write the entries that are due; returns how many attachments were looked at."""
    with database.reading() as tx:
        if not attachments.unsettled(tx, 1):
            return 0
    return database.attempt(lambda tx: _settle(tx, now))


def _settle(tx: Transaction, now: datetime) -> int:
    found = attachments.unsettled(tx, STEP)
    entries = [entry for one in found if attachments.settle(tx, one) and (entry := _entry(tx, one))]
    if entries:
        ledger.append(tx, entries, Stamp(SYSTEM, now, now, {"channel": "system"}))
    return len(found)


def _entry(tx: Transaction, one: Attachment) -> Entry | None:
    archive = things.archive_of(tx, one.linked)
    if archive is None:
        log.error("an attachment belongs to %s, which nobody knows", one.linked)
        return None
    told = {"attachment": one.id, "of": one.linked}
    where = _place(tx, archive, one)
    if one.state == "lost":
        return Entry(archive, "attachment.failed", where[0], {**told, "reason": one.reason}, "", *where[1])
    data = {**told, "sha256": one.sha256, "size": one.size, "mime": one.mime}
    return Entry(archive, "attachment.stored", where[0], data, "", *where[1])


def _place(tx: Transaction, archive: str, one: Attachment) -> tuple[Subject, tuple[str, str]]:
    """Whom the archive is about, and the organisation with its id on the day of the picture."""
    kind, _, id = archive.partition(":")
    roster = RosterView(tx)
    if kind == "org":
        org = roster.org(id)
        return Subject("org", id, org.name if org else id), (org.name if org else id, id)
    person, branch = roster.person(id), roster.branch_of(id, one.at.date())
    where = (branch.name, branch.id) if branch else ("", "")
    return Subject("person", id, person.name if person else id), where


def _apology(one: Attachment, reason: str, now: datetime) -> Owed:
    text = f"您{one.at:%H:%M}发来的一张照片没有存下来（{reason}）。麻烦再发一次；请发 jpg 或 png 照片，每张不超过20MB。"
    return Owed(f"photo|{one.id}", "text", {"text": text}, now, now, person=one.person)
