"""Posts given, taken and lent: 换届, 任免 and 代 (R-041, R-356, O-05, O-43); pure, from every bond the roster knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain import roster_bonds, turnover
from domain.people import Person, Role, RoleKind, Roster
from domain.roster_bonds import Shift
from domain.roster_posts import WORDS, Post, post_of
from domain.turnover import Turnover

LONGEST_ACTING = timedelta(days=180)
ACTING_TITLE = "代书记"
_LESSER = (RoleKind.DEPUTY, RoleKind.COMMITTEE)
_ACTS = {
    RoleKind.SECRETARY: "hand_over",
    RoleKind.DEPUTY: "hand_over",
    RoleKind.COMMITTEE: "seat",
    RoleKind.RECORDER: "seat",
}


def kind_of(word: str) -> RoleKind:
    """What a post's word means; 组织委员 and its like are all 委员."""
    return WORDS.get(word, RoleKind.COMMITTEE)


def act_for(word: str) -> str:
    """The row of the table of authority by which a post is given."""
    return _ACTS.get(kind_of(word), "office")


def lasting(roles: Sequence[Role], day: date) -> list[Role]:
    """Those held on that day or from a later one."""
    return [role for role in roles if role.end is None or role.end >= day]


def chairs(roster: Roster, org: str, day: date) -> list[Role]:
    """Who is 书记 of an organisation on that day or later, those who only act left out."""
    held = lasting(roster.posts_at(org), day)
    return [role for role in held if role.role is RoleKind.SECRETARY and not role.acting]


def acting(roster: Roster, org: str, first: date, last: date) -> list[Role]:
    """Who acts as 书记 on any of these days."""
    held = lasting(roster.posts_at(org), first)
    return [role for role in held if role.acting and role.start <= last]


def given(roster: Roster, person: Person, org: str, word: str, day: date) -> list[Turnover]:
    """Somebody holds a post from `day` on; of 书记 there is one, so the one before and who acted for him end."""
    kind = kind_of(word)
    changes = [_ending(roster, id, roles, day) for id, roles in _before(roster, person, org, kind, day)]
    own = roster.bonds_of(person.id)
    less = [
        role
        for role in lasting(own.posts, day)
        if role.org == org and kind is RoleKind.SECRETARY and (role.role in _LESSER or role.acting)
    ]
    over = roster_bonds.ceased(less, day)
    posts = Shift(over.cancelled, over.ended, (Role(person.id, kind, org, day, None, word),))
    return [*changes, turnover.turned(person, person, own, posts=posts)]


def _before(
    roster: Roster, person: Person, org: str, kind: RoleKind, day: date
) -> list[tuple[str, list[Role]]]:
    """By person, the posts of others that end when this one is given."""
    if kind is not RoleKind.SECRETARY:
        return []
    held = [role for role in lasting(roster.posts_at(org), day) if role.role is kind]
    others = dict.fromkeys(role.person for role in held if role.person != person.id)
    return [(id, [role for role in held if role.person == id]) for id in others]


def taken(roster: Roster, person: Person, post: Post, day: date) -> Turnover:
    """Somebody holds a post no longer from `day` on."""
    roles = [
        role
        for role in lasting(roster.bonds_of(person.id).posts, day)
        if not role.acting and post_of(role) == post
    ]
    return _ending(roster, person.id, roles, day)


def recalled(roster: Roster, role: Role, day: date) -> Turnover:
    """Somebody acts no longer from `day` on."""
    return _ending(roster, role.person, [role], day)


def _ending(roster: Roster, id: str, roles: Sequence[Role], day: date) -> Turnover:
    person = roster.person(id)
    if person is None:
        raise LookupError(id)
    return turnover.turned(person, person, roster.bonds_of(id), posts=roster_bonds.ceased(roles, day))


def lent(roster: Roster, person: Person, org: str, first: date, last: date) -> Turnover:
    """Somebody acts as 书记 of an organisation from the first to the last of these days, and not a day longer."""
    role = Role(person.id, RoleKind.SECRETARY, org, first, last, ACTING_TITLE, acting=True)
    return turnover.turned(person, person, roster.bonds_of(person.id), posts=Shift(begun=(role,)))
