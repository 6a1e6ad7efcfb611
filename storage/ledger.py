"""The append-only ledger. There is no update and no delete, here or (by triggers) in the database."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, case, delete, func, insert, select, update

from domain.entries import ERASED, GENESIS, Break, Entry, Stamp, Subject, Written, breaks, canonical, seal
from domain.entries import body_of as _body_of
from storage import models
from storage.codec import moment
from storage.db import Coming, Conflict, Transaction
from storage.prepared import Prepared
from storage.tables import archive, body, ledger

_HEAD = Prepared(select(archive.c.seq, archive.c.hash).where(archive.c.name == bindparam("name_")))
_NEW_HEAD = Prepared(insert(archive))
_MOVED = case((archive.c.seq == bindparam("expected"), bindparam("next", type_=Integer())), else_=None)
# A head that others moved meanwhile would become NULL, which its column refuses, and with it the whole turn.
_MOVE_HEAD = Prepared(
    update(archive).where(archive.c.name == bindparam("name_")).values(seq=_MOVED, hash=bindparam("hash"))
)
_ENTRY, _BODY = Prepared(insert(ledger)), Prepared(insert(body))
_COUNTED = (
    select(func.count())
    .where(
        ledger.c.archive == bindparam("name_"),
        ledger.c.kind == bindparam("kind_"),
        ledger.c.at >= bindparam("since"),
    )
    .scalar_subquery()
)
_KNOWN = archive.c.name == bindparam("name_")
# The head comes from the same moment as the number, so that whoever counts on from it meets a Conflict.
_COUNT = Prepared(
    select(
        _COUNTED,
        select(archive.c.seq).where(_KNOWN).scalar_subquery(),
        select(archive.c.hash).where(_KNOWN).scalar_subquery(),
    )
)
_JOINED = select(ledger, body.c.salt, body.c.body).select_from(
    ledger.outerjoin(body, and_(body.c.archive == ledger.c.archive, body.c.seq == ledger.c.seq))
)


def head(tx: Transaction, name: str) -> tuple[int, str]:
    """Number and hash of an archive's last entry as first read in this turn; (0, zeros) for a new one."""
    if name not in tx.heads:
        row = _HEAD.run(tx.connection, name_=name).first()
        tx.catch_up()
        tx.heads.setdefault(name, (row[0], row[1]) if row else (0, GENESIS))
    return tx.heads[name]


def append(tx: Transaction, entries: Sequence[Entry], stamp: Stamp) -> list[Written]:
    """Write entries, archives in sorted order, and fold them into the read models.

    Raises Conflict, at the latest when it commits, when an archive moved on since this turn first read it.
    """
    order = sorted(range(len(entries)), key=lambda at: (entries[at].archive, at))
    written = {at: _append(tx, entries[at], stamp) for at in order}
    for archive_name in {entry.archive for entry in entries}:
        _move_head(tx, archive_name)
    result = [written[at] for at in range(len(entries))]
    for one in result:
        models.absorb(tx, one)
    return result


def _append(tx: Transaction, entry: Entry, stamp: Stamp) -> Written:
    seq, previous = head(tx, entry.archive)
    written = seal(entry, stamp, seq + 1, previous, secrets.token_hex(16))
    _ENTRY.post(tx.connection, Conflict(entry.archive), **_columns(written))
    _BODY.post(
        tx.connection,
        archive=entry.archive,
        seq=written.seq,
        salt=written.salt,
        body=canonical(_body_of(entry)),
    )
    tx.heads[entry.archive] = (written.seq, written.hash)
    tx.started.setdefault(entry.archive, seq)
    return written


def _move_head(tx: Transaction, name: str) -> None:
    seq, last = tx.heads[name]
    before = tx.started.pop(name)
    if before == 0:
        _NEW_HEAD.post(tx.connection, Conflict(name), name=name, seq=seq, hash=last)
        return
    _MOVE_HEAD.post(tx.connection, Conflict(name), name_=name, expected=before, next=seq, hash=last)


def _columns(written: Written) -> dict[str, Any]:
    entry, stamp = written.entry, written.stamp
    return {
        "archive": entry.archive,
        "seq": written.seq,
        "kind": entry.kind,
        "v": entry.v,
        "at": stamp.at.isoformat(),
        "received": stamp.received.isoformat(),
        "actor": stamp.actor,
        "via": canonical(dict(stamp.via)),
        "corrects": entry.corrects,
        "content": written.content,
        "previous": written.previous,
        "hash": written.hash,
    }


