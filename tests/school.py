"""A bot to talk to in tests: the real dispatcher on a real database, with a clock that one sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import bootstrap, profiles
from bot.dispatcher import Dispatcher, Outcome
from bot.messages import Kind, Message
from domain.entries import Entry, Stamp, Subject, Written
from domain.numbers import number
from storage import ledger, schema
from storage.codec import ZONE
from storage.db import Database
from storage.roster import RosterView
from tests import cast

_FILE = "sqlite:///"
START_OF_YEAR = datetime(2026, 1, 1, 8, tzinfo=ZONE)


@dataclass
class School:
    """The cast with their bot. People are named by 编号; each message comes a second after the last."""

    database: Database
    now: datetime = datetime(2026, 6, 25, 9, 10, tzinfo=ZONE)
    profile: str = "harbin"
    count: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.talk = bootstrap.talk()
        self.dispatcher = Dispatcher(self.database, self.talk, profiles.load(self.profile))

    def say(
        self, person: str, text: str, kind: Kind = "text", media: str = "", at: datetime | None = None
    ) -> Outcome:
        """Let somebody of the cast (or an unknown account) send one message; a repeat needs another School."""
        self.now += timedelta(seconds=1)
        self.count += 1
        account = cast.ACCOUNT.get(person, person)
        message = Message("wecom", account, f"test|{self.count}", kind, at or self.now, self.now, text, media)
        outcome = self.dispatcher.handle(message)
        self.outcomes.append(outcome)
        return outcome

    def photo(self, person: str, name: str = "", at: datetime | None = None) -> Outcome:
        """Let somebody send one picture."""
        return self.say(person, "", "image", name or f"media-{self.count}", at)

    def write(
        self, entries: Sequence[Entry], actor: str = "system", at: datetime | None = None
    ) -> list[Written]:
        """Put facts straight into the ledger, as something that happened before the test begins."""
        moment = at or self.now
        with self.database.transaction() as tx:
            return ledger.append(tx, entries, Stamp(actor, moment, moment, {"channel": "paper"}))

    def publish(self, person: str, goal: str, due: date, on: date = date(2026, 1, 10), n: int = 1) -> str:
        """Give somebody a published annual commitment; returns its number."""
        with self.database.transaction() as tx:
            who = RosterView(tx).person(person)
            branch = RosterView(tx).branch_of(person, on)
        assert who is not None and branch is not None
        full = number("C", on.year, who.number, n)
        subject = Subject("person", who.id, who.name)

        def entry(event: str, **data: object) -> Entry:
            return Entry(
                who.archive,
                f"commitment.{event}",
                subject,
                {"commitment": full, **data},
                "",
                branch.name,
                branch.id,
            )

        kept = {
            "kind": "annual",
            "goal": goal,
            "due": due.isoformat(),
            "matter": "duty",
            "signer_org": branch.id,
        }
        self.write(
            [
                entry("proposed", **kept),
                entry("signed", capacity="self"),
                entry("signed", capacity="secretary"),
                entry("published", channels=["meeting"], on=on.isoformat()),
            ],
            actor=person,
            at=datetime(on.year, on.month, on.day, 10, tzinfo=ZONE),
        )
        return full

    def publish_of(self, org: str, head: str, goal: str, due: date, on: date) -> str:
        """Give an organisation a published annual commitment; returns its number."""
        with self.database.transaction() as tx:
            unit = RosterView(tx).org(org)
        assert unit is not None
        full = number("C", on.year, unit.number, 1)
        subject, moment = (
            Subject("org", unit.id, unit.name),
            datetime(on.year, on.month, on.day, 10, tzinfo=ZONE),
        )
        made = {
            "kind": "annual",
            "goal": goal,
            "due": due.isoformat(),
            "matter": "serve",
            "signer_org": unit.parent,
        }
        events = (
            ("proposed", made),
            ("signed", {"capacity": "secretary"}),
            ("signed", {"capacity": "superior"}),
        )
        entries = [
            Entry(
                unit.archive,
                f"commitment.{event}",
                subject,
                {"commitment": full, **data},
                "",
                unit.name,
                unit.id,
            )
            for event, data in (*events, ("published", {"channels": ["meeting"], "on": on.isoformat()}))
        ]
        self.write(entries, actor=head, at=moment)
        return full

    def hand_in(self, person: str, month: str, late: bool = False) -> None:
        """Let somebody have handed in a month's record."""
        data = {"month": month, "late": late, "items": [], "statement": "按计划推进", "proxy": None}
        self.write([self._about(person, "report.submitted", **data)], actor=person)

    def reviewed(self, person: str, by: str, on: date, common_only: bool = False, capacity: str = "") -> None:
        """Let somebody have been reviewed as a member, with all three parts."""
        entry = self._about(person, "review.posted")
        self._post(replace(entry, capacity=capacity), "member", by, on, common_only)

    def reviewed_unit(self, unit: str, by: str, on: date) -> None:
        """The same of an organisation."""
        org = next(one for one in cast.ORGS if one.id == unit)
        subject = Subject("org", unit, org.name)
        self._post(Entry(org.archive, "review.posted", subject, {}, "", org.name, unit), "org", by, on)

    def demanded(self, owner: str, by: str, requirement: str, due: date, on: date, capacity: str) -> str:
        """Let a leader have demanded of somebody, or of an organisation, that something be put right; returns its number."""
        org = next((one for one in cast.ORGS if one.id == owner), None)
        entry = (
            Entry(org.archive, "", Subject("org", org.id, org.name), {}, "", org.name, org.id)
            if org
            else self._about(owner, "")
        )
        with self.database.transaction() as tx:
            who = None if org else RosterView(tx).person(owner)
            n = 1 + sum(one.kind == "rectification.demanded" for one, _ in ledger.entries(tx, entry.archive))
        full = number("Z", on.year, org.number if org else who.number if who else "", n)
        data = {
            "rectification": full,
            "review": f"P-{full[2:]}",
            "requirement": requirement,
            "due": due.isoformat(),
        }
        made = replace(entry, kind="rectification.demanded", data=data, capacity=capacity)
        self.write([made], actor=by, at=datetime(on.year, on.month, on.day, 15, tzinfo=ZONE))
        return full

    def on_demand(self, number: str, event: str) -> None:
        """Let something happen to what was demanded."""
        asked = next(one for one in self.entries() if one.data.get("rectification") == number)
        self.write(
            [replace(asked.entry, kind=f"rectification.{event}", data={"rectification": number, "text": ""})]
        )

    def _post(self, entry: Entry, target: str, by: str, on: date, common_only: bool = False) -> None:
        parts = {"merits": "认真", "gaps": "慢", "directions": "快些", "common_only": common_only}
        full = f"P-{on.year}-{entry.subject.id}-{len(self.entries()) + 1}"
        data = {
            "review": full,
            "session": full,
            "target": target,
            "kind": "periodic",
            "manner": "collective",
        }
        moment = datetime(on.year, on.month, on.day, 15, tzinfo=ZONE)
        self.write([replace(entry, data={**data, **parts})], actor=by, at=moment)

    def _about(self, person: str, event: str, **data: object) -> Entry:
        with self.database.transaction() as tx:
            who = RosterView(tx).person(person)
            branch = RosterView(tx).branch_of(person, self.now.date())
        assert who is not None and branch is not None
        return Entry(
            who.archive, event, Subject("person", who.id, who.name), data, "", branch.name, branch.id
        )

    def entries(self, archive: str | None = None) -> list[Written]:
        """Everything in the ledger, or one archive, in order."""
        with self.database.transaction() as tx:
            return [written for written, _ in ledger.entries(tx, archive)]


def new(url: str, now: datetime | None = None) -> School:
    """A fresh school on an empty database."""
    if url.startswith(_FILE):
        Path(url.removeprefix(_FILE)).write_bytes(_enrolled())
        database = Database(url)
    else:
        database = _made(url)
    return School(database, **({"now": now} if now else {}))


def _made(url: str) -> Database:
    database = Database(url)
    with database.transaction() as tx:
        schema.create(tx.connection)
    cast.enrol(database)
    return database


@cache
def _enrolled() -> bytes:
    """The cast as an SQLite file: made once a process, since a thousand tests begin with it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cast.db"
        database = _made(f"{_FILE}{path}")
        with database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.dispose()
        return path.read_bytes()
