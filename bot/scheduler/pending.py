"""What a planner knows of a moment, and the duties which it could remind people of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.reminding import of_person, of_unit
from domain.profile import Profile
from storage.db import Transaction
from storage.facts import FactsView
from storage.roster import RosterView

__all__ = ["Scene", "of_person", "of_unit", "scene"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What one transaction knows of a moment."""

    tx: Transaction
    roster: RosterView
    facts: FactsView
    profile: Profile
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()


def scene(tx: Transaction, profile: Profile, now: datetime) -> Scene:
    """The views for planning at a moment."""
    return Scene(tx, RosterView(tx), FactsView(tx), profile, now)
