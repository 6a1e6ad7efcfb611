"""On the day of a 换届 the unfinished drafts of the office's business go to the new 书记 (R-356)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.decisions import Decision
from bot.engine.state import Conversation, Draft, from_state, to_state
from bot.parts import Bot
from domain.people import Role, RoleKind
from storage import models, speakers
from storage.db import Transaction
from storage.roster import RosterView

MOST = 5


def hand_on(bot: Bot, now: datetime) -> list[Decision]:
    """Once for each chair that changed hands today or yesterday; what has gone over is not there any more."""
    since = (now.date() - timedelta(days=1)).isoformat()
    c = models.table(Role).c
    fresh = (c.role == str(RoleKind.SECRETARY), c.start >= since, c.start <= now.date().isoformat())
    with bot.database.reading() as tx:
        pairs = [(old, new) for new in models.find(tx, Role, *fresh) if (old := _before(tx, new))]
    done = [bot.database.attempt(partial(_hand_on, old, new, now)) for old, new in pairs]
    return [one for one in done if one]


def _before(tx: Transaction, new: Role) -> Role | None:
    """The 书记 whose last day was the day before; nobody for who only acts."""
    last = new.start - timedelta(days=1)
    held = RosterView(tx).posts_at(new.org)
    ended = (role for role in held if role.role is RoleKind.SECRETARY and role.end == last)
    return next((role for role in ended if not role.acting and not new.acting), None)


def _hand_on(old: Role, new: Role, now: datetime, tx: Transaction) -> Decision | None:
    # Always in the same order, so that two of these never wait for each other.
    found = {id: speakers.find_person(tx, id) for id in sorted((old.person, new.person))}
    giver, taker = found[old.person], found[new.person]
    if giver is None or taker is None:
        return None
    left, gone = _split(from_state(giver.state), new.org)
    if not gone:
        return None
    taken = from_state(taker.state)
    speakers.save(tx, giver.key, to_state(left), now)
    speakers.save(tx, taker.key, to_state(replace(taken, parked=(*gone, *taken.parked)[:MOST])), now)
    return Decision("follow", new.person, "", "", "planned", f"草稿{len(gone)}份随{new.org}书记移交")


def _split(conversation: Conversation, org: str) -> tuple[Conversation, tuple[Draft, ...]]:
    """What stays with the one before, and the drafts that are the organisation's."""
    drafts = (*([conversation.draft] if conversation.draft else []), *conversation.parked)
    gone = tuple(one for one in drafts if one.fields.get("unit") == org)
    open_one = None if conversation.draft in gone else conversation.draft
    return replace(
        conversation, draft=open_one, parked=tuple(one for one in conversation.parked if one not in gone)
    ), gone
