"""Lets somebody of the cast say a first message to an unchanging school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import profiles
from bot.engine.state import Conversation
from bot.engine.turn import Context, Understanding
from bot.messages import Message
from bot.understanding import understand
from storage.codec import ZONE
from storage.db import Database, Transaction
from storage.facts import FactsView
from storage.roster import RosterView

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


@dataclass(frozen=True)
class Ear:
    """Understands first messages against one database; writes nothing."""

    database: Database

    def hear(self, person: str, text: str, at: datetime = NOW) -> list[Understanding]:
        """Everything the message may mean, best first."""
        with self.database.transaction() as tx:
            return understand(context(tx, person, text, at), text)

    def asked(self, person: str, text: str, counting: Callable[[Any], Any]) -> list[str]:
        """The questions put to the roster for one message; `counting` wraps the roster."""
        with self.database.transaction() as tx:
            ctx = context(tx, person, text, NOW)
            roster = counting(ctx.roster)
            understand(replace(ctx, roster=roster), text)
            return list(roster.asked)

    def best(self, person: str, text: str, at: datetime = NOW) -> Understanding:
        """What the message most likely means."""
        return self.hear(person, text, at)[0]


def context(tx: Transaction, person: str, text: str, at: datetime) -> Context:
    """What a turn would know of a first message."""
    roster = RosterView(tx)
    message = Message("wecom", person, "test", "text", at, at, text, "")
    facts, profile = FactsView(tx), profiles.load("harbin")
    return Context(message, text, at, roster.person(person), Conversation(), roster, facts, profile)
