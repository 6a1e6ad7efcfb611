"""承诺: one numbered item, its present state and how entries move it (domain §11.1, R-060 to R-090)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Commitment:
    """An item as it is now.

    `owner` is a person's or an organisation's id, `org` the branch (or organisation) it belongs to,
    `signer_org` the one whose secretary countersigns. `original_due` never changes (R-077); `pending` is
    a change that waits for the countersignature. `finished_on` is the day of 申报完成 or 核实.
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
    fixed_on: date | None = None
    published_on: date | None = None
    channels: tuple[str, ...] = ()
    finished_on: date | None = None
    effect: str = ""
    reason: str = ""
    pending: Mapping[str, Any] | None = None

    @property
    def tail(self) -> str:
        """The short form which people type: 0166-2."""
        return "-".join(self.number.split("-")[2:])

    def overdue_on(self, day: date) -> bool:
        """R-089: after the date first promised and not delivered; on the day itself it is in time."""
        return day > self.original_due and self.state in LIVE


def fold(state: Commitment | None, written: Written) -> Commitment | None:
    """The item after one more entry of its archive."""
    event = written.kind.partition(".")[2]
    if event == "proposed":
        return _proposed(written)
    return _EVENTS[event](state, written) if state and event in _EVENTS else state


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
    )


def _signed(state: Commitment, written: Written) -> Commitment:
    if written.data["capacity"] == first_capacity(state.owner_type):
        return replace(state, state=State.SIGNED if state.state is State.RETURNED else state.state)
    if state.pending is not None:
        return _changed(state)
    return replace(state, state=State.FIXED, fixed_on=written.stamp.at.date(), reason="")


def _changed(state: Commitment) -> Commitment:
    change = state.pending or {}
    due = date.fromisoformat(change["due"]) if change.get("due") else state.due
    return replace(state, goal=change.get("goal") or state.goal, due=due, pending=None)


def _returned(state: Commitment, written: Written) -> Commitment:
    if state.pending is not None:
        return replace(state, pending=None, reason=written.data.get("reason", ""))
    back = State.PUBLISHED if state.state is State.DECLARED else State.RETURNED
    return replace(state, state=back, reason=written.data.get("reason", ""))


def _published(state: Commitment, written: Written) -> Commitment:
    on = written.data.get("on")
    day = date.fromisoformat(on) if on else written.stamp.at.date()
    channels = tuple(written.data.get("channels", ()))
    return replace(state, state=State.PUBLISHED, published_on=state.published_on or day, channels=channels)


def _revised(state: Commitment, written: Written) -> Commitment:
    keys = ("goal", "due", "reason")
    return replace(state, pending={key: written.data[key] for key in keys if written.data.get(key)})


def _declared(state: Commitment, written: Written) -> Commitment:
    day, effect = written.stamp.at.date(), written.data.get("effect", "")
    return replace(state, state=State.DECLARED, finished_on=day, effect=effect or state.effect)


def _undeclared(state: Commitment, written: Written) -> Commitment:
    return replace(state, state=State.PUBLISHED, finished_on=None)


def _to(target: State) -> Any:
    def move(state: Commitment, written: Written) -> Commitment:
        reason = written.data.get("reason", state.reason)
        return replace(state, state=target, reason=reason)

    return move


_EVENTS: dict[str, Any] = {
    "signed": _signed,
    "returned": _returned,
    "published": _published,
    "revised": _revised,
    "declared": _declared,
    "undeclared": _undeclared,
    "fulfilled": _to(State.FULFILLED),
    "accepted": _to(State.ACCEPTED),
    "terminated": _to(State.TERMINATED),
    "withdrawn": _to(State.WITHDRAWN),
    "unfulfilled": _to(State.UNFULFILLED),
}


def first_capacity(owner_type: str) -> str:
    """As what the committing side signs: oneself for a person, the own secretary for an organisation."""
    return "self" if owner_type == "person" else "secretary"


def second_capacity(commitment: Commitment) -> str:
    """As what the countersigning side signs (contract, `commitment.signed`; O-41)."""
    own_branch = commitment.owner_type == "person" and commitment.signer_org == commitment.org
    return "secretary" if own_branch else "superior"
