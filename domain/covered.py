"""点评覆盖 of one window: who was reviewed and which 书记 have reviewed, from what was counted (R-112, R-138 to R-140)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.coverage_windows import Span
from domain.duties import Window
from domain.organisations import starts_of
from domain.people import WITH_MEMBERS, Organisation, OrgKind, Role
from domain.permissions import Target
from domain.tallies import Tally

Tree = Mapping[str, Organisation]
Reach = Mapping[str, Collection[str]]
Reviewed = Set[tuple[str, str, str]]
"""Organisations and 书记 that were reviewed: target, subject, organisation."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The members of one branch; `own` were reviewed by its own 书记, `above` by the one above it (R-037)."""

    members: Tally = Tally()
    own: int = 0
    above: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.members + other.members, self.own + other.own, self.above + other.above)


NOBODY = Counted()


@dataclass(frozen=True, slots=True)
class Thing:
    """An organisation or its 书记, and whether it was reviewed: two duties (R-139)."""

    target: Target
    is_level_one: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Chair:
    """A 书记 with how many he has to review in a window, and how many of them are."""

    head: Role
    kind: OrgKind
    owed: int
    done: int

    @property
    def tally(self) -> Tally:
        """One 书记: done only when nothing is left, since all of it is asked (R-140)."""
        if self.done >= self.owed:
            return Tally(done=1)
        return Tally(partly=1) if self.done else Tally(missing=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one window says about some organisations; level one and branches are told apart (R-002)."""

    span: Span
    members: Mapping[str, Tally]
    things: Sequence[Thing]
    chairs: Sequence[Chair]

    def split(self, part_of: Mapping[str, str]) -> dict[str, Coverage]:
        """The same by parts: `part_of` names the part of each organisation that lies in one."""
        members, things, chairs = (defaultdict[str, list[Any]](list) for _ in range(3))
        for org, one in self.members.items():
            members[part_of.get(org, "")].append((org, one))
        for thing in self.things:
            things[part_of.get(thing.target.org, "")].append(thing)
        for chair in self.chairs:
            chairs[part_of.get(chair.head.org, "")].append(chair)
        return {
            part: replace(self, members=dict(members[part]), things=things[part], chairs=chairs[part])
            for part in dict.fromkeys(part_of.values())
        }

    @property
    def of_members(self) -> Tally:
        """All members."""
        return Tally.total(self.members.values())

    def of_things(self, type: str, is_level_one: bool) -> Tally:
        """Organisations (`org`) or their 书记 (`secretary`) of one level."""
        alike = [one for one in self.things if (one.target.type, one.is_level_one) == (type, is_level_one)]
        done = sum(one.is_done for one in alike)
        return Tally(done, missing=len(alike) - done)

    def of_reviewing(self, kinds: Collection[OrgKind]) -> Tally:
        """The 书记 of such organisations who have something to review."""
        return Tally.total(one.tally for one in self.chairs if one.kind in kinds)


def heads_of(held: Iterable[Role]) -> list[Role]:
    """Who is the 书记 of each organisation: who only acts is so while the chair is empty (O-43)."""
    roles = list(held)
    filled = {one.org for one in roles if not one.acting}
    return [one for one in roles if not one.acting or one.org not in filled]


def covered(
    span: Span,
    tree: Tree,
    orgs: Collection[str],
    heads: Sequence[Role],
    counted: Mapping[str, Counted],
    reviewed: Reviewed,
    reach: Reach,
) -> Coverage:
    """What one window says about `orgs`; `heads` are their 书记, `reach` the organisations that a 学校党委书记 reviews."""
    starts = starts_of(tree)
    begun = [org for org in tree.values() if org.id in orgs and _has_begun(starts[org.id], span.window)]
    branches = [org.id for org in begun if org.kind in WITH_MEMBERS] if span.has_members else []
    found = {id: counted.get(id, NOBODY) for id in branches}
    things = list(_things(begun, heads, reviewed)) if span.has_things else []
    chairs = [one for one in _chairs(tree, heads, found, things, reach) if one.owed]
    return Coverage(span, {id: one.members for id, one in found.items()}, things, chairs)


def _has_begun(start: date | None, window: Window) -> bool:
    return start is not None and start <= window.opens


def _things(begun: Sequence[Organisation], heads: Sequence[Role], reviewed: Reviewed) -> Iterator[Thing]:
    levels = {org.id: org.is_level_one for org in begun if org.is_level_one or org.kind is OrgKind.BRANCH}
    targets = [Target("org", id, id) for id in levels]
    targets += [Target("secretary", one.person, one.org) for one in heads if one.org in levels]
    for one in targets:
        yield Thing(one, levels[one.org], (one.type, one.subject, one.org) in reviewed)


def _chairs(
    tree: Tree,
    heads: Sequence[Role],
    counted: Mapping[str, Counted],
    things: Sequence[Thing],
    reach: Reach,
) -> Iterator[Chair]:
    """Each 书记: the members of his branch, what lies one level below, and members below whom nobody leads (O-43)."""
    below, at = _branches_below(tree), _by_org(things)
    led = {one.org for one in heads}
    for head in heads:
        kind = tree[head.org].kind
        is_school = kind is OrgKind.SCHOOL
        ids = reach.get(head.person, ()) if is_school else below.get(head.org, ())
        own = counted.get(head.org, NOBODY)
        if not ids:
            # Nothing lies below most 书记, who each have but one branch.
            yield Chair(head, kind, own.members.owed, own.own)
            continue
        targets = [one for id in ids for one in at.get(id, ()) if one.target.subject != head.person]
        vacant = [counted[id] for id in ids if id in counted and id not in led and not is_school]
        owed = len(targets) + own.members.owed + sum(one.members.owed for one in vacant)
        done = sum(one.is_done for one in targets) + own.own + sum(one.above for one in vacant)
        yield Chair(head, kind, owed, done)


def _branches_below(tree: Tree) -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for org in tree.values():
        if org.kind in WITH_MEMBERS and org.parent:
            found[org.parent].append(org.id)
    return found


def _by_org(things: Iterable[Thing]) -> Mapping[str, list[Thing]]:
    found = defaultdict[str, list[Thing]](list)
    for one in things:
        found[one.target.org].append(one)
    return found
