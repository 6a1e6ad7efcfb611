"""Who may change people and offices (domain §2.3, R-041, R-042, R-356, O-43): one table and the question put to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.people import READS_ALL, Person, Role, RoleKind, Roster
from domain.waiving import capacity_over


class Seat(StrEnum):
    """From where somebody may act; the value is how people are told of it."""

    CHAIR = "所在党组织的书记"
    """The organisation's own 书记, acting ones too; while there is none, the nearest above (O-43)."""
    HOLDER = "书记本人"
    """The 书记 in office himself, nobody who acts for him: what was delegated is not delegated on (R-041)."""
    ABOVE = "上一级党组织的书记"
    KEEPER = "领导小组办公室或管理员"


@dataclass(frozen=True, slots=True)
class Power:
    """One row of the table: how the act is called, and the seats from which it may be done."""

    words: str
    seats: tuple[Seat, ...]


POWERS: Mapping[str, Power] = {
    "transfer": Power("转出", (Seat.CHAIR, Seat.KEEPER)),
    "receive": Power("接收", (Seat.CHAIR,)),
    "enrol": Power("新增党员", (Seat.CHAIR, Seat.KEEPER)),
    "change": Power("登记人员变动", (Seat.CHAIR, Seat.KEEPER)),
    "expel": Power("登记除名", (Seat.ABOVE, Seat.KEEPER)),
    "leave": Power("登记请假", (Seat.CHAIR, Seat.KEEPER)),
    "hand_over": Power("换届和任免书记、副书记", (Seat.ABOVE, Seat.KEEPER)),
    "seat": Power("任免", (Seat.CHAIR, Seat.KEEPER)),
    "office": Power("任免", (Seat.KEEPER,)),
    "delegate": Power("委托", (Seat.HOLDER,)),
    "act": Power("指定代书记", (Seat.ABOVE,)),
    "link": Power("改联系点和分管", (Seat.KEEPER,)),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may, as what; a refusal names the act, its seats and who sits there."""

    allowed: bool
    capacity: str = ""
    power: Power | None = None
    instead: tuple[str, ...] = ()


def may(roster: Roster, actor: Person, act: str, org: str, day: date, about: str = "") -> Verdict:
    """Whether `actor` may do this at an organisation that day; of `about`, who sits in the chair, the one above decides."""
    power = POWERS[act]
    seats = [_for(roster, seat, org, day, about) for seat in power.seats]
    seat = next((seat for seat in seats if actor.id in _sitting(roster, seat, org, day)), None)
    if seat is not None:
        return Verdict(True, _capacity(roster, actor, seat, org, day), power)
    others = [id for seat in seats for id in _sitting(roster, seat, org, day) if id != actor.id]
    return Verdict(False, "", power, tuple(dict.fromkeys(others)))


def might(roster: Roster, actor: Person, act: str, day: date) -> bool:
    """Whether somebody sits in a seat from which this may be done anywhere; asked before anything is known."""
    seats = POWERS[act].seats
    leads = any(role.role is RoleKind.SECRETARY for role in roster.roles_of(actor.id, day))
    return (leads and seats != (Seat.KEEPER,)) or (Seat.KEEPER in seats and keeps(roster, actor, day))


def keeps(roster: Roster, person: Person, day: date) -> bool:
    """Whether somebody is 管理员 or of 办公室 or 组织部, who amend master data (R-042)."""
    return any(_keeps(roster, role) for role in roster.roles_of(person.id, day))


def heads(roster: Roster, org: str, day: date) -> list[Role]:
    """The 书记 of an organisation; while it has none, those of the nearest above (O-43)."""
    return next((found for one in roster.path(org) if (found := _chair(roster, one.id, day))), [])


def heads_above(roster: Roster, org: str, day: date) -> list[Role]:
    """The 书记 of the nearest organisation above that has one."""
    here = roster.org(org)
    return heads(roster, here.parent, day) if here and here.parent else []


def _chair(roster: Roster, org: str, day: date) -> list[Role]:
    return list(roster.holders(RoleKind.SECRETARY, [org], day))


def _for(roster: Roster, seat: Seat, org: str, day: date, about: str) -> Seat:
    own = seat is Seat.CHAIR and about in _sitting(roster, seat, org, day)
    return Seat.ABOVE if own else seat


def _sitting(roster: Roster, seat: Seat, org: str, day: date) -> Sequence[str]:
    if seat is Seat.KEEPER:
        return _keepers(roster, day)
    if seat is Seat.HOLDER:
        return [role.person for role in _chair(roster, org, day) if not role.acting]
    found = heads(roster, org, day) if seat is Seat.CHAIR else heads_above(roster, org, day)
    return [role.person for role in found]


def _keepers(roster: Roster, day: date) -> list[str]:
    everywhere = [org.id for org in roster.orgs()]
    offices = [org.id for org in roster.orgs() if org.kind in READS_ALL]
    found = [*roster.holders(RoleKind.STAFF, offices, day)] if offices else []
    return [role.person for role in (*found, *roster.holders(RoleKind.ADMIN, everywhere, day))]


def _keeps(roster: Roster, role: Role) -> bool:
    org = roster.org(role.org)
    clerk = role.role is RoleKind.STAFF and org is not None and org.kind in READS_ALL
    return clerk or role.role is RoleKind.ADMIN


def _capacity(roster: Roster, actor: Person, seat: Seat, org: str, day: date) -> str:
    if seat is not Seat.KEEPER:
        return capacity_over(roster, actor, org, day)
    is_admin = any(role.role is RoleKind.ADMIN for role in roster.roles_of(actor.id, day))
    return "admin" if is_admin else "staff"
