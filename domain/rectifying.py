"""Who has a word to say about a 整改: who must act, and the leader who reads the reply, or his successor (R-169)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.people import RoleKind, Roster
from domain.permissions import offices_of
from domain.rectifications import Rectification

_HEADS = (RoleKind.SECRETARY, RoleKind.ADMIN_HEAD)


def judges(roster: Roster, one: Rectification, day: date) -> list[str]:
    """Who accepts or returns the reply: the leader who asked while he holds that post, then whoever holds it now."""
    path = [org.id for org in roster.path(one.org)]
    if _holds(roster, one.leader, one.capacity, path, day):
        return [one.leader]
    heads = [role.person for kind in _HEADS for role in roster.holders(kind, path, day)]
    linked = [link.leader for org in path for link in roster.links_to(org, day)]
    others = (id for id in dict.fromkeys([*heads, *linked]) if id != one.owner)
    return [id for id in others if _holds(roster, id, one.capacity, path, day)]


def may_judge(roster: Roster, person: str, one: Rectification, day: date) -> bool:
    """Whether somebody is one of them; cheap for whoever holds no such post."""
    holds = any(office.capacity == one.capacity for office in offices_of(roster, person, day))
    return holds and person in judges(roster, one, day)


def _holds(roster: Roster, person: str, capacity: str, path: Collection[str], day: date) -> bool:
    offices = offices_of(roster, person, day)
    return any(office.capacity == capacity and office.org in path for office in offices)
