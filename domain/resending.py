"""补发: which reminders never reached anybody although the duty is still open, and the wish to send them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.entries import Entry, Subject
from domain.people import Organisation, Person
from domain.reminders import KEEP_AFTER, Pending

KIND = "reminder.resent"
LOST = ("failed", "cancelled", "doubtful")
"""How an owed message ends that has not, or perhaps not, arrived."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder that was owed to somebody: of which duty and period, since when, and how it stands."""

    person: str
    duty: str
    period: str
    at: datetime
    state: str


def missed(found: Iterable[Pending], sent: Iterable[Reminder], now: datetime) -> list[Pending]:
    """The open duties whose latest reminder did not arrive, or of whose opening their owner never heard.

    Whoever put it off, and who gets another one today anyway, is left out. What opened within a week is left to
    the clock, which makes up for it by itself (R-322).
    """
    latest = {(one.person, one.duty, one.period): one for one in sorted(sent, key=lambda one: one.at)}
    return [one for one in found if not one.reason and _is_missed(one, latest.get(_key(one)), now)]


def _is_missed(pending: Pending, latest: Reminder | None, now: datetime) -> bool:
    until = pending.snoozed_until
    if until and (until > now or until.date() == now.date()):
        return False
    if latest is not None:
        return latest.state in LOST
    return any(one.end == "opens" for one in pending.steps) and now.date() - pending.opens > KEEP_AFTER


def _key(pending: Pending) -> Key:
    return (pending.person, pending.duty, pending.period)


def resent(person: Person, org: Organisation, pending: Pending, now: datetime, capacity: str) -> Entry:
    """The wish that a duty's owner be reminded now: like a snooze that is over, so once a day (R-320)."""
    data = {"duty": pending.duty, "period": pending.period, "until": now.isoformat()}
    subject = Subject("person", person.id, person.name)
    return Entry(person.archive, KIND, subject, data, capacity, org.name, org.id)


def first(found: Sequence[Pending], most: int) -> list[Pending]:
    """Those of the first so many people."""
    people = list(dict.fromkeys(one.person for one in found))[:most]
    return [one for one in found if one.person in people]
