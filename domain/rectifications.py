"""整改: one demand of a leader and where it stands (domain §11.4, R-165 to R-169)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.entries import Entry, Subject, Written
from domain.numbers import tail

UNANSWERED_AFTER = timedelta(days=14)
"""R-168: so long a reply may lie before it is noted as read."""
ACCEPTED, READ = "accepted", "read"
"""How a demand was closed: 认可 by the leader, or 视为已阅, which is no approval."""


class State(StrEnum):
    """待研究, 措施已定, 整改中, 待回复, 已回复, 销号, 视为已阅, 已撤销."""

    OPEN = "open"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REPLIED = "replied"
    CLOSED = "closed"
    UNANSWERED = "unanswered"
    CANCELLED = "cancelled"


UNDONE = (State.OPEN, State.PLANNED, State.IN_PROGRESS)
OWED = (*UNDONE, State.DONE)
"""While the reviewed side still has something to do."""
OVER = (State.CLOSED, State.UNANSWERED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Rectification:
    """`owner` is who must act (a person's or an organisation's id), `leader` who asked, in his `capacity`.

    `org` is where the review counted. `done_on` is the day on which it was first said to be done; `progress`,
    `measures`, `discussed` and `reply` are the reviewed side's own words, `reason` why the leader sent a reply back.
    """

    number: str
    review: str
    owner: str
    owner_name: str
    owner_type: str
    org: str
    leader: str
    capacity: str
    requirement: str
    due: date
    demanded_on: date
    state: State = State.OPEN
    measures: str = ""
    discussed: str = ""
    progress: str = ""
    done_on: date | None = None
    reply: str = ""
    replied_on: date | None = None
    reason: str = ""
    returned_on: date | None = None
    attachments: tuple[str, ...] = ()

    @property
    def tail(self) -> str:
        """The part people type: 0163-1."""
        return tail(self.number)

    @property
    def is_of_org(self) -> bool:
        """Whether an organisation must act, which has to discuss it first (R-166)."""
        return self.owner_type == "org"

    def is_unanswered_on(self, day: date) -> bool:
        """Whether the leader has let a reply lie so long that it may be noted as read (R-168)."""
        since = self.replied_on if self.state is State.REPLIED else None
        return since is not None and day >= since + UNANSWERED_AFTER


def fold(state: Rectification | None, written: Written) -> Rectification | None:
    """The demand after one more entry."""
    event = written.kind.partition(".")[2]
    if event == "demanded":
        return _demanded(written)
    return _EVENTS[event](state, written) if state and event in _EVENTS else state


def _demanded(written: Written) -> Rectification:
    data, entry = written.data, written.entry
    return Rectification(
        number=data["rectification"],
        review=data["review"],
        owner=entry.subject.id,
        owner_name=entry.subject.name,
        owner_type=entry.subject.type,
        org=entry.org_id,
        leader=written.stamp.actor,
        capacity=entry.capacity,
        requirement=data["requirement"],
        due=date.fromisoformat(data["due"]),
        demanded_on=written.stamp.at.date(),
    )


def _planned(state: Rectification, written: Written) -> Rectification:
    return replace(_told(state, written), state=State.PLANNED, measures=written.data.get("measures", ""))


def _told(state: Rectification, written: Written) -> Rectification:
    return replace(state, discussed=written.data.get("discussed") or state.discussed)


def _progress(state: Rectification, written: Written) -> Rectification:
    return replace(state, state=State.IN_PROGRESS, progress=written.data.get("text", ""))


def _done(state: Rectification, written: Written) -> Rectification:
    # Sent back and done once more, it was still put right on the first day.
    day = state.done_on or written.stamp.at.date()
    said = written.data.get("text", state.reply)
    shown = (*state.attachments, *written.data.get("attachments", ()))
    return replace(_told(state, written), state=State.DONE, done_on=day, reply=said, attachments=shown)


def _replied(state: Rectification, written: Written) -> Rectification:
    return replace(state, state=State.REPLIED, replied_on=written.stamp.at.date(), reason="")


def _returned(state: Rectification, written: Written) -> Rectification:
    day = written.stamp.at.date()
    return replace(state, state=State.IN_PROGRESS, reason=written.data.get("reason", ""), returned_on=day)


def _closed(state: Rectification, written: Written) -> Rectification:
    is_read = written.data.get("effect") == READ
    return replace(state, state=State.UNANSWERED if is_read else State.CLOSED)


def _cancelled(state: Rectification, written: Written) -> Rectification:
    return replace(state, state=State.CANCELLED)


_EVENTS: Mapping[str, Callable[[Rectification, Written], Rectification]] = {
    "planned": _planned,
    "progress": _progress,
    "done": _done,
    "replied": _replied,
    "returned": _returned,
    "closed": _closed,
    "cancelled": _cancelled,
}


def entry(one: Rectification, event: str, data: Mapping[str, Any], capacity: str, org: str) -> Entry:
    """One more entry in the archive of who must act; `org` is the name of where the review counted."""
    subject = Subject("org" if one.is_of_org else "person", one.owner, one.owner_name)
    told = {"rectification": one.number, "review": one.review, **data}
    return Entry(
        f"{one.owner_type}:{one.owner}", f"rectification.{event}", subject, told, capacity, org, one.org
    )
