"""Sends what is owed: claim in a short transaction, call outside of any, write down what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event

from bot import brakes
from bot.channels.base import Channel, ChannelError, Failure
from bot.decisions import Decision
from bot.delivery import outcomes, parcels
from bot.delivery.calls import Batch, Call, Claimer, decision
from bot.delivery.outcomes import Outcome
from bot.delivery.rules import Duties, Later
from bot.faults import place_of
from bot.messages import Receipt
from bot.parts import Bot
from bot.roads import roads
from storage import outbox
from storage.db import Conflict, Transaction, Unavailable
from storage.photos import Photos

__all__ = ["Duties", "Later", "deliver", "deliver_some", "held"]

log = logging.getLogger("xieshi.delivery")
NO_DUTIES = Duties()
PAUSES = (0.2, 1.0, 5.0, 10.0)
"""Seconds before the database is asked again."""


def deliver(bot: Bot, now: datetime, duties: Duties = NO_DUTIES) -> list[Decision]:
    """Everything that is due; raises Unavailable when the database cannot be had."""
    decisions: list[Decision] = []
    while some := deliver_some(bot, now, duties):
        decisions += some
    return decisions


def never() -> bool:
    """Nobody is in a hurry."""
    return False


def deliver_some(
    bot: Bot, now: datetime, duties: Duties = NO_DUTIES, must_end: Callable[[], bool] = never
) -> list[Decision]:
    """One batch; empty when nothing is due. Any number of threads and processes may do this at once.

    Between two calls `must_end` is asked; what was not tried yet is given back then.
    """
    channels = roads(bot)
    batch = bot.database.attempt(lambda tx: Claimer(tx, bot.profile, channels.keys(), duties, now).batch())
    return batch.decisions + _sent(bot, channels, batch, now, must_end)


def held(bot: Bot, now: datetime) -> list[Decision]:
    """What stays behind because an administrator holds all pushes."""
    with bot.database.reading() as tx:
        rows = outbox.due_but_held(tx, now) if brakes.read(tx).held else []
    return [decision(row, "held", "已停发") for row in rows]


def _sent(
    bot: Bot, channels: Mapping[str, Channel], batch: Batch, now: datetime, must_end: Callable[[], bool]
) -> list[Decision]:
    decisions: list[Decision] = []
    for n, call in enumerate(batch.calls):
        outcome = _one(bot, channels[call.row.channel], call, now)
        decisions += outcome.decisions
        if not outcome.goes_on or must_end():
            until = now if outcome.goes_on else now + outcomes.PAUSE
            with bot.database.transaction() as tx:
                outcomes.untried(tx, batch.calls[n + 1 :], until)
            break
    return decisions


def _one(bot: Bot, channel: Channel, call: Call, now: datetime) -> Outcome:
    result = _answer(bot, channel, call)

    def write(tx: Transaction) -> Outcome:
        if isinstance(result, Receipt):
            return outcomes.sent(tx, call, result, now)
        if isinstance(result, ChannelError):
            return outcomes.refused(tx, call, result, now)
        return outcomes.failed(tx, call, result, now)

    return _surely(bot, write)


def _surely(bot: Bot, write: Callable[[Transaction], Outcome]) -> Outcome:
    """Patiently, because what a platform took and nobody wrote down goes out twice."""
    for pause in PAUSES:
        try:
            return bot.database.attempt(write)
        except (Unavailable, Conflict) as trouble:
            log.warning("outcome not written yet: %s", trouble)
            Event().wait(pause)
    return bot.database.attempt(write)


def _answer(bot: Bot, channel: Channel, call: Call) -> Receipt | ChannelError | str:
    """The receipt, the platform's failure, or why there is nothing that could be sent."""
    try:
        content = parcels.parcel(call.row, Photos(bot.settings.media), repeat=call.tries > 1)
    except (OSError, KeyError, ValueError) as fault:
        return f"要发的内容不在了（{type(fault).__name__}）"
    try:
        return channel.send(call.accounts, content)
    except ChannelError as error:
        return error
    except Exception as fault:
        # A fault of ours must not come back every five minutes for ever; five tries and people look at it.
        log.error("broken delivery: %s at %s", type(fault).__name__, place_of(fault))
        return ChannelError(Failure.TRANSIENT, None, f"outcome unknown: {type(fault).__name__}")
