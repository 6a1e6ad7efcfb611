"""整改: one demand of a leader and where it stands (domain §11.4, R-165 to R-169)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.entries import Written

_STATES = {
    "planned": "planned",
    "progress": "in_progress",
    "done": "done",
    "replied": "replied",
    "returned": "in_progress",
    "closed": "closed",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Rectification:
    """`owner` is who must act (a person's or an organisation's id), `leader` who asked."""

    number: str
    review: str
    owner: str
    owner_name: str
    leader: str
    requirement: str
    due: date
    state: str = "open"


def fold(state: Rectification | None, written: Written) -> Rectification | None:
    """The demand after one more entry."""
    event = written.kind.partition(".")[2]
    if event == "demanded":
        data, entry = written.data, written.entry
        due = date.fromisoformat(data["due"])
        subject, leader = entry.subject, written.stamp.actor
        return Rectification(
            data["rectification"], data["review"], subject.id, subject.name, leader, data["requirement"], due
        )
    return replace(state, state=_STATES[event]) if state and event in _STATES else state
