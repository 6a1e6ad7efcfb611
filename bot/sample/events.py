"""What happened in the sample school: entries with their moment and actor, and the photos that came with them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.entries import Entry, Subject
from domain.numbers import number
from domain.people import Organisation, Person

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Photo:
    """A drawn picture."""

    id: str
    scene: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something one person did at one moment."""

    at: datetime
    actor: str
    entries: tuple[Entry, ...]
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the school with the own branch."""

    person: Person
    branch: Organisation

    def entry(self, kind: str, data: Mapping[str, object], capacity: str = "self") -> Entry:
        """An entry of this person's archive, at the own branch."""
        subject = Subject("person", self.person.id, self.person.name)
        return Entry(self.person.archive, kind, subject, data, capacity, self.branch.name, self.branch.id)


class Numbers:
    """Running numbers by archive and year, given in the order in which things happened."""

    def __init__(self, owners: Mapping[str, str]) -> None:
        self._owners = owners
        self._counts: Counter[tuple[str, str, int]] = Counter()

    def next(self, letter: str, year: int, archive: str) -> str:
        """The next number of a letter in an archive."""
        self._counts[letter, archive, year] += 1
        return number(letter, year, self._owners[archive], self._counts[letter, archive, year])

    def given(self, event: Event) -> tuple[Event, str]:
        """The event with its record or review numbered, and that number."""
        first, *rest = event.entries
        fields = _NUMBERED.get(first.kind)
        if fields is None:
            return event, ""
        full = self.next(fields[0], event.at.year, first.archive)
        data = {**dict.fromkeys(fields[1:], full), **first.data}
        return replace(event, entries=(replace(first, data=data), *rest)), full


_NUMBERED = {"report.submitted": ("X", "report"), "review.posted": ("P", "review", "session")}


def moment(rng: random.Random, day: date, first: int = 8, last: int = 20) -> datetime:
    """Some minute of a day."""
    return datetime.combine(day, time(rng.randrange(first, last), rng.randrange(60), rng.randrange(60)), ZONE)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
