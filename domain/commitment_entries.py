"""The entries by which an item is proposed, signed, returned, revised, published and withdrawn; pure builders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.commitments import Commitment, first_capacity
from domain.entries import Entry, Subject


def of(
    commitment: Commitment, event: str, data: Mapping[str, Any], capacity: str = "", org: str = ""
) -> Entry:
    """An event of an item in its owner's archive; `org` is the present name of its organisation."""
    subject = Subject(commitment.owner_type, commitment.owner, commitment.owner_name)  # type: ignore[arg-type]
    archive = f"{commitment.owner_type}:{commitment.owner}"
    body = {"commitment": commitment.number, **data}
    return Entry(
        archive, f"commitment.{event}", subject, body, capacity, org or commitment.org, commitment.org
    )


def proposed(item: Commitment, capacity: str, org: str) -> tuple[Entry, Entry]:
    """A new item together with its committer's own signature, which is what writes it (contract)."""
    data: dict[str, Any] = {
        "kind": item.kind,
        "goal": item.goal,
        "due": item.due.isoformat(),
        "matter": item.matter,
        "trigger": item.trigger,
        "signer_org": item.signer_org,
    }
    more = {"link": item.link, "text": item.text, "flags": list(item.flags), "late": item.late}
    data |= {key: value for key, value in more.items() if value}
    signature = {"capacity": first_capacity(item.owner_type)}
    return of(item, "proposed", data, capacity, org), of(item, "signed", signature, capacity, org)


def corrected(commitment: Commitment, goal: str, due: date, capacity: str, org: str) -> tuple[Entry, ...]:
    """What the committer made of a returned item, and his signature under it."""
    change = {"goal": goal, "due": due.isoformat()}
    same = goal == commitment.goal and due == commitment.due
    signature = {"capacity": first_capacity(commitment.owner_type)}
    again = of(commitment, "signed", signature, capacity, org)
    return (again,) if same else (of(commitment, "revised", change, capacity, org), again)


def countersigned(commitment: Commitment, signs_as: str, post: str, org: str) -> Entry:
    """The second signature: `signs_as` is the contract's capacity, `post` the signer's own."""
    return of(commitment, "signed", {"capacity": signs_as}, post, org)


def returned(commitment: Commitment, reason: str, post: str, org: str) -> Entry:
    """Sent back with a reason (R-075)."""
    return of(commitment, "returned", {"reason": reason}, post, org)


def published(commitment: Commitment, channels: Sequence[str], on: date, post: str, org: str) -> Entry:
    """Made public by these channels on that day (R-079), to members and 群众 of the unit (O-09)."""
    data = {"channels": list(channels), "on": on.isoformat(), "audience": "unit"}
    return of(commitment, "published", data, post, org)


def withdrawn(commitment: Commitment, capacity: str, org: str) -> Entry:
    """Taken back by the committer before the countersignature."""
    return of(commitment, "withdrawn", {}, capacity, org)
