"""免: a duty somebody need not fulfil for one period, with the reason (R-222, R-305)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.entries import Written


@dataclass(frozen=True, slots=True)
class Waiver:
    """`duty` is the row of domain §8 (K-05), `period` its code (2026-06)."""

    subject: str
    duty: str
    period: str
    org: str
    reason: str
    by: str


def fold(state: Waiver | None, written: Written) -> Waiver | None:
    """The waiver after one more entry; `duty.restored` takes it back."""
    if written.kind == "duty.restored":
        return None
    data, entry = written.data, written.entry
    reason = data.get("reason", "")
    return Waiver(entry.subject.id, data["duty"], data["period"], entry.org_id, reason, written.stamp.actor)
