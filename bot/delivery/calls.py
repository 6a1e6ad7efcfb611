"""Which due rows go together in one call, and which cannot go at all; one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import brakes
from bot.channels.wecom.limits import HOUR, Pace
from bot.decisions import Decision
from bot.delivery.rules import Duties, Gate, Later, Never, Verdict
from bot.roads import TO_PEOPLE, WECOM
from domain.profile import Profile
from storage import claims, contacts
from storage.claims import Claim
from storage.codec import to_json
from storage.db import Transaction
from storage.owed import Owed

KINDS = ("text", "file")
BATCH, MOST_RECEIVERS, MOST_TRIES = 20, 1000, 5
MOST_REMINDERS = 100
"""Each reminder's duty is looked at again, and the transaction must stay short (house, 4)."""

SOON = timedelta(seconds=1)
START, TEXT_TIME, FILE_TIME = timedelta(minutes=1), timedelta(seconds=30), timedelta(seconds=90)
"""A lease covers the slowest possible run of the calls before it: timeouts, a new token, an upload."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a platform: claimed rows with one body, and the account of each."""

    claims: Sequence[Claim]
    accounts: Sequence[str]

    @property
    def row(self) -> Owed:
        """The row whose body and road all of them share."""
        return self.claims[0].row

    @property
    def tries(self) -> int:
        """How often it was tried, this time included."""
        return max(one.tries for one in self.claims)


Group = tuple[list[Claim], Mapping[str, Any]]
"""Rows that share a body."""


@dataclass(slots=True)
class Batch:
    """What one look at the owed rows came to."""

    calls: list[Call] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@dataclass
class Claimer:
    """Chooses within one transaction."""

    tx: Transaction
    profile: Profile
    roads: Collection[str]
    duties: Duties
    now: datetime

    def batch(self) -> Batch:
        """The calls to make now; an empty batch when nothing is due or everything rests."""
        claims.one_at_a_time(self.tx)
        state = brakes.read(self.tx)
        self.roads = state.usable(self.roads, self.now)
        again = claims.broken_off(self.tx, KINDS, self.roads, self.now, state.held)
        if again:
            return self._again(again)
        found = self._due(1 if state.stopped else BATCH, state.held)
        return self._fresh(found) if found else Batch()

    def _due(self, limit: int, only_answers: bool) -> list[Claim]:
        found = claims.due(self.tx, KINDS, self.roads, self.now, limit, only_answers)
        if len(found) < limit or limit == 1 or found[0].row.kind != "text":
            return found
        # One call carries a thousand equal texts, so they need not wait for their batch.
        most = MOST_REMINDERS if found[0].row.duty else MOST_RECEIVERS
        same = claims.alike(self.tx, found[0].row, self.now, most, only_answers)
        return same if len(same) > limit else found

    def _again(self, rows: list[Claim]) -> Batch:
        """The same rows as the same call, without asking again whether they may go."""
        if rows[0].tries >= MOST_TRIES:
            claims.finish(self.tx, rows, "doubtful", self.now, "不知道有没有送到")
            return Batch(decisions=[decision(one.row, "skipped", "不知道有没有送到") for one in rows])
        accounts = self._accounts(rows)
        known = [one for one in rows if accounts.get(one.row.key)]
        lost = [one for one in rows if not accounts.get(one.row.key)]
        claims.finish(self.tx, lost, "failed", self.now, UNBOUND)
        calls = self._started([(known, known[0].row.body)], accounts) if known else []
        return Batch(calls, [decision(one.row, "skipped", UNBOUND) for one in lost])

    def _fresh(self, found: list[Claim]) -> Batch:
        accounts, gate = self._accounts(found), Gate(self.tx, self.profile, self.now, self.duties)
        receivers = {_receiver(one.row) for one in found}
        pace = Pace(claims.recent(self.tx, receivers, self.now - HOUR, self.now))
        going, decisions = list[tuple[Claim, Mapping[str, Any]]](), list[Decision]()
        for one in found:
            verdict = self._verdict(one.row, accounts, gate, pace)
            if verdict is None:
                going.append((one, gate.body(one.row) if one.tries == 0 else one.row.body))
            else:
                decisions.append(self._refuse(one.row, verdict))
        return Batch(self._started(_together(going), accounts), decisions)

    def _verdict(self, row: Owed, accounts: Mapping[str, str], gate: Gate, pace: Pace) -> Verdict:
        if not accounts.get(row.key):
            return Never(UNBOUND, "failed")
        verdict = gate.judge(row)
        if verdict is not None:
            return verdict
        free = pace.plan(_receiver(row), self.now)
        return Later(free, "同一人一分钟内太多，稍后再发") if free > self.now else None

    def _refuse(self, row: Owed, verdict: Later | Never) -> Decision:
        if isinstance(verdict, Later):
            # At least a little later, whatever a rule says: a batch must never meet the same row again.
            until = max(verdict.until, self.now + SOON)
            claims.postpone(self.tx, row.key, until, verdict.reason)
            return decision(row, "held", verdict.reason)
        claims.settle(self.tx, [row.key], verdict.state, verdict.reason, self.now)
        return decision(row, "cancelled" if verdict.state == "cancelled" else "skipped", verdict.reason)

    def _accounts(self, rows: Sequence[Claim]) -> dict[str, str]:
        """The account of each row by its key: its own, or that of its person; empty if there is none."""
        people = {one.row.person for one in rows if one.row.channel == TO_PEOPLE}
        known = contacts.accounts_of(self.tx, WECOM, people) if people else {}
        return {one.row.key: one.row.account or known.get(one.row.person, "") for one in rows}

    def _started(self, groups: Iterable[Group], accounts: Mapping[str, str]) -> list[Call]:
        calls, length = [], START
        for rows, body in groups:
            length += TEXT_TIME if rows[0].row.kind == "text" else FILE_TIME
            started = claims.start(self.tx, rows, self.now, length, body)
            calls.append(Call(started, [accounts[one.row.key] for one in started]))
        return calls


UNBOUND = "未绑定企业微信账号"


def decision(row: Owed, action: Any, reason: str = "") -> Decision:
    """What was decided about a row."""
    return Decision("deliver", row.person or row.account, row.duty, row.step, action, reason)


def _receiver(row: Owed) -> str:
    return row.person or row.account


def _together(going: Sequence[tuple[Claim, Mapping[str, Any]]]) -> list[Group]:
    """Equal texts on one road become one call; whoever is owed the same words twice gets them in two."""
    groups: dict[tuple[str, ...], Group] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for one, body in going:
        row = one.row
        same = (row.channel, to_json(body)) if row.kind == "text" and one.tries == 0 else (row.key,)
        mine = (*same, _receiver(row))
        groups.setdefault((*same, str(times[mine])), ([], body))[0].append(one)
        times[mine] += 1
    return list(groups.values())
