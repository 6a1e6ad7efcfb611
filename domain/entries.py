"""Entries of the ledger and the chain that binds them: what is hashed, how, and how a break is found.

The shape is fixed by the ledger export of the contract; nothing here knows where entries are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

GENESIS = "0" * 64
SYSTEM = "system"
ERASED = "ledger.erased"
"""The entry by which the words of another are removed (house, 2); `corrects` says of which."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an entry is about, with the name borne at that moment (R-014)."""

    type: Literal["person", "org"]
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact that a decision wants written. `data` is JSON by construction.

    `org` and `org_id` are the organisation the fact belongs to on its day; `corrects` is the number of an
    entry in the same archive.
    """

    archive: str
    kind: str
    subject: Subject
    data: Mapping[str, Any]
    capacity: str = ""
    org: str = ""
    org_id: str = ""
    corrects: int | None = None
    v: int = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who, when and by which road: what the dispatcher knows of every entry of one turn."""

    actor: str
    at: datetime
    received: datetime
    via: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the ledger. `data` is None once its words were erased."""

    entry: Entry
    stamp: Stamp
    seq: int
    salt: str
    content: str
    previous: str
    hash: str

    @property
    def data(self) -> Mapping[str, Any]:
        return self.entry.data

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def archive(self) -> str:
        return self.entry.archive


Reason = Literal["gap", "previous", "content", "hash"]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why."""

    archive: str
    seq: int
    reason: Reason


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON with sorted keys, without spaces and not ASCII-escaped: the only text that is ever hashed."""
    return _CANONICAL.encode(value)


def body_of(entry: Entry) -> dict[str, Any]:
    """The erasable half of an entry: capacity, subject, organisation and data."""
    subject = {"type": entry.subject.type, "id": entry.subject.id, "name": entry.subject.name}
    return {
        "capacity": entry.capacity,
        "subject": subject,
        "org": entry.org,
        "org_id": entry.org_id,
        "data": dict(entry.data),
    }


def envelope_of(entry: Entry, stamp: Stamp, seq: int, content: str) -> dict[str, Any]:
    """The half that is never erased; moments as ISO 8601 with their offset."""
    return {
        "archive": entry.archive,
        "seq": seq,
        "kind": entry.kind,
        "v": entry.v,
        "at": stamp.at.isoformat(),
        "received": stamp.received.isoformat(),
        "actor": stamp.actor,
        "via": dict(stamp.via),
        "corrects": entry.corrects,
        "content": content,
    }


def digest(first: str, value: Any) -> str:
    """sha256 of a prefix and the canonical text, in lower hex."""
    return hashlib.sha256((first + canonical(value)).encode()).hexdigest()


def seal(entry: Entry, stamp: Stamp, seq: int, previous: str, salt: str) -> Written:
    """Bind an entry to its place in the archive's chain."""
    content = digest(salt, body_of(entry))
    link = digest(previous, envelope_of(entry, stamp, seq, content))
    return Written(entry, stamp, seq, salt, content, previous, link)


def breaks(chain: Iterable[tuple[Written, bool]]) -> Iterator[Break]:
    """Every fault of one archive's entries in order; the flag says that the body is not there.

    A body may be missing only where a `ledger.erased` of the same archive says so.
    """
    known = list(chain)
    erasable = {written.entry.corrects for written, _ in known if written.kind == ERASED}
    previous, expected = GENESIS, 1
    for written, is_missing in known:
        reason = _fault(written, previous, expected)
        if reason is None and not _body_holds(written, is_missing, erasable):
            reason = "content"
        if reason:
            yield Break(written.archive, written.seq, reason)
        previous, expected = written.hash, written.seq + 1


def _fault(written: Written, previous: str, expected: int) -> Reason | None:
    if written.seq != expected:
        return "gap"
    if written.previous != previous:
        return "previous"
    envelope = envelope_of(written.entry, written.stamp, written.seq, written.content)
    return None if digest(written.previous, envelope) == written.hash else "hash"


def _body_holds(written: Written, is_missing: bool, erasable: Container[int | None]) -> bool:
    if is_missing:
        return written.seq in erasable
    return digest(written.salt, body_of(written.entry)) == written.content
