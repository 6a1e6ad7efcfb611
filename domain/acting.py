"""代: whoever acts for a 书记 signs everything so, with both names, whatever it is (R-041)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.entries import Entry
from domain.people import RoleKind, Roster
from domain.permissions import Office, offices_of

VACANT = "代书记"


def acting(roster: Roster, person: str, capacity: str, org: str, day: date) -> str:
    """代李芳 for who signs in this capacity for her, 代书记 for an empty chair; empty for who holds it himself."""
    held = [office for office in offices_of(roster, person, day) if office.capacity == capacity]
    if not any(office.acting for office in held):
        return ""
    path = {one.id for one in roster.path(org)}
    near = [office for office in held if office.org in path]
    return _for_whom(roster, near[0], day) if near and all(office.acting for office in near) else ""


def in_charge(roster: Roster, org: str, day: date) -> list[str]:
    """Who has the pen of an organisation: its 书记, or whoever acts meanwhile (R-041)."""
    held = roster.holders(RoleKind.SECRETARY, [org], day)
    lent = any(role.acting for role in held)
    return list(dict.fromkeys(role.person for role in held if role.acting or not lent))


def _for_whom(roster: Roster, office: Office, day: date) -> str:
    holders = roster.holders(RoleKind.SECRETARY, [office.org], day)
    holder = next((roster.person(role.person) for role in holders if not role.acting), None)
    return f"代{holder.name}" if holder else VACANT


def marked(roster: Roster, person: str, entries: Iterable[Entry], day: date) -> tuple[Entry, ...]:
    """Entries with `acting` in their data where the actor only acts in the capacity he signs in."""
    return tuple(_marked(roster, person, entry, day) for entry in entries)


def _marked(roster: Roster, person: str, entry: Entry, day: date) -> Entry:
    word = acting(roster, person, entry.capacity, entry.org_id, day) if entry.capacity else ""
    return replace(entry, data={**entry.data, "acting": word}) if word else entry


def titled(label: str, name: str, word: str) -> str:
    """党支部书记李芳; 代党支部书记张伟（代李芳） where he acts for her."""
    if not word:
        return f"{label}{name}"
    return f"代{label}{name}" + ("" if word == VACANT else f"（{word}）")
