"""Seats: from where somebody acts, who sits there on a day, and which posts may bring somebody to one (domain §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.people import READS_ALL, OrgKind, Role, RoleKind, Roster
from domain.signing import Chairs, leaders_of


class Seat(StrEnum):
    """The value is how people are told of it."""

    SELF = "本人"
    MEMBER = "党员本人"
    """A Party member of this very branch (R-015, R-016)."""
    INCUMBENT = "该党组织的书记"
    """The 书记 of this very organisation, acting ones too; nobody stands in."""
    CHAIR = "所在党组织的书记"
    """The same, but while there is none, or it is about himself, the nearest above (O-43)."""
    HOLDER = "书记本人"
    """The 书记 in office himself, nobody who acts for him: what was delegated is not delegated on (R-041)."""
    ABOVE = "上一级党组织的书记"
    LINKED = "联系点校领导"
    NEAR = "所在党组织和上一级党组织的书记"
    PEN = "所在支部的书记或记录员"
    """Who writes for the organisation; for somebody else, never for himself (R-225)."""
    DESK = "该党组织的书记或记录员（学校的由领导小组办公室）"
    """Who says what was done on paper; for the school also the office's clerks, for a branch without 书记 the one above (O-43)."""
    LINE = "所在支部或上级党组织的书记"
    READER = "所在支部或上级党组织的书记、记录员、工作人员"
    OFFICE = "领导小组办公室、组织部"
    KEEPER = "领导小组办公室或管理员"
    ADMIN = "管理员"


@dataclass(frozen=True, slots=True)
class Place:
    """At which organisation, about whom or which organisation, on which day something is asked."""

    roster: Roster
    org: str
    day: date
    about: str = ""


# Posts that bring to a seat. 工作人员 count for the whole school only where the organisation reads all.
POSTS: Mapping[Seat, tuple[RoleKind, ...]] = {
    Seat.INCUMBENT: (RoleKind.SECRETARY,),
    Seat.CHAIR: (RoleKind.SECRETARY,),
    Seat.HOLDER: (RoleKind.SECRETARY,),
    Seat.ABOVE: (RoleKind.SECRETARY,),
    Seat.NEAR: (RoleKind.SECRETARY,),
    Seat.PEN: (RoleKind.SECRETARY, RoleKind.RECORDER),
    Seat.DESK: (RoleKind.SECRETARY, RoleKind.RECORDER, RoleKind.STAFF),
    Seat.LINE: (RoleKind.SECRETARY,),
    Seat.READER: (RoleKind.SECRETARY, RoleKind.RECORDER, RoleKind.STAFF),
    Seat.OFFICE: (RoleKind.STAFF,),
    Seat.KEEPER: (RoleKind.STAFF, RoleKind.ADMIN),
    Seat.ADMIN: (RoleKind.ADMIN,),
}
EVERYWHERE = (Seat.OFFICE, Seat.KEEPER, Seat.ADMIN)


def leads_to(roster: Roster, role: Role, seat: Seat) -> bool:
    """Whether a post brings to a seat, wherever that stands."""
    if role.role not in POSTS.get(seat, ()):
        return False
    return role.role is not RoleKind.STAFF or seat not in EVERYWHERE or reads_all(roster, role)


def reads_all(roster: Roster, role: Role) -> bool:
    """Whether a post is that of a 工作人员 of 领导小组办公室 or 组织部 (R-042, R-044)."""
    org = roster.org(role.org) if role.role is RoleKind.STAFF else None
    return org is not None and org.kind in READS_ALL


def sitting(seat: Seat, at: Place) -> Sequence[str]:
    """Who sits there, the nearest first."""
    return list(dict.fromkeys(_SITTING[seat](at)))


def label(seat: Seat, at: Place) -> str:
    """How people are told of a seat: of the one who sits in the chair himself, the one above decides."""
    own = seat is Seat.CHAIR and at.about in _incumbents(at)
    return Seat.ABOVE if own else seat


def _holders(at: Place, kind: RoleKind, orgs: Collection[str]) -> list[Role]:
    return list(at.roster.holders(kind, list(orgs), at.day)) if orgs else []


def _people(roles: Sequence[Role]) -> list[str]:
    return [role.person for role in roles]


def _self(at: Place) -> list[str]:
    return [at.about] if at.roster.person(at.about) else []


