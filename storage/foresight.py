"""Asks PostgreSQL ahead for what a turn will need, so that several questions are one way to the server and back."""

from __future__ import annotations

from datetime import date

from domain.foresight import Foresight
from storage.db import Transaction
from storage.facts import FactsView
from storage.roster import RosterView


class AskedAhead(Foresight):
    """Passes hints on to the views that will be asked."""

    def __init__(self, roster: RosterView, facts: FactsView) -> None:
        self._roster, self._facts = roster, facts

    def branch(self, person: str, day: date) -> None:
        self._roster.foresee_branch(person, day)

    def way_up(self, person: str, day: date) -> None:
        self._roster.foresee_way_up(person, day)

    def roles(self, person: str, day: date) -> None:
        self._roster.foresee_roles(person, day)

    def record(self, person: str, month: str) -> None:
        self._facts.foresee_record(person, month)

    def goals(self, person: str, day: date) -> None:
        self._facts.foresee_goals(person, day)

    def count(self, archive: str, kind: str, year: int) -> None:
        self._facts.foresee_count(archive, kind, year)


def foresight(tx: Transaction, roster: RosterView, facts: FactsView) -> Foresight:
    """A file is read where it lies, so there nothing is gained by asking early for what may not be needed."""
    return AskedAhead(roster, facts) if tx.is_postgresql else Foresight()
