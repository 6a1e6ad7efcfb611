"""承诺: one numbered item, its present state and how entries move it (domain §11.1, R-060 to R-090)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from domain.entries import Written


class State(StrEnum):
    """Where an item stands once it was first signed; a draft before that is no business of the ledger."""

    SIGNED = "signed"
    RETURNED = "returned"
    FIXED = "fixed"
    PUBLISHED = "published"
    DECLARED = "declared"
    FULFILLED = "fulfilled"
    ACCEPTED = "accepted"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    UNFULFILLED = "unfulfilled"


LIVE = (State.PUBLISHED, State.DECLARED)
PUBLIC = (*LIVE, State.FULFILLED, State.ACCEPTED, State.TERMINATED, State.UNFULFILLED)


class Goal(NamedTuple):
    """What an item says and whose it is, and no more: for comparing words with."""

    number: str
    owner: str
    goal: str
    state: State


@dataclass(frozen=True, slots=True)
class Commitment:
    """An item as it is now.

    `owner` is a person's or an organisation's id, `org` the branch (or organisation) it belongs to,
    `signer_org` the one whose secretary countersigns. `original_due` never changes once the item was fixed
    (R-077); `pending` is a change that waits for the countersignature, `stale` says that one was signed since
    the item was last made public. `signed_on` is the day of the committer's own signature, `finished_on` that
    of 申报完成 or 核实, `finished_in` the month (`YYYY-MM`) whose 写实 declared it; `on_paper`: made public
    before the system knew it (R-353). `moved` is when it last changed, as the entry says (ISO 8601): its version.
    """

    number: str
    owner_type: str
    owner: str
    owner_name: str
    org: str
    signer_org: str
    kind: str
    goal: str
    due: date
    original_due: date
    state: State
    proposed_on: date
    matter: str = ""
    trigger: str = ""
    link: str = ""
    text: str = ""
    flags: tuple[str, ...] = ()
    late: bool = False
    signed_on: date | None = None
    fixed_on: date | None = None
    published_on: date | None = None
    on_paper: bool = False
    channels: tuple[str, ...] = ()
    finished_on: date | None = None
    finished_in: str = ""
    effect: str = ""
    reason: str = ""
    pending: Mapping[str, Any] | None = None
    stale: bool = False
    moved: str = ""

    @property
    def tail(self) -> str:
        """The short form which people type: 0166-2."""
        return "-".join(self.number.split("-")[2:])

    def overdue_on(self, day: date) -> bool:
        """R-089: after the date first promised and not delivered; on the day itself it is in time."""
        return day > self.original_due and self.state in LIVE

    @property
    def awaits_publication(self) -> bool:
        """Whether it, or a change of it, is signed by both and not public yet (R-074, R-077)."""
        return self.state is State.FIXED or (self.state is State.PUBLISHED and self.stale)


def fold(state: Commitment | None, written: Written) -> Commitment | None:
    """The item after one more entry of its archive; an event that its state does not allow changes nothing."""
    after = _after(state, written)
    return after if after is None or after == state else replace(after, moved=written.stamp.at.isoformat())


def _after(state: Commitment | None, written: Written) -> Commitment | None:
    event = written.kind.partition(".")[2]
    if state is None:
        return _proposed(written) if event == "proposed" else None
    allowed, move = _MOVES.get(event, ((), None))
    return move(state, written) if move and state.state in allowed else state


def _proposed(written: Written) -> Commitment:
    data, entry = written.data, written.entry
    due = date.fromisoformat(data["due"])
    return Commitment(
        number=data["commitment"],
        owner_type=entry.subject.type,
        owner=entry.subject.id,
        owner_name=entry.subject.name,
        org=entry.org_id,
        signer_org=data.get("signer_org", ""),
        kind=data["kind"],
        goal=data["goal"],
        due=due,
        original_due=date.fromisoformat(data.get("original_due", data["due"])),
        state=State.SIGNED,
        proposed_on=written.stamp.at.date(),
        matter=data.get("matter", ""),
        trigger=data.get("trigger", ""),
        link=data.get("link", ""),
        text=data.get("text", ""),
        flags=tuple(data.get("flags", ())),
        late=bool(data.get("late")),
    )


def _signed(state: Commitment, written: Written) -> Commitment:
    day = written.stamp.at.date()
    if written.data["capacity"] == first_capacity(state.owner_type):
        waiting = state.state in (State.SIGNED, State.RETURNED)
        return replace(state, state=State.SIGNED, signed_on=day) if waiting else state
    if state.pending is not None:
        return _agreed(state)
    if state.state is State.SIGNED and state.signed_on is not None:
        return replace(state, state=State.FIXED, fixed_on=day, reason="")
    return state


def _agreed(state: Commitment) -> Commitment:
    """The change that waited, countersigned: it is made public again, or it was the wish to end (R-077)."""
    change = state.pending or {}
    if change.get("ends"):
        return replace(state, state=State.TERMINATED, reason=change.get("reason", ""), pending=None)
    return replace(changed(state), stale=True)


def changed(state: Commitment) -> Commitment:
    """The item as it will read once the change that waits is countersigned; itself if none waits."""
    change = state.pending or {}
    due = date.fromisoformat(change["due"]) if change.get("due") else state.due
    return replace(state, goal=change.get("goal") or state.goal, due=due, pending=None, reason="")


def _returned(state: Commitment, written: Written) -> Commitment:
    reason = written.data.get("reason", "")
    if state.pending is not None:
        return replace(state, pending=None, reason=reason)
    if state.state is State.SIGNED:
        return replace(state, state=State.RETURNED, signed_on=None, reason=reason)
    back = State.PUBLISHED if state.state is State.DECLARED else state.state
    return replace(state, state=back, reason=reason)


def _published(state: Commitment, written: Written) -> Commitment:
    on = written.data.get("on")
    day = date.fromisoformat(on) if on else written.stamp.at.date()
    channels = tuple(written.data.get("channels", ()))
    again = replace(state, state=State.PUBLISHED, channels=channels, stale=False)
    if state.published_on is not None:
        return again
    return replace(again, published_on=day, on_paper=written.stamp.via.get("channel") == "paper")


def _revised(state: Commitment, written: Written) -> Commitment:
    change = {key: written.data[key] for key in ("goal", "due", "ends", "reason") if written.data.get(key)}
    if state.state is not State.RETURNED:
        return replace(state, pending=change)
    # Never fixed, so there is no older promise to measure lateness by.
    due = date.fromisoformat(change["due"]) if "due" in change else state.due
    return replace(state, goal=change.get("goal", state.goal), due=due, original_due=due)


def _declared(state: Commitment, written: Written) -> Commitment:
    day, effect = written.stamp.at.date(), written.data.get("effect", "")
    month = written.data.get("month", "")
    return replace(
        state, state=State.DECLARED, finished_on=day, finished_in=month, effect=effect or state.effect
    )


def _moved(state: Commitment, written: Written) -> Commitment:
    """Its owner belongs to another branch now, whose 书记 signs and publishes from here on (R-230)."""
    return replace(state, org=written.entry.org_id, signer_org=written.data["signer_org"])


def _undeclared(state: Commitment, written: Written) -> Commitment:
    return replace(state, state=State.PUBLISHED, finished_on=None, finished_in="")


def _to(target: State) -> Move:
    def move(state: Commitment, written: Written) -> Commitment:
        reason = written.data.get("reason", state.reason)
        return replace(state, state=target, reason=reason, pending=None)

    return move


Move = Callable[[Commitment, Written], Commitment]
_DRAFTED = (State.SIGNED, State.RETURNED)
_BOUND = (State.FIXED, State.PUBLISHED, State.DECLARED)

# Which events an item obeys in which state (domain §11.1): nothing reaches PUBLISHED but through FIXED.
_MOVES: dict[str, tuple[Collection[State], Move]] = {
    "signed": ((*_DRAFTED, *_BOUND), _signed),
    "returned": ((State.SIGNED, *_BOUND), _returned),
    "published": ((State.FIXED, State.PUBLISHED), _published),
    "revised": ((State.RETURNED, *_BOUND), _revised),
    "declared": ((State.PUBLISHED,), _declared),
    "undeclared": ((State.DECLARED,), _undeclared),
    "fulfilled": (LIVE, _to(State.FULFILLED)),
    "accepted": ((State.FULFILLED,), _to(State.ACCEPTED)),
    "terminated": (_BOUND, _to(State.TERMINATED)),
    "withdrawn": ((*_DRAFTED, State.FIXED), _to(State.WITHDRAWN)),
    "moved": ((*_DRAFTED, *_BOUND), _moved),
    "unfulfilled": (LIVE, _to(State.UNFULFILLED)),
}


def first_capacity(owner_type: str) -> str:
    """As what the committing side signs: oneself for a person, the own secretary for an organisation."""
    return "self" if owner_type == "person" else "secretary"
