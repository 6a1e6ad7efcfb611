"""What a turn is about to ask of roster and ledger: only a hint, on which no rule depends."""

from __future__ import annotations

from datetime import date


class Foresight:
    """This one leaves everything to be asked when it is needed; storage has one that asks a server for all at once."""

    def branch(self, person: str, day: date) -> None:
        """Where somebody belongs on a day."""

    def way_up(self, person: str, day: date) -> None:
        """Where somebody belongs on a day, and what is above."""

    def roles(self, person: str, day: date) -> None:
        """Somebody's posts of a day."""

    def record(self, person: str, month: str) -> None:
        """Somebody's items, and what he handed in for a month."""

    def goals(self, person: str, day: date) -> None:
        """The wording of every item of the branch where somebody belongs."""

    def count(self, archive: str, kind: str, year: int) -> None:
        """How many entries of a kind an archive has of a year."""
