"""What the clock leaves behind for people to see, and when its silence matters (R-322, R-351)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

HEARTBEAT, PLANNED, AHEAD, UNLISTED = "heartbeat", "clock|planned", "clock|ahead", "clock|unlisted"
"""The settings under which beat, last planning, outlook and the years without listed holidays are kept."""
MOST_SILENCE = timedelta(minutes=3)
WORTH_A_WORD = timedelta(minutes=30)
"""So much of the hours in which reminders leave must be lost before anybody is told; a deploy takes a minute."""
STATES = ("waiting", "in_flight", "held", "doubtful", "failed")


@dataclass(frozen=True, slots=True)
class Pile:
    """So many messages that have not arrived, in one state and for one reason; `is_due` ones should have left."""

    state: str
    reason: str
    is_due: bool
    count: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next day on which reminders will leave, None if none comes until `until`; people by organisation."""

    day: date | None
    until: date
    people: Mapping[str, int]

    def count(self, orgs: Collection[str] | None) -> int:
        """How many people will hear, of some organisations only if named."""
        return sum(n for org, n in self.people.items() if orgs is None or org in orgs)

    def kept(self) -> str:
        """As it lies in the settings."""
        day = self.day.isoformat() if self.day else ""
        return json.dumps({"day": day, "until": self.until.isoformat(), "people": dict(self.people)})


def outlook(kept: str | None, today: date) -> Outlook | None:
    """What was kept, unless it was never looked or the days it speaks of are over."""
    known = json.loads(kept) if kept else {}
    if not known or date.fromisoformat(known["until"]) < today:
        return None
    day = date.fromisoformat(known["day"]) if known["day"] else None
    is_over = day is not None and day < today
    return None if is_over else Outlook(day, date.fromisoformat(known["until"]), known["people"])


def reason(stopped: str | None) -> str:
    """Why a fault of the road stops all sending; empty while it does not."""
    return str(json.loads(stopped)["reason"]) if stopped else ""


def silence(beat: str | None, now: datetime) -> timedelta | None:
    """How long the clock has been silent, None while it beats; the longest time there is if it never did."""
    if beat is None:
        return timedelta.max
    silent = now - datetime.fromisoformat(beat)
    return silent if silent > MOST_SILENCE else None


def lost(first: datetime, last: datetime, opens: time, closes: time) -> timedelta:
    """How much of the hours in which reminders may leave lies between two moments."""
    found, day = timedelta(), first.date()
    while day <= last.date():
        begins, ends = (datetime.combine(day, hour, first.tzinfo) for hour in (opens, closes))
        found += max(timedelta(), min(last, ends) - max(first, begins))
        day += timedelta(days=1)
    return found
