"""Puts the sample school with a year of ledger into an empty database and its photos into a folder."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot import importing, profiles
from bot.sample import months, people, promises, scenes, visits
from bot.sample.events import ZONE, Event, Member, Numbers, Photo
from domain import enrolment, roster_orgs, roster_rows
from domain.entries import Entry, Stamp
from domain.people import RoleKind
from domain.roster_state import Present, home
from domain.sheets import Line, Table
from storage import attachments, ledger, rostersheet
from storage.db import Database, Transaction
from storage.photos import Photos

SEED = 20110303
_CAPACITY = {
    people.SCHOOL: "party_secretary",
    people.UNIT: "l1_secretary",
    people.OFFICES: "l1_secretary",
}
# The school leader whose 联系点 the unit is.
_LEADER = ("2001002", "school_leader")
_VIA = {"channel": "wecom", "account": "", "message": ""}
Heads = Mapping[str, tuple[str, str]]


class NotEmpty(Exception):
    """The database already holds a ledger; the sample school goes into an empty one only."""


def load(database: Database, media: Path, now: datetime) -> None:
    """The same school for the same moment, with everything that happened by then; raises NotEmpty."""
    with database.reading() as tx:
        if rostersheet.heads(tx):
            raise NotEmpty
    # Before March a year has hardly begun, so the one before is shown.
    year = now.year if now.month > 2 else now.year - 1
    start = datetime(year, 1, 1, 8, tzinfo=ZONE)
    importing.run(database, _units(), _people(), start)
    with database.reading() as tx:
        present = rostersheet.present(tx)
    _open(database, present, start)
    numbers = Numbers(_owners(present))
    happened = [event for event in _year(present, numbers, year, now) if event.at <= now]
    _write(database, Photos(media), numbers, sorted(happened, key=lambda event: event.at))


def _owners(present: Present) -> dict[str, str]:
    """The short number of each archive."""
    units = {unit.org.archive: unit.org.number for unit in present.units.values()}
    return units | {one.person.archive: one.person.number for one in present.people.values()}


def _units() -> Table:
    return _table(roster_orgs.SHEET, people.UNITS)


def _people() -> Table:
    return _table(roster_rows.SHEET, people.rows())


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> Table:
    return Table(name, {}, tuple(Line(n, row) for n, row in enumerate(rows, 2)))


def _open(database: Database, present: Present, start: datetime) -> None:
    """Every unit's secretary has said 开始."""
    entries = [enrolment.opened(unit.org, start.date()) for unit in present.units.values()]
    with database.transaction() as tx:
        ledger.append(tx, entries, Stamp("system", start, start, {"channel": "sheet"}))


def _year(present: Present, numbers: Numbers, year: int, now: datetime) -> Iterator[Event]:
    rng, profile = random.Random(SEED), profiles.load(profiles.BASE)
    orgs = {id: unit.org for id, unit in present.units.items()}
    heads, members = _heads(present), _members(present, now)
    yield from promises.of_units(rng, numbers, orgs, heads, year)
    for member in members.values():
        own = heads[member.branch.id]
        above = member.branch.parent or member.branch.id
        signer_org = above if member.person.id == own[0] else member.branch.id
        signer = heads.get(signer_org, heads[people.SCHOOL])
        if member.person.id not in promises.WITHOUT:
            items, events = promises.of_member(rng, numbers, member, signer, signer_org, year)
            yield from events
            yield from months.of_member(rng, member, items, signer, profile, now)
    for branch in (people.FIRST, people.SECOND, people.STUDENTS, people.THIRD):
        of_branch = [member for member in members.values() if member.branch.id == branch]
        yield from visits.of_branch(rng, heads[branch], of_branch, now)
    led = {branch: members[heads[branch][0]] for branch in (people.FIRST, people.SECOND, people.STUDENTS)}
    yield from visits.of_secretaries(rng, heads[people.UNIT], led, orgs, now)
    yield from visits.on_the_spot(rng, heads[people.UNIT], members, now)
    yield from visits.of_unit(rng, _LEADER, orgs[people.UNIT], now)


def _heads(present: Present) -> Heads:
    """The 书记 of each organisation and as what he acts."""
    roles = (role for record in present.people.values() for role in record.roles)
    secretaries = (role for role in roles if role.role is RoleKind.SECRETARY)
    return {role.org: (role.person, _CAPACITY.get(role.org, "branch_secretary")) for role in secretaries}


def _members(present: Present, now: datetime) -> dict[str, Member]:
    return {
        id: Member(record.person, present.units[home(record.bonds, now.date())].org)
        for id, record in present.people.items()
    }


def _write(database: Database, photos: Photos, numbers: Numbers, events: Sequence[Event]) -> None:
    """In transactions of a month each."""
    seeds = itertools.count(1)
    for _, month in itertools.groupby(events, key=lambda event: (event.at.year, event.at.month)):
        with database.transaction() as tx:
            for event in month:
                whole, thing = numbers.given(event)
                ledger.append(tx, whole.entries, Stamp(event.actor, event.at, event.at, _VIA))
                stored = [_photo(tx, photos, event, photo, thing, next(seeds)) for photo in event.photos]
                ledger.append(tx, stored, Stamp("system", event.at, event.at, {"channel": "system"}))


def _photo(tx: Transaction, photos: Photos, event: Event, photo: Photo, thing: str, seed: int) -> Entry:
    """Draw and keep a picture, and the entry that says so."""
    data = scenes.draw(photo.scene, seed)
    sha, about = photos.put(data), event.entries[0]
    attachments.register(tx, photo.id, event.actor, "wecom", "", "image", event.at, event.at)
    attachments.fetched(tx, photo.id, sha, len(data), "image/jpeg")
    attachments.link(tx, [photo.id], event.actor, thing)
    found = attachments.find(tx, photo.id)
    if found is not None:
        attachments.settle(tx, found)
    told = {"attachment": photo.id, "of": thing, "sha256": sha, "size": len(data), "mime": "image/jpeg"}
    return Entry(about.archive, "attachment.stored", about.subject, told, "", about.org, about.org_id)
