"""A school of any size as it lies in the read models: branches of twenty, each member with one published item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table

from domain.commitments import Commitment, State
from domain.contacts import Contact
from domain.entries import GENESIS, Entry, Stamp, Subject
from domain.people import Membership, Organisation, OrgKind, Person, Role, RoleKind
from domain.reviews import Review
from storage import ledger, models, schema
from storage.codec import ZONE, to_row
from storage.db import Database, Transaction
from storage.sounds import sound
from storage.tables import archive, person
from tests import cast

BRANCH = 20
START, DUE = cast.START, date(2026, 12, 20)
Thing = tuple[Any, str]
"""A state and the archive that feeds it."""


def fill(url: str, members: int) -> Database:
    """The cast and so many members more, straight into the tables; the ledger of the many is empty so far."""
    database = Database(url, wait=60)
    schema.migrate(database.engine)
    cast.enrol(database)
    for first in range(0, members, 2000):
        with database.transaction() as tx:
            _many(tx, range(first, min(first + 2000, members)))
    return database


def branch_of(n: int) -> str:
    """The branch of the n-th member; the first of each branch is its secretary."""
    return f"第{n // BRANCH:05}党支部"


def member(n: int) -> Person:
    return Person(f"B{n:06}", f"党员{n}", f"B{n:05}")


def _many(tx: Transaction, numbers: range) -> None:
    people = [member(n) for n in numbers]
    _put(tx, person, [{**to_row(one), "sound": sound(one.name)} for one in people])
    things = [thing for n in numbers for thing in _of(n)]
    names = sorted({name for _, name in things})
    _put(tx, archive, [{"name": name, "seq": 1, "hash": GENESIS} for name in names])
    _put_things(tx, things)


def _put_things(tx: Transaction, things: list[Thing]) -> None:
    for kind in sorted({type(state) for state, _ in things}, key=lambda kind: kind.__name__):
        made = [{**to_row(state), "archive": name} for state, name in things if type(state) is kind]
        _put(tx, models.table(kind), made)


def _put(tx: Transaction, where: Table, rows: list[dict[str, Any]]) -> None:
    """Insert, or COPY where the server has it, which takes a tenth of the time."""
    if not tx.is_postgresql:
        tx.connection.execute(where.insert(), rows)
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    cursor: Any = tx.connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {where.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def _of(n: int) -> Iterator[Thing]:
    who, branch = member(n), branch_of(n)
    if n % BRANCH == 0:
        org = Organisation(branch, branch, OrgKind.BRANCH, cast.ENGINEERING, "", f"X{n}", START, START)
        yield org, f"org:{branch}"
        yield Role(who.id, RoleKind.SECRETARY, branch, START, None, "书记"), who.archive
    yield Membership(who.id, branch, START), who.archive
    yield Contact("wecom", f"user{n}", f"user{n}", who.id), who.archive
    yield (
        Commitment(
            f"C-2026-{who.number}-1", "person", who.id, who.name, branch, branch, "annual", f"走访企业{n}家", DUE, DUE,
            State.PUBLISHED, START, "duty", signed_on=START, fixed_on=START, published_on=START, channels=("meeting",),
        ),
        who.archive,
    )  # fmt: skip


def review(database: Database, members: int, on: date) -> None:
    """Let each branch have been reviewed on that day, and every second of its members by its 书记."""
    for first in range(0, members, 2000):
        made = [_review(n, on) for n in range(first, min(first + 2000, members), 2)]
        with database.transaction() as tx:
            _put_things(tx, [(one, f"person:{one.subject}") for one in made])


def hand_in(database: Database, members: int, month: str, at: datetime) -> None:
    """Let everybody have handed in a month, through the ledger: a school in use has a past which a turn must not read."""
    for first in range(0, members, 500):
        with database.transaction() as tx:
            for n in range(first, min(first + 500, members)):
                ledger.append(tx, [_record(n, month)], Stamp(member(n).id, at, at, {"channel": "wecom"}))


def _record(n: int, month: str) -> Entry:
    who = member(n)
    item = {"commitment": f"C-2026-{who.number}-1", "text": f"走访企业{n}家", "status": "ongoing"}
    data = {
        "report": f"X-2026-{who.number}-1",
        "month": month,
        "late": False,
        "items": [item],
        "statement": "按计划推进",
    }
    subject = Subject("person", who.id, who.name)
    return Entry(who.archive, "report.submitted", subject, data, "self", branch_of(n), branch_of(n))


def settle(database: Database) -> None:
    """What the server does by itself soon after so much was written: look at it for its plans."""
    with database.transaction() as tx:
        tx.connection.exec_driver_sql("ANALYZE")


def _review(n: int, on: date) -> Review:
    who, branch = member(n), branch_of(n)
    at = datetime(on.year, on.month, on.day, 10, tzinfo=ZONE)
    is_head = n % BRANCH == 0
    about = ("org", branch, branch) if is_head else ("member", who.id, who.name)
    by = ("2003011", "l1_secretary") if is_head else (member(n - n % BRANCH).id, "branch_secretary")
    words = ("periodic", "individual", "带青年教师扎实，服务学生有实效", "公开课要加快", "下半年把目标量化")
    number = f"P-2026-{who.number}-1"
    return Review(number, number, *about, branch, *by, at, on, *words)
