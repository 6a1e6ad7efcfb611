"""An organisation's present row: founded, renamed, moved, started (启用) and opened (开始)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.entries import Written
from domain.people import Organisation, OrgKind

OrganisationRow = Organisation


def fold(state: Organisation | None, written: Written) -> Organisation | None:
    """The organisation after `org.founded`, `org.changed` or `org.opened`; data names what changed."""
    change = _change(dict(written.data))
    if state is None:
        # Where the founding entry's words were erased there is nothing left to fold.
        return (
            Organisation(id=written.entry.subject.id, **change) if {"name", "kind"} <= set(change) else None
        )
    return replace(state, **change)


def start_of(path: Iterable[Organisation]) -> date | None:
    """The effective 启用日期 of the first of a path upwards: its own, or the nearest one above it (R-350)."""
    return next((org.starts_on for org in path if org.starts_on is not None), None)


def path(tree: Mapping[str, Organisation], org: str) -> list[Organisation]:
    """The organisation, its parent, and so on, within a tree that was read at once."""
    found: list[Organisation] = []
    at = tree.get(org)
    while at is not None and at not in found:
        found.append(at)
        at = tree.get(at.parent or "")
    return found


def starts_of(tree: Mapping[str, Organisation]) -> dict[str, date | None]:
    """The effective 启用日期 of every organisation of a tree that was read at once."""
    inherited: dict[str | None, date | None] = {}

    def start(org: Organisation) -> date | None:
        if org.parent not in inherited:
            inherited[org.parent] = start_of(path(tree, org.parent or ""))
        return org.starts_on or inherited[org.parent]

    return {id: start(org) for id, org in tree.items()}


def _change(data: dict[str, Any]) -> dict[str, Any]:
    known = {key: data[key] for key in ("name", "parent", "short_name", "number", "activists") if key in data}
    days = {key: _day(data[key]) for key in ("starts_on", "opened_on") if key in data}
    kind = {"kind": OrgKind(data["kind"])} if "kind" in data else {}
    return known | days | kind


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
