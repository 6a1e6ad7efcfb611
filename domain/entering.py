"""Who may enter a month's record for somebody who cannot type, and how the ledger says so (R-225, O-35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.authority import may, might
from domain.entries import Entry
from domain.people import Organisation, Person, Roster
from domain.waiving import capacity_over

SOURCES = {"oral": "当面说的", "phone": "电话里说的", "paper": "写在纸上的"}
"""From what it was entered."""


def enters_at_all(roster: Roster, person: Person, day: date) -> bool:
    """Whether somebody has an office by which records are entered for others."""
    return might(roster, person, "enter_for", day)


def branch_entered_for(roster: Roster, person: Person, member: str, day: date) -> Organisation | None:
    """The branch for which somebody may enter a member's record: as its 书记 or its recorder, never for himself."""
    branch = roster.branch_of(member, day)
    allowed = branch is not None and may(roster, person, "enter_for", branch.id, day, member).allowed
    return branch if allowed else None


def by_proxy(entry: Entry, roster: Roster, proxy: Mapping[str, Any], day: date) -> Entry:
    """The entry as written by whoever entered it, with both names and the source; the words stay the member's."""
    who = roster.person(proxy["by"])
    capacity = capacity_over(roster, who, entry.org_id, day) if who else ""
    return replace(entry, capacity=capacity or "recorder", data={**entry.data, "proxy": dict(proxy)})
