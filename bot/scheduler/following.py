"""On the day somebody belongs to another branch, by chat or by sheet, what is unfinished follows there (R-230, S-15)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.decisions import Decision
from bot.parts import Bot
from domain import transfers
from domain.entries import SYSTEM, Stamp
from storage import ledger, moves
from storage.db import Transaction
from storage.facts import FactsView
from storage.roster import RosterView


def follow(bot: Bot, now: datetime) -> list[Decision]:
    """Move the commitments of everybody whose branch has changed, a person at a time."""
    with bot.database.reading() as tx:
        people = moves.displaced(tx, now.date())
    return [bot.database.attempt(partial(_follow, id, now)) for id in people]


def _follow(id: str, now: datetime, tx: Transaction) -> Decision:
    roster, day = RosterView(tx), now.date()
    person, org = roster.person(id), roster.branch_of(id, day)
    items = FactsView(tx).commitments_of([id])
    entries = transfers.following(roster, person, items, org, day, "") if person and org else ()
    ledger.append(tx, entries, Stamp(SYSTEM, now, now, {"channel": "system"}))
    return Decision("follow", id, "", "", "planned", f"承诺{len(entries)}件转到{org.name if org else ''}")
