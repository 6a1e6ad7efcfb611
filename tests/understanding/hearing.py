"""Lets somebody of the cast say a first message to an unchanging school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import profiles
from bot.engine.state import Conversation
from bot.engine.turn import Context, Understanding
from bot.messages import Message
from bot.understanding import understand
from storage.codec import ZONE
from storage.db import Database
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
            roster = RosterView(tx)
            message = Message("wecom", person, "test", "text", at, at, text, "")
            speaker = roster.person(person)
            ctx = Context(
                message, text, at, speaker, Conversation(), roster, FactsView(tx), profiles.load("harbin")
            )
            return understand(ctx, text)

    def best(self, person: str, text: str, at: datetime = NOW) -> Understanding:
        """What the message most likely means."""
        return self.hear(person, text, at)[0]
