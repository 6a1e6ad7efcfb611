"""Memberships, roles and links as entries give and end them; each with its first and last day (R-008, R-019)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.entries import Written
from domain.people import Link, Membership, Role, RoleKind

MembershipRow, RoleRow, LinkRow = Membership, Role, Link


def membership_key(written: Written) -> tuple[Any, ...]:
    """`from` of the data is the day the bond began, also in the entry that ends it."""
    return (written.entry.subject.id, written.data["org"], date.fromisoformat(written.data["from"]))


def role_key(written: Written) -> tuple[Any, ...]:
    """Person, role, organisation and first day."""
    data = written.data
    return (written.entry.subject.id, data["role"], data["org"], date.fromisoformat(data["from"]))


def link_key(written: Written) -> tuple[Any, ...]:
    """Leader, organisation, kind and first day."""
    data = written.data
    return (written.entry.subject.id, data["org"], data["kind"], date.fromisoformat(data["from"]))


def _end(written: Written) -> date | None:
    return date.fromisoformat(written.data["to"]) if written.data.get("to") else None


def fold_membership(state: Membership | None, written: Written) -> Membership | None:
    """`membership.joined` begins, `membership.left` ends, `membership.cancelled` never was."""
    if written.kind == "membership.cancelled":
        return None
    if state is not None:
        return replace(state, end=_end(written))
    person, org, start = membership_key(written)
    return Membership(person, org, start, _end(written))


def fold_role(state: Role | None, written: Written) -> Role | None:
    """`role.given` begins, `role.ended` ends, `role.cancelled` never was."""
    if written.kind == "role.cancelled":
        return None
    if state is not None:
        return replace(state, end=_end(written))
    person, role, org, start = role_key(written)
    data = written.data
    title, acting = data.get("title", ""), bool(data.get("acting"))
    return Role(person, RoleKind(role), org, start, _end(written), title, acting)


def fold_link(state: Link | None, written: Written) -> Link | None:
    """`link.made` begins, `link.ended` ends, `link.cancelled` never was."""
    if written.kind == "link.cancelled":
        return None
    if state is not None:
        return replace(state, end=_end(written))
    leader, org, kind, start = link_key(written)
    return Link(leader, org, kind, start, _end(written))
