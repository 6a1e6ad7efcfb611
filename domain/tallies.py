"""How far something has come, as counts and as the notices' tables print a share (R-140, R-187)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.duties import State

NOTHING_OWED = "—"


@dataclass(frozen=True, slots=True)
class Tally:
    """`partly` is what was only begun (a member reviewed 共同, a 书记 who has more to review); waived ones stand beside."""

    done: int = 0
    partly: int = 0
    missing: int = 0
    waived: int = 0

    @property
    def owed(self) -> int:
        """应: everything that is asked for, waived ones left out."""
        return self.done + self.partly + self.missing

    @property
    def share(self) -> str:
        """已 of 应 with one decimal, half up; never 100 % while anything is left."""
        if not self.owed:
            return NOTHING_OWED
        if self.done == self.owed:
            return "100.0%"
        tenths = (2000 * self.done + self.owed) // (2 * self.owed)
        whole, tenth = divmod(min(tenths, 999), 10)
        return f"{whole}.{tenth}%"

    @classmethod
    def of(cls, state: State, n: int = 1) -> Tally:
        """So many in one state."""
        return cls(**{_PLACES[state]: n})

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """All of them together."""
        each = [(one.done, one.partly, one.missing, one.waived) for one in tallies]
        return cls(*map(sum, zip(*each, strict=True)))

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.done + other.done,
            self.partly + other.partly,
            self.missing + other.missing,
            self.waived + other.waived,
        )


_PLACES = {
    State.DONE: "done",
    State.LATE: "done",
    State.PARTLY: "partly",
    State.OPEN: "missing",
    State.WAIVED: "waived",
    State.FREE: "waived",
}
