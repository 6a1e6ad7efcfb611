"""The whole roster for an import, and the writing of a few of its changes; told by the heads what moved meanwhile."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from domain.contacts import Contact
from domain.entries import Stamp
from domain.people import Link, Membership, Organisation, Role
from domain.roster_people import CHANNEL
from domain.roster_plan import Change
from domain.roster_state import PERSONAL, Present, Record, Unit
from storage import ledger, models, owed, people
from storage.codec import to_json
from storage.db import Conflict, Transaction
from storage.owed import Owed
from storage.roster_questions import to_person
from storage.tables import archive, org_imported, person

Heads = MutableMapping[str, int]
Bond = TypeVar("Bond")


def heads(tx: Transaction) -> Heads:
    """At which number every archive stands."""
    return {row.name: row.seq for row in tx.connection.execute(select(archive.c.name, archive.c.seq))}


def present(tx: Transaction) -> Present:
    """Everybody and every organisation, with what the last import said of each."""
    bonds = _by(models.find(tx, Membership), lambda one: one.person)
    roles = _by(models.find(tx, Role), lambda one: one.person)
    links = _by(models.find(tx, Link), lambda one: one.leader)
    contacts = models.find(tx, Contact, models.table(Contact).c.channel == CHANNEL)
    accounts = {one.person: one.shown for one in reversed(contacts)}
    found = {}
    for row in tx.connection.execute(select(person)):
        who = to_person((row.id, row.name, row.number, row.post, row.political, row.categories, row.status))
        personal = {key: getattr(row, key) or "" for key in PERSONAL}
        said = json.loads(row.imported) if row.imported else None
        found[row.id] = Record(
            who, personal, said, bonds[row.id], roles[row.id], links[row.id], accounts.get(row.id, "")
        )
    return Present(found, _units(tx))


def _units(tx: Transaction) -> dict[str, Unit]:
    said = {row.id: json.loads(row.said) for row in tx.connection.execute(select(org_imported))}
    return {org.id: Unit(org, said.get(org.id)) for org in models.find(tx, Organisation)}


def _by(bonds: Iterable[Bond], key: Callable[[Bond], str]) -> dict[str, list[Bond]]:
    found: dict[str, list[Bond]] = defaultdict(list)
    for bond in bonds:
        found[key(bond)].append(bond)
    return found


def write(tx: Transaction, changes: Sequence[Change], known: Heads, stamp: Stamp) -> None:
    """Write changes that were planned at these heads, and move the heads along.

    Raises Conflict when somebody else wrote to one of the archives since.
    """
    entries = [entry for change in changes for entry in change.entries]
    for name in {entry.archive for entry in entries}:
        if ledger.head(tx, name)[0] != known.get(name, 0):
            raise Conflict(name)
    for change in changes:
        _keep(tx, change)
    for written in ledger.append(tx, entries, stamp):
        known[written.archive] = max(known.get(written.archive, 0), written.seq)
    owed.put(tx, [_owed(news, stamp.at) for change in changes for news in change.news])


def _keep(tx: Transaction, change: Change) -> None:
    if change.person is not None:
        imported = {"imported": to_json(change.said)}
        people.save(tx, change.person, {**(change.personal or {}), **imported})
    elif change.unit and change.said is not None:
        _remember(tx, change.unit, to_json(change.said))


def _remember(tx: Transaction, id: str, said: str) -> None:
    make = postgresql.insert if tx.is_postgresql else sqlite.insert
    statement = make(org_imported).values(id=id, said=said)
    changed = {"said": statement.excluded.said}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


def _owed(news: Any, now: datetime) -> Owed:
    return Owed(news.key, "text", {"text": news.text}, now, now, person=news.person, unit=news.unit)
