"""Who was reviewed in a window, counted by the database itself: one statement whatever the school's size (R-140)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.coverage_windows import Span
from domain.covered import Counted, Reviewed
from domain.duties import AWAY, Window
from domain.duties.reviewed import state_of
from domain.people import HERE, PARTY_MEMBERS, Membership, Role, RoleKind
from domain.reviews import Review
from domain.tallies import Tally
from domain.waivers import Waiver
from storage import models
from storage.db import Transaction
from storage.roster_questions import MOST_NAMED
from storage.tables import person

_MEMBER, _ROLE, _REVIEW, _WAIVER = (models.table(kind) for kind in (Membership, Role, Review, Waiver))
_OWN = ("branch_secretary", "direct_secretary")


def members(
    tx: Transaction, orgs: Collection[str], span: Span, day: date, common_counts: bool
) -> dict[str, Counted]:
    """By branch what `domain.duties.reviewed` says of each member."""
    alike = defaultdict[str, list[tuple[int, int]]](list)
    for org, marks, n in tx.connection.execute(_alike(span, day, orgs)).all():
        alike[org].append((marks, n))
    # Of a school's branches most are alike in their numbers, and each kind of branch is added up once.
    kinds = {org: tuple(sorted(ones)) for org, ones in alike.items()}
    counted = {kind: _counted(kind, common_counts) for kind in set(kinds.values())}
    return {org: counted[kind] for org, kind in kinds.items()}


def _counted(kind: Sequence[tuple[int, int]], common_counts: bool) -> Counted:
    """The members of one branch from how many of them bear the same marks."""
    found = Counted()
    for marks, n in kind:
        full, common, own, above, spared, away = (bool(marks >> bit & 1) for bit in range(6))
        state, _ = state_of(full or (common and common_counts), spared, away, common)
        found += Counted(Tally.of(state, n), n * own, n * above)
    return found


def things(tx: Transaction, orgs: Collection[str], window: Window) -> Reviewed:
    """The organisations and 书记 that have been reviewed in the window, as (target, subject, org)."""
    c = _REVIEW.c
    query = select(c.target, c.subject, c.org).distinct()
    query = query.where(c.target.in_(("org", "secretary")), *_whole(window), *_full(), *named(c.org, orgs))
    return {(row[0], row[1], row[2]) for row in tx.connection.execute(query).all()}


def named(column: ColumnElement[Any], orgs: Collection[str]) -> list[ColumnElement[bool]]:
    """The condition that names some organisations, or none where they are too many to name."""
    return [column.in_(orgs)] if len(orgs) <= MOST_NAMED else []


def _alike(span: Span, day: date, orgs: Collection[str]) -> Select[Any]:
    """How many members of each branch are alike in all that decides about them."""
    marks, free = _marks(span.window, day, orgs), _spared(span.spared)
    m, p = _MEMBER.c, person.c
    known = [func.coalesce(mark, 0) for mark in (marks.c.full, marks.c.common, marks.c.own, marks.c.above)]
    seen = [*known, case((free.c.subject.is_not(None), 1), else_=0), case((p.status == AWAY, 1), else_=0)]
    # One number of six bits sorts in half the time of six columns.
    alike = sum((mark * 2**bit for bit, mark in enumerate(seen)), literal(0)).label("alike")
    joined = (
        _MEMBER.join(person, p.id == m.person)
        .outerjoin(marks, marks.c.subject == m.person)
        .outerjoin(free, free.c.subject == m.person)
    )
    return (
        select(m.org, alike, func.count())
        .select_from(joined)
        .where(*_valid(m, day), *named(m.org, orgs), ~_is_head(day))
        .where(p.political.in_(PARTY_MEMBERS), p.status.in_(HERE))
        .group_by(m.org, alike)
    )


def _whole(window: Window) -> list[ColumnElement[bool]]:
    """What `Review.is_whole` says, of reviews that stand, within a window."""
    c = _REVIEW.c
    days = c.day.between(window.opens.isoformat(), window.due.isoformat())
    return [days, c.state != "voided", c.kind == "periodic", c.merits != "", c.gaps != "", c.directions != ""]


def _full() -> list[ColumnElement[bool]]:
    """What `Review.satisfies_duty` asks besides; an external one only where the office let it count (R-040)."""
    c = _REVIEW.c
    # Quotes within words are escaped in JSON, so nobody's words can look like this.
    counts = or_(c.external.is_(None), c.external.contains('"counts":true', autoescape=True))
    return [c.common_only == 0, c.upward == 0, counts]


def _marks(window: Window, day: date, orgs: Collection[str]) -> Any:
    """Of each member who was reviewed: fully, only 共同, by the branch's own 书记, by the one above (R-037, O-43)."""
    c, m = _REVIEW.c, _MEMBER.alias("home").c
    full, here = and_(*_full()), and_(*_full(), c.org == m.org)
    marks = {
        "full": full,
        "common": c.common_only == 1,
        "own": and_(here, or_(c.capacity.in_(_OWN), c.external.is_not(None))),
        "above": and_(here, or_(c.capacity == "l1_secretary", c.external.is_not(None))),
    }
    flags = [func.max(case((holds, 1), else_=0)).label(name) for name, holds in marks.items()]
    at_home = (m.person == c.subject, *_valid(m, day), *named(m.org, orgs))
    query = select(c.subject, *flags).where(c.target == "member", *_whole(window), *at_home)
    return query.group_by(c.subject).subquery("marks")


def _spared(spared: Collection[tuple[str, str]]) -> Any:
    c = _WAIVER.c
    ones = [and_(c.duty == duty, c.period == period) for duty, period in spared]
    return select(c.subject).distinct().where(or_(*ones)).subquery("spared")


def _is_head(day: date) -> Any:
    """Whether a member is the branch's own 书记 (R-038); who only acts is so while the chair is empty."""
    held, real = _ROLE.alias("held").c, _ROLE.alias("real").c
    other = and_(real.org == held.org, real.role == RoleKind.SECRETARY, real.acting == 0, *_valid(real, day))
    mine = (held.person == _MEMBER.c.person, held.org == _MEMBER.c.org, held.role == RoleKind.SECRETARY)
    return exists().where(*mine, *_valid(held, day), or_(held.acting == 0, ~exists().where(other)))


def _valid(c: Any, day: date) -> list[ColumnElement[bool]]:
    on = day.isoformat()
    return [c.start <= on, or_(c.end.is_(None), c.end >= on)]
