"""The entries by which organisations, people and their bonds come into the ledger; pure builders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.entries import Entry, Subject
from domain.people import Link, Membership, Organisation, Person, Role


def _of(person: Person, kind: str, data: Mapping[str, Any], org: str = "", org_id: str = "") -> Entry:
    return Entry(person.archive, kind, Subject("person", person.id, person.name), data, "", org, org_id)


def founded(org: Organisation) -> Entry:
    """An organisation as first imported; its id is its name of that day."""
    data = {
        "name": org.name,
        "kind": str(org.kind),
        "parent": org.parent,
        "short_name": org.short_name,
        "number": org.number,
        "starts_on": org.starts_on.isoformat() if org.starts_on else None,
        "activists": org.activists,
    }
    return Entry(org.archive, "org.founded", Subject("org", org.id, org.name), data, "", org.name, org.id)


def org_changed(org: Organisation, **change: Any) -> Entry:
    """Some fields of an organisation as they are from now on; days as ISO text."""
    return Entry(org.archive, "org.changed", Subject("org", org.id, org.name), change, "", org.name, org.id)


def opened(org: Organisation, day: date) -> Entry:
    """The unit's secretary said 开始 (R-354)."""
    data = {"opened_on": day.isoformat()}
    return Entry(org.archive, "org.opened", Subject("org", org.id, org.name), data, "", org.name, org.id)


def enrolled(person: Person) -> Entry:
    """Somebody is in the roster; personal fields stay out of the ledger (house, 2)."""
    return _of(person, "person.enrolled", {"number": person.number, "status": person.status})


def changed(person: Person, fields: tuple[str, ...]) -> Entry:
    """Which fields of a person changed, never to what."""
    return _of(person, "person.changed", {"fields": sorted(fields)})


def _until(bond: Membership | Role | Link) -> dict[str, str]:
    """The last day of a bond that is given for a time; nothing for one without an end."""
    return {"to": bond.end.isoformat()} if bond.end else {}


def joined(person: Person, bond: Membership, org_name: str) -> Entry:
    """A membership from its first day."""
    data = {"org": bond.org, "from": bond.start.isoformat(), **_until(bond)}
    return _of(person, "membership.joined", data, org_name, bond.org)


def left(person: Person, bond: Membership, last: date, org_name: str) -> Entry:
    """The end of a membership; `last` is its last day."""
    data = {"org": bond.org, "from": bond.start.isoformat(), "to": last.isoformat()}
    return _of(person, "membership.left", data, org_name, bond.org)


def given(person: Person, role: Role, org_name: str) -> Entry:
    """A role from its first day."""
    data = {
        "role": str(role.role),
        "org": role.org,
        "from": role.start.isoformat(),
        "title": role.title,
        "acting": role.acting,
        **_until(role),
    }
    return _of(person, "role.given", data, org_name, role.org)


def ended(person: Person, role: Role, last: date, org_name: str) -> Entry:
    """The end of a role; `last` is its last day."""
    data = {"role": str(role.role), "org": role.org, "from": role.start.isoformat(), "to": last.isoformat()}
    return _of(person, "role.ended", data, org_name, role.org)


def linked(person: Person, link: Link, org_name: str) -> Entry:
    """联系点 or 分管 from its first day, in the leader's archive."""
    data = {"org": link.org, "kind": link.kind, "from": link.start.isoformat(), **_until(link)}
    return _of(person, "link.made", data, org_name, link.org)


def unlinked(person: Person, link: Link, last: date, org_name: str) -> Entry:
    """The end of a link; `last` is its last day."""
    data = {"org": link.org, "kind": link.kind, "from": link.start.isoformat(), "to": last.isoformat()}
    return _of(person, "link.ended", data, org_name, link.org)


def bound(person: Person, channel: str, account: str, approved_by: str | None) -> Entry:
    """An account speaks for a person from now on (R-292)."""
    return _of(person, "contact.bound", {"channel": channel, "account": account, "approved_by": approved_by})


def released(person: Person, channel: str, account: str) -> Entry:
    """An account speaks for nobody any more."""
    return _of(person, "contact.released", {"channel": channel, "account": account})


def cancelled(person: Person, bond: Membership | Role | Link, org_name: str) -> Entry:
    """A bond that never was, because its end lies before its beginning."""
    data = {"org": bond.org, "from": bond.start.isoformat()}
    if isinstance(bond, Role):
        return _of(person, "role.cancelled", {**data, "role": str(bond.role)}, org_name, bond.org)
    if isinstance(bond, Link):
        return _of(person, "link.cancelled", {**data, "kind": bond.kind}, org_name, bond.org)
    return _of(person, "membership.cancelled", data, org_name, bond.org)
