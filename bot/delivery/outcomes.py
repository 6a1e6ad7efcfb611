"""What came of a call, written down in one short transaction (house 6, wecom §7.3)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import brakes
from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.errors import NOBODY
from bot.channels.wecom.failures import outcome_unknown
from bot.decisions import Decision
from bot.delivery import unreachable
from bot.delivery.calls import MOST_TRIES, Call, decision
from bot.messages import Receipt
from storage import claims
from storage.db import Transaction

log = logging.getLogger("xieshi.delivery")

PAUSE = timedelta(seconds=30)
"""What the rest of a batch waits when its road is in trouble."""

NOT_SEEN = "企业微信里没有这个账号，或不在应用的可见范围内"
DOUBTFUL = "多次没有发成，不知道有没有送到"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`goes_on` is False when the road itself is in trouble, so that the rest of a batch is not tried."""

    decisions: list[Decision]
    goes_on: bool = True


def sent(tx: Transaction, call: Call, receipt: Receipt, now: datetime) -> Outcome:
    """It went through; some receivers may not have been reached."""
    brakes.loosen(tx, call.row.channel)
    lost = set(receipt.unreachable)
    pairs = list(zip(call.claims, call.accounts, strict=True))
    reached = [one for one, account in pairs if account not in lost]
    claims.finish(tx, reached, "done", now, message=receipt.message)
    missed = _missed(tx, [(one, account) for one, account in pairs if account in lost], now)
    return Outcome([decision(one.row, "sent") for one in reached] + missed)


def refused(tx: Transaction, call: Call, error: ChannelError, now: datetime) -> Outcome:
    """It did not; what follows depends on the kind of failure."""
    if error.failure is Failure.STOP:
        return _stopped(tx, call, error, now)
    if error.failure is Failure.SLOW_DOWN:
        until = brakes.slow_down(tx, now)
        return _given_back(tx, call, until, "企业微信限制了频率")
    if error.failure is Failure.TRANSIENT:
        return _transient(tx, call, error, now)
    if error.code in NOBODY:
        return Outcome(_missed(tx, list(zip(call.claims, call.accounts, strict=True)), now))
    return failed(tx, call, f"企业微信不收（{error.code}：{error.detail}）", now)


def failed(tx: Transaction, call: Call, reason: str, now: datetime) -> Outcome:
    """It will never work."""
    log.error("undeliverable kind=%s reason=%s", call.row.kind, reason)
    claims.finish(tx, call.claims, "failed", now, reason)
    return Outcome([decision(one.row, "skipped", reason) for one in call.claims])


def untried(tx: Transaction, calls: Sequence[Call], until: datetime) -> None:
    """The rest of a batch whose road is in trouble, or whose worker has to end."""
    for call in calls:
        claims.give_back(tx, call.claims, until)


def _transient(tx: Transaction, call: Call, error: ChannelError, now: datetime) -> Outcome:
    log.warning("not delivered tries=%s reason=%s", call.tries, error.detail)
    if call.tries >= MOST_TRIES:
        claims.finish(tx, call.claims, "doubtful", now, DOUBTFUL)
        return Outcome([decision(one.row, "skipped", DOUBTFUL) for one in call.claims], goes_on=False)
    until = now + brakes.BACKOFF[call.tries - 1]
    claims.retry(tx, call.claims, until, "没有发成，稍后再试", outcome_unknown(error))
    return Outcome([decision(one.row, "held", "没有发成，稍后再试") for one in call.claims], goes_on=False)


def _stopped(tx: Transaction, call: Call, error: ChannelError, now: datetime) -> Outcome:
    reason = brakes.stop(tx, error, now)
    log.error("all sending stopped: %s", reason)
    return _given_back(tx, call, now, reason)


def _given_back(tx: Transaction, call: Call, until: datetime, reason: str) -> Outcome:
    claims.give_back(tx, call.claims, until)
    return Outcome([decision(one.row, "held", reason) for one in call.claims], goes_on=False)


def _missed(tx: Transaction, lost: Sequence[tuple[claims.Claim, str]], now: datetime) -> list[Decision]:
    if not lost:
        return []
    claims.finish(tx, [one for one, _ in lost], "failed", now, NOT_SEEN)
    unreachable.tell(tx, {one.row.person: account for one, account in lost if one.row.person}, now)
    return [decision(one.row, "skipped", NOT_SEEN) for one, _ in lost]
