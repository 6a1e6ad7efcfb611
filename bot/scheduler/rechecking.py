"""Right before a reminder leaves: is the duty still open, and what are its words now? (R-322; house, 6)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.delivery import Duties, Later
from bot.scheduler import pending, planning, unfinished, words
from domain.profile import Profile
from domain.reminders import Occasion, Pending, Step
from storage import occasions
from storage.db import Transaction
from storage.owed import Owed


def duties(profile: Profile) -> Duties:
    """The two questions, for one profile."""
    return Duties(
        lambda tx, row, now: eligible(tx, profile, row, now), lambda tx, row, now: body(tx, profile, row, now)
    )


def eligible(tx: Transaction, profile: Profile, row: Owed, now: datetime) -> str | Later | None:
    """None while any duty of the row is open, else why the reminder has become pointless."""
    if row.duty == unfinished.DUTY:
        return unfinished.why_not(tx, row)
    found = _pendings(tx, profile, row, now)
    still = [one for one in found if not one.reason]
    if not still:
        return found[0].reason if found else "已不需要"
    asleep = [one.snoozed_until for one in still if one.snoozed_until and one.snoozed_until > now]
    if len(asleep) == len(still):
        return Later(max(asleep), "本人约了稍后")
    quiet = unfinished.quiet_from(tx, row.person, now)
    return Later(quiet, "本人正在办别的事") if quiet else None


def body(tx: Transaction, profile: Profile, row: Owed, now: datetime) -> Mapping[str, Any]:
    """A planned reminder's words as of now; what somebody else wrote (催一下), or of a draft, stays as it is."""
    if row.duty == unfinished.DUTY:
        return row.body
    keys = occasions.of_row(tx, row.key)
    steps = {(key[0], key[1]): key[3] for key in keys}
    still = [one for one in _pendings(tx, profile, row, now) if not one.reason]
    found = [
        Occasion(one, Step(steps[one.duty, one.period], now.date()))
        for one in still
        if (one.duty, one.period) in steps
    ]
    who = pending.scene(tx, profile, now).roster.person(row.person)
    if not found or who is None:
        return row.body
    text = words.message(who.name, found, now.date())
    is_first = any(key[0] == planning.FIRST[0] for key in keys)
    return {**row.body, "text": words.first(profile, text) if is_first else text}


def _pendings(tx: Transaction, profile: Profile, row: Owed, now: datetime) -> list[Pending]:
    pairs = {(key[0], key[1]) for key in occasions.of_row(tx, row.key)} or {(row.duty, row.period)}
    return pending.of_person(pending.scene(tx, profile, now), row.person, pairs)