def count(tx: Transaction, name: str, kind: str, since: datetime) -> int:
    """How many entries of a kind an archive has since a moment; for the running numbers of a year."""
    row = _COUNT.run(tx.connection, name_=name, kind_=kind, since=moment(since)).first() or ()
    tx.catch_up()
    return _counted(tx, name, row)


def counting(tx: Transaction, name: str, kind: str, since: datetime) -> Coming:
    """The same with the next question: called, it gives the number."""
    rows = _COUNT.later(tx.connection, name_=name, kind_=kind, since=moment(since))
    return Coming(tx, lambda: _counted(tx, name, rows().first() or ()))


def _counted(tx: Transaction, name: str, row: Sequence[Any]) -> int:
    n, seq, last = row
    tx.heads.setdefault(name, (seq, last) if seq is not None else (0, GENESIS))
    return int(n)


def entries(tx: Transaction, name: str | None = None, since: int = 0) -> Iterator[tuple[Written, bool]]:
    """Entries in the order of archive and number, each with whether its words were erased."""
    query = _JOINED.order_by(ledger.c.archive, ledger.c.seq)
    if name is not None:
        query = query.where(ledger.c.archive == name, ledger.c.seq > since)
    for row in tx.connection.execute(query.execution_options(yield_per=1000)):
        yield _written(row)


def of_kind(tx: Transaction, kind: str) -> list[Written]:
    """Every entry of a kind whose words still stand, in the order of archive and number."""
    query = _JOINED.where(ledger.c.kind == kind, body.c.body.is_not(None))
    rows = tx.connection.execute(query.order_by(ledger.c.archive, ledger.c.seq))
    return [_written(row)[0] for row in rows]


def latest(tx: Transaction, name: str, limit: int) -> list[Written]:
    """The newest entries of an archive whose words still stand, newest first."""
    query = _JOINED.where(ledger.c.archive == name, body.c.body.is_not(None))
    rows = tx.connection.execute(query.order_by(ledger.c.seq.desc()).limit(limit))
    return [_written(row)[0] for row in rows]


_ERASED: dict[str, Any] = {"subject": {"type": "person", "id": "", "name": ""}}


def _written(row: Row[Any]) -> tuple[Written, bool]:
    parts: dict[str, Any] = json.loads(row.body) if row.body else _ERASED
    entry = Entry(
        archive=row.archive,
        kind=row.kind,
        subject=Subject(**parts["subject"]),
        data=parts.get("data", {}),
        capacity=parts.get("capacity", ""),
        org=parts.get("org", ""),
        org_id=parts.get("org_id", ""),
        corrects=row.corrects,
        v=row.v,
    )
    at, received = datetime.fromisoformat(row.at), datetime.fromisoformat(row.received)
    stamp = Stamp(row.actor, at, received, json.loads(row.via))
    written = Written(entry, stamp, row.seq, row.salt or "", row.content, row.previous, row.hash)
    return written, row.body is None


def verify(tx: Transaction) -> Iterator[Break]:
    """Every fault of every chain, and every archive whose remembered head is not its last entry.

    In a reading transaction, whose statements all see one moment; else a turn meanwhile would look like a fault.
    """
    known = {row.name: (row.seq, row.hash) for row in tx.connection.execute(select(archive))}
    for name, group in groupby(entries(tx), key=lambda one: one[0].archive):
        chain = list(group)
        yield from breaks(chain)
        last = chain[-1][0]
        if known.pop(name, None) != (last.seq, last.hash):
            yield Break(name, last.seq, "gap")
    for name in sorted(known):
        yield Break(name, 1, "gap")


def erase(tx: Transaction, name: str, seq: int) -> None:
    """Remove the words of one entry; the caller writes `ledger.erased` in the same archive (house, 2)."""
    tx.connection.execute(delete(body).where(body.c.archive == name, body.c.seq == seq))


def erasure(tx: Transaction, name: str, seq: int) -> dict[str, str] | None:
    """Who had an entry's words erased, by which order and when."""
    query = _JOINED.where(ledger.c.archive == name, ledger.c.kind == ERASED, ledger.c.corrects == seq)
    row = tx.connection.execute(query).first()
    if row is None:
        return None
    written, _ = _written(row)
    order, moment_of = str(written.data.get("order", "")), written.stamp.at.isoformat()
    return {"by": written.stamp.actor, "order": order, "at": moment_of}
