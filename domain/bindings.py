"""Requests of unknown accounts to speak for somebody in the roster, and who may grant them (R-292).

A request is no fact yet, so it stays out of the ledger: strangers must not make it grow. One account has one
request, kept as a setting of the installation, which survives restarts and is found by its prefix.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from domain.contacts import folded
from domain.introductions import Introduction
from domain.people import Person, RoleKind, Roster
from domain.seats import administrators

PREFIX = "binding|"
KEPT = timedelta(days=7)
A_DAY = 3


@dataclass(frozen=True, slots=True)
class Request:
    """`asked` is ISO 8601; `count` is how many requests the account made on that day."""

    channel: str
    account: str
    name: str
    org: str
    asked: str
    count: int = 1
    closed: bool = False

    @property
    def key(self) -> str:
        """The setting under which it is kept."""
        return key_of(self.channel, self.account)

    @property
    def words(self) -> str:
        """The request as its setting's value."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def waits(self, now: datetime) -> bool:
        """Whether somebody may still answer it."""
        return not self.closed and now - datetime.fromisoformat(self.asked) <= KEPT

    def claims(self, said: Introduction) -> bool:
        """Whether the same was claimed already."""
        return (self.name, self.org) == (said.name, said.org)


def key_of(channel: str, account: str) -> str:
    """The key of the request which an account may have."""
    return f"{PREFIX}{channel}|{folded(account)}"


def read(words: str | None) -> Request | None:
    """A request from its setting."""
    return Request(**json.loads(words)) if words else None


def waiting(settings: Mapping[str, str], now: datetime) -> list[Request]:
    """All requests that wait for an answer, the oldest first."""
    found = (read(words) for words in settings.values())
    return sorted((one for one in found if one and one.waits(now)), key=lambda one: one.asked)


def asked(
    before: Request | None, channel: str, account: str, said: Introduction, now: datetime
) -> Request | None:
    """The account's request once it claims this; None when it has asked too often today.

    A claim that still waits is not made anew, so nobody is told of it twice.
    """
    if before and before.waits(now) and before.claims(said):
        return before
    today = bool(before and datetime.fromisoformat(before.asked).date() == now.date())
    count = before.count + 1 if before and today else 1
    return Request(channel, account, said.name, said.org, now.isoformat(), count) if count <= A_DAY else None


def closed(request: Request) -> Request:
    """The request once it was answered; the account's count of the day stays."""
    return replace(request, closed=True)


def candidates(roster: Roster, request: Request, day: date) -> Sequence[Person]:
    """Whoever of the branch bears the name or one that sounds alike, the exact ones first."""
    exact = roster.named(request.name)
    alike = {person.id: person for person in (*exact, *roster.sounding_like(request.name))}
    here = {person.id for person, _ in roster.members([request.org], day)}
    return [person for person in alike.values() if person.id in here]


def asked_to_answer(roster: Roster, request: Request, claimed: Collection[str], day: date) -> Sequence[str]:
    """Who is told: the branch's 书记, or the one above, or the administrators; nobody who may be the stranger."""
    path = [org.id for org in roster.path(request.org)]
    chairs = [(role.org, role.person) for role in roster.holders(RoleKind.SECRETARY, path[:2], day)]
    admins = administrators(roster, day)
    reachable = roster.has_account([*(person for _, person in chairs), *admins]) - set(claimed)
    groups = [[person for org, person in chairs if org == one] for one in path[:2]] + [admins]
    return next((found for group in groups if (found := [one for one in group if one in reachable])), [])
