"""写实: a member's record of one month and how entries change it (domain §11.2, R-220 to R-225)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.entries import Written


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody recorded for a month (`YYYY-MM`). `items` are the contract's dictionaries in order.

    `late` stays what it was at the first submission; `version` counts submission and corrections; `number` is
    the receipt (X-2026-0154-6).
    """

    person: str
    month: str
    org: str
    submitted_at: datetime
    late: bool
    items: tuple[Mapping[str, Any], ...]
    statement: str
    proxy: Mapping[str, Any] | None = None
    version: int = 1
    seq: int = 0
    number: str = ""


def fold(state: Report | None, written: Written) -> Report | None:
    """The month's record after one more entry."""
    event = written.kind.partition(".")[2]
    if event == "withdrawn":
        return None
    if event == "corrected" and state:
        items = tuple(written.data.get("items", state.items))
        words = written.data.get("statement", state.statement)
        return replace(state, items=items, statement=words, version=state.version + 1, seq=written.seq)
    return _submitted(written) if event == "submitted" else state


def _submitted(written: Written) -> Report:
    data = written.data
    return Report(
        person=written.entry.subject.id,
        month=data["month"],
        org=written.entry.org_id,
        submitted_at=written.stamp.at,
        late=data["late"],
        items=tuple(data["items"]),
        statement=data.get("statement", ""),
        proxy=data.get("proxy"),
        seq=written.seq,
        number=data.get("report", ""),
    )