def _member(at: Place) -> list[str]:
    person, branch = at.roster.person(at.about), at.roster.branch_of(at.about, at.day)
    here = branch is not None and at.org in ("", branch.id)
    return [at.about] if person and person.is_member and here else []


def _incumbents(at: Place) -> list[str]:
    return _people(_holders(at, RoleKind.SECRETARY, [at.org]))


def _own_holders(at: Place) -> list[str]:
    return [role.person for role in _holders(at, RoleKind.SECRETARY, [at.org]) if not role.acting]


def _own_side(at: Place) -> Collection[str]:
    """Who may not decide: the person it is about, or those who lead the organisation it is about."""
    org = at.roster.org(at.about) if at.about else None
    return _people(_holders(at, RoleKind.SECRETARY, [org.id])) if org else (at.about,)


def _nearest(at: Place, org: str | None) -> Sequence[str]:
    found = Chairs(at.roster, at.day).above(org, _own_side(at)) if org else None
    return found[1] if found else ()


def _chair(at: Place) -> Sequence[str]:
    # Of one who sits in it himself the one above decides, also where somebody sits beside him (O-41).
    return _above(at) if at.about in _incumbents(at) else _nearest(at, at.org)


def _above(at: Place) -> Sequence[str]:
    here = at.roster.org(at.org)
    return _nearest(at, here.parent if here else None)


def _linked(at: Place) -> Sequence[str]:
    return leaders_of(at.roster, at.org, at.day)


def _upward(at: Place) -> list[str]:
    return [org.id for org in at.roster.path(at.org)]


def _by_level(at: Place, kinds: Sequence[RoleKind], path: Sequence[str]) -> list[str]:
    held = [role for kind in kinds for role in _holders(at, kind, path)]
    return _people(sorted(held, key=lambda role: path.index(role.org)))


def _near(at: Place) -> list[str]:
    return _by_level(at, (RoleKind.SECRETARY,), _upward(at)[:2])


def _line(at: Place) -> list[str]:
    """Nobody spares or presses himself: what is about a 书记 is for those above."""
    return [id for id in _by_level(at, (RoleKind.SECRETARY,), _upward(at)) if id != at.about]


def _pen(at: Place) -> list[str]:
    return [id for id in _by_level(at, POSTS[Seat.PEN], [at.org]) if id != at.about]


def clerks(roster: Roster, day: date) -> list[str]:
    """The people of 领导小组办公室, who keep the school's own papers."""
    held = [(roster.org(role.org), role) for role in roster.everywhere(RoleKind.STAFF, day)]
    return list(dict.fromkeys(role.person for org, role in held if org and org.kind is OrgKind.OFFICE))


def _desk(at: Place) -> list[str]:
    here, own = at.roster.org(at.org), _by_level(at, POSTS[Seat.PEN], [at.org])
    own += clerks(at.roster, at.day) if here and here.kind is OrgKind.SCHOOL else []
    is_empty = here is not None and here.kind is OrgKind.BRANCH and not _incumbents(at)
    return [*own, *_by_level(at, (RoleKind.SECRETARY,), [here.parent or ""])] if here and is_empty else own


def _readers(at: Place) -> list[str]:
    return _by_level(at, POSTS[Seat.READER], _upward(at))


def _office(at: Place) -> list[str]:
    held = [(at.roster.org(role.org), role) for role in at.roster.everywhere(RoleKind.STAFF, at.day)]
    return _people([role for org, role in held if org and org.kind in READS_ALL])


def administrators(roster: Roster, day: date) -> list[str]:
    """Whoever is 管理员 anywhere, each once."""
    return list(dict.fromkeys(_people(roster.everywhere(RoleKind.ADMIN, day))))


def _admins(at: Place) -> list[str]:
    return administrators(at.roster, at.day)


_SITTING: Mapping[Seat, Callable[[Place], Sequence[str]]] = {
    Seat.SELF: _self,
    Seat.MEMBER: _member,
    Seat.INCUMBENT: _incumbents,
    Seat.CHAIR: _chair,
    Seat.HOLDER: _own_holders,
    Seat.ABOVE: _above,
    Seat.LINKED: _linked,
    Seat.NEAR: _near,
    Seat.PEN: _pen,
    Seat.DESK: _desk,
    Seat.LINE: _line,
    Seat.READER: _readers,
    Seat.OFFICE: _office,
    Seat.KEEPER: lambda at: [*_office(at), *_admins(at)],
    Seat.ADMIN: _admins,
}
