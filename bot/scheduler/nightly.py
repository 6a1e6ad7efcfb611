"""The ticks that keep house: what is forgotten, the seal over all chains, the names WeCom shows us."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.channels.base import ChannelError
from bot.channels.wecom import directory
from bot.decisions import Decision
from bot.parts import Bot
from bot.scheduler.telling import to_administrators
from domain.contacts import folded
from domain.entries import SYSTEM, Entry, Stamp, Subject
from domain.reminders import out_of_quiet
from storage import heads, ledger, owed, retention, settings
from storage.db import Transaction

log = logging.getLogger("xieshi.ticks")

SENT, ANSWERED = timedelta(days=90), timedelta(days=7)
STEP = 500
SEALED = "sealed"
SHOWN_NAME = "wecom.name|"
"""Before a folded account: what WeCom calls its owner (R-292)."""


def forget(bot: Bot, now: datetime) -> list[Decision]:
    """Empty old bodies and replies, in steps that keep no turn waiting."""
    with bot.database.reading() as tx:
        sent = retention.sent_before(tx, now - SENT)
        answered = retention.answered_before(tx, now - ANSWERED)
    _in_steps(bot, sent, retention.empty_bodies)
    _in_steps(bot, answered, retention.empty_replies)
    return (
        [_decision("retention", f"发出的{len(sent)}条、答复{len(answered)}条已清空")]
        if sent or answered
        else []
    )


def _in_steps(bot: Bot, keys: Sequence[str], work: Callable[[Transaction, Sequence[str]], None]) -> None:
    for at in range(0, len(keys), STEP):
        with bot.database.transaction() as tx:
            work(tx, keys[at : at + STEP])


def seal(bot: Bot, now: datetime) -> list[Decision]:
    """Write one digest over all heads into the office's archive, once a day."""
    return bot.database.attempt(lambda tx: _seal(tx, bot, now))


def _seal(tx: Transaction, bot: Bot, now: datetime) -> list[Decision]:
    day = now.date().isoformat()
    if settings.get(tx, SEALED) == day:
        return []
    found = heads.heads(tx)
    data = {"on": day, "archives": len(found), "digest": heads.digest(found)}
    office = Subject("org", "office", settings.get(tx, "office") or bot.profile.text("office.name"))
    stamp = Stamp(SYSTEM, now, now, {"channel": "system"})
    ledger.append(tx, [Entry("office", "ledger.sealed", office, data)], stamp)
    settings.put(tx, SEALED, day)
    _tell_office(tx, bot, now, data)
    return [_decision("seal", data["digest"])]


def _tell_office(tx: Transaction, bot: Bot, now: datetime, sealed: Mapping[str, Any]) -> None:
    """A chain alone does not show a cut tail; what the office keeps does (house, 2)."""
    text = f"{sealed['on']}台账封存：共{sealed['archives']}本，校验码{sealed['digest'][:16]}。请留存，日后可核对。"
    leaves = out_of_quiet(now, bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to"))
    owed.put(tx, to_administrators(tx, f"seal|{sealed['on']}", text, now, leaves))


def name_contacts(bot: Bot, now: datetime) -> list[Decision]:
    """Keep what WeCom calls the people whom the app may see."""
    if bot.wecom.api is None:
        return []
    try:
        names = directory.names(bot.wecom.api)
    except ChannelError as error:
        log.warning("names not read: %s", error)
        return [Decision("contacts", "", "", "", "skipped", "企业微信没有给出名单")]
    pairs = [(f"{SHOWN_NAME}{folded(account)}", name) for account, name in names.items()]
    for at in range(0, len(pairs), STEP):
        with bot.database.transaction() as tx:
            for key, name in pairs[at : at + STEP]:
                settings.put(tx, key, name)
    return [_decision("contacts", f"{len(pairs)}人")]


def _decision(tick: str, reason: object) -> Decision:
    return Decision(tick, "", "", "", "planned", str(reason))
