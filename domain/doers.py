"""Whose turn it is where a duty is still open: seen from what it is about (R-306)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from domain.commitments import Commitment
from domain.duties import Member
from domain.duties.sight import Sight
from domain.people import RoleKind
from domain.signing import Chairs
from domain.standing import (
    ORG_PROMISE,
    ORGANISATIONS,
    PROMISE,
    PUBLICATION,
    RECTIFICATION,
    REPORT,
    REVIEW,
    ROUND,
    SIGNING,
    Object,
)


def doers(at: Sight, duty: str, objects: Sequence[Object]) -> list[Member]:
    """Those who have to act, each once with the organisation for which he does; several may for one object."""
    found = _WHO[duty](at, objects) if objects else []
    return list({(one.person.id, one.org): one for one in found}.values())


def _oneself(at: Sight, objects: Sequence[Object]) -> list[Member]:
    return [Member(one.person, one.org) for one in objects if one.person]


def _own_heads(at: Sight, objects: Sequence[Object]) -> list[Member]:
    return _heads(at, {one.org for one in objects})


def _heads(at: Sight, orgs: Collection[str]) -> list[Member]:
    held = at.roster.holders(RoleKind.SECRETARY, sorted(orgs), at.today) if orgs else ()
    return _known(at, [(role.person, role.org) for role in held])


def _known(at: Sight, pairs: Sequence[tuple[str, str]]) -> list[Member]:
    people = at.roster.people([person for person, _ in pairs]) if pairs else {}
    return [Member(people[person], org) for person, org in pairs if person in people]


def _superiors(at: Sight, objects: Sequence[Object]) -> list[Member]:
    """A member is reviewed by the 书记 of his branch; an organisation and its 书记 from the level above."""
    tree = {org.id: org for org in at.roster.orgs()}
    members = [one for one in objects if one.person and one.person.id == one.id]
    parents = {tree[one.org].parent for one in objects if one not in members and one.org in tree}
    return [*_own_heads(at, members), *_heads(at, {org for org in parents if org})]


def _signers(at: Sight, objects: Sequence[Object]) -> list[Member]:
    return _of_items(at, objects, Chairs.signers)


def _publishers(at: Sight, objects: Sequence[Object]) -> list[Member]:
    return _of_items(at, objects, Chairs.publishers)


def _reviewed_side(at: Sight, objects: Sequence[Object]) -> list[Member]:
    """Whoever was reviewed; for an organisation its 书记."""
    return [*_oneself(at, objects), *_own_heads(at, [one for one in objects if one.person is None])]


def _of_items(
    at: Sight, objects: Sequence[Object], who: Callable[[Chairs, Commitment], Sequence[str]]
) -> list[Member]:
    known, numbers = Chairs(at.roster, at.today), {one.id for one in objects}
    made = at.facts.commitments_in(sorted({one.org for one in objects}))
    people = dict.fromkeys(person for item in made if item.number in numbers for person in who(known, item))
    sits = [(person, org) for org, held in known.held.items() for person in held if person in people]
    return _known(at, sits)


_WHO: dict[str, Callable[[Sight, Sequence[Object]], list[Member]]] = {
    REPORT: _oneself,
    PROMISE: _oneself,
    REVIEW: _own_heads,
    ORG_PROMISE: _own_heads,
    ORGANISATIONS: _superiors,
    ROUND: _superiors,
    SIGNING: _signers,
    PUBLICATION: _publishers,
    RECTIFICATION: _reviewed_side,
}
