"""变更: asking for another goal or date of an item that both have signed (R-077)."""

from __future__ import annotations

from datetime import date

from domain.commitment_entries import of
from domain.commitments import Commitment, State, first_capacity
from domain.entries import Entry

CHANGEABLE = (State.FIXED, State.PUBLISHED, State.DECLARED)


def request(commitment: Commitment, goal: str | None, due: date | None, reason: str, org: str = "") -> Entry:
    """The committer's signed wish for a change; it waits for the countersignature, the first date stays.

    None leaves goal or date as it is; `org` is the present name of the item's organisation. Raises ValueError
    when the item cannot be changed now or nothing would change.
    """
    wanted = {"goal": goal or "", "due": due.isoformat() if due else ""}
    present = {"goal": commitment.goal, "due": commitment.due.isoformat()}
    change = {key: value for key, value in wanted.items() if value and value != present[key]}
    if commitment.state not in CHANGEABLE or not change:
        raise ValueError(commitment.number)
    data = {**change, "reason": reason}
    return of(commitment, "revised", data, first_capacity(commitment.owner_type), org)


def ending(commitment: Commitment, reason: str, org: str = "") -> Entry:
    """The committer's signed wish to end an item with an explanation (domain §11.1); it waits like any change."""
    if commitment.state not in CHANGEABLE:
        raise ValueError(commitment.number)
    capacity = first_capacity(commitment.owner_type)
    return of(commitment, "revised", {"ends": True, "reason": reason}, capacity, org)
