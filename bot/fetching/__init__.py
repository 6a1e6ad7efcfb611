"""Brings the pictures and voices people sent into the store, outside any transaction (R-131, house 7)."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from bot import brakes
from bot.channels.base import Channel, ChannelError, Failure
from bot.decisions import Decision
from bot.fetching import settling
from bot.fetching.settling import Kept, Lost
from bot.parts import Bot
from bot.roads import roads
from storage import claims
from storage.claims import Claim
from storage.db import Transaction
from storage.owed import Owed
from storage.photos import Photos
from storage.pictures import Unfit, mime_of

log = logging.getLogger("xieshi.fetching")

KINDS, BATCH = ("fetch",), 5
LEASE = timedelta(minutes=8)
"""Five downloads at their slowest."""
GONE = timedelta(days=3)
"""So long the platform keeps a picture (wecom §11.2)."""
UNTIL_LATER, DISK_FULL = "没有取到，稍后再试", "本机存不下照片，请检查磁盘空间"


def fetch(bot: Bot, now: datetime, only: Collection[str] | None = None) -> list[Decision]:
    """Everything that waits to be fetched, of some channels only if named; then tell the archives."""
    decisions: list[Decision] = []
    while some := fetch_some(bot, now, only):
        decisions += some
    while settling.settle_some(bot.database, now):
        pass
    return decisions


def fetch_some(bot: Bot, now: datetime, only: Collection[str] | None = None) -> list[Decision]:
    """A few of them; empty when nothing is due."""
    channels = {name: road for name, road in roads(bot).items() if only is None or name in only}
    found = bot.database.attempt(lambda tx: _claim(tx, channels.keys(), now))
    return [_one(bot, channels[one.row.channel], one, now) for one in found]


def _claim(tx: Transaction, channels: Collection[str], now: datetime) -> list[Claim]:
    claims.one_at_a_time(tx)
    usable = brakes.read(tx).usable(channels, now)
    found = claims.broken_off(tx, KINDS, usable, now) or claims.due(tx, KINDS, usable, now, BATCH)
    return [claims.start(tx, [one], now, LEASE, one.row.body)[0] for one in found]


def _one(bot: Bot, channel: Channel, claim: Claim, now: datetime) -> Decision:
    result = _result(bot, channel, claim.row)
    return bot.database.attempt(lambda tx: _write(tx, claim, result, now))


def _result(bot: Bot, channel: Channel, row: Owed) -> Kept | Lost | ChannelError:
    """The bytes in the store, or why they are not."""
    kind = settling.kind_of(bot.database, str(row.body["attachment"]))
    if kind not in ("image", "voice"):
        # The sender was told at once that we do not take these.
        return Lost("不是照片或语音", is_silent=True)
    try:
        data = channel.fetch(str(row.body["media"])).data
        mime = mime_of(kind, data)
        return Kept(Photos(bot.settings.media).put(data), len(data), mime)
    except ChannelError as error:
        return Lost("没有取到") if error.failure is Failure.PERMANENT else error
    except Unfit as unfit:
        return Lost(unfit.words)
    except OSError as error:
        log.error("cannot store a photo: %s", error.strerror)
        return ChannelError(Failure.TRANSIENT, error.errno, DISK_FULL)


def _write(tx: Transaction, claim: Claim, result: Kept | Lost | ChannelError, now: datetime) -> Decision:
    row = claim.row
    if isinstance(result, ChannelError) and now < row.created + GONE:
        reason = _again(tx, claim, result, now)
        return _decision(row, "held", reason)
    outcome = Lost("超过三天没有取到") if isinstance(result, ChannelError) else result
    claims.finish(tx, [claim], "failed" if isinstance(outcome, Lost) else "done", now, outcome.words)
    settling.note(tx, str(row.body["attachment"]), outcome, now)
    if isinstance(outcome, Kept):
        brakes.loosen(tx, row.channel)
    return _decision(row, "skipped" if isinstance(outcome, Lost) else "sent", outcome.words)


def _again(tx: Transaction, claim: Claim, error: ChannelError, now: datetime) -> str:
    if error.failure is Failure.STOP:
        claims.give_back(tx, [claim], now)
        return brakes.stop(tx, error, now)
    wait = brakes.BACKOFF[min(claim.tries, len(brakes.BACKOFF)) - 1]
    until = brakes.slow_down(tx, now) if error.failure is Failure.SLOW_DOWN else now + wait
    reason = DISK_FULL if error.detail == DISK_FULL else UNTIL_LATER
    claims.retry(tx, [claim], until, reason, is_unknown=False)
    return reason


def _decision(row: Owed, action: Any, reason: str) -> Decision:
    return Decision("fetch", row.account or row.person, "", "", action, reason)
