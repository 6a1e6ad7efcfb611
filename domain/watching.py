"""齐了叫我: a question about others that is asked again until nobody is missing (row 4 of the chat page's ideas)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from domain.asked import Question, due_day, question
from domain.duties.sight import Sight
from domain.periods import parse_code
from domain.scope import asks_about

PREFIX = "watch|"
LONGEST = timedelta(days=14)
"""So long after the last day of its window nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody wants to hear once; `since` is when she asked, so that the same may be asked again later."""

    person: str
    duty: str
    period: str
    orgs: tuple[str, ...]
    since: str

    @property
    def setting(self) -> str:
        """Under which it is kept: each duty and window once for a person."""
        return f"{PREFIX}{self.person}|{self.duty}|{self.period}"

    @property
    def kept(self) -> str:
        """The rest as one word of the installation."""
        return json.dumps({"orgs": self.orgs, "since": self.since}, ensure_ascii=False)

    @property
    def key(self) -> str:
        """Of the one message that comes of it."""
        return f"complete|{self.person}|{self.duty}|{self.period}|{self.since}"

    @property
    def near_key(self) -> str:
        """Of the one message on the last workday."""
        return f"near|{self.person}|{self.duty}|{self.period}|{self.since}"

    def is_near(self, today: date, last_workday: date) -> bool:
        """Whether the last workday is there and the question is older than that day."""
        return today == last_workday and self.since[:10] < today.isoformat()


def read(setting: str, kept: str) -> Watch:
    """A standing question from the word kept for it."""
    _, person, duty, period = setting.split("|")
    known = json.loads(kept)
    return Watch(person, duty, period, tuple(known["orgs"]), known["since"])


def can_wait(at: Sight, asked: Question) -> bool:
    """Whether a question has an end that may still come: one window with a last day that is not long past."""
    last = ends(at, asked)
    return len(asked.windows) == 1 and last is not None and at.today <= last


def due(at: Sight, asked: Question) -> date | None:
    """The last day of the window that is waited for; None where each thing has its own day."""
    return due_day(at, asked.duty, asked.windows[0]) if asked.windows else None


def ends(at: Sight, asked: Question) -> date | None:
    """The last day on which anybody waits for its answer; None where each thing has its own day."""
    last = due(at, asked)
    return last + LONGEST if last else None


def asked_again(at: Sight, watch: Watch) -> Question:
    """The question as of now."""
    return question(at, watch.duty, parse_code(watch.period), watch.orgs, watch.person)


def why_over(at: Sight, watch: Watch, asked: Question) -> str:
    """Why it is asked no more: no office for it any longer, or too late; empty while it stands."""
    who = at.roster.person(watch.person)
    if who is None or not set(watch.orgs) <= asks_about(at.roster, who, at.today).orgs:
        return "已经不再负责这些组织"
    last = ends(at, asked)
    return f"过了最后一天{LONGEST.days}天" if last is None or at.today > last else ""
