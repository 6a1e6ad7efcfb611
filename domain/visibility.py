"""Who may see a review before it is 通报 (R-044)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.people import READS_ALL, Role, RoleKind, Roster
from domain.reviews import Review


def may_see_review(roster: Roster, viewer: str, review: Review, day: date) -> bool:
    """The reviewed person, the reviewer, the 书记 of the reviewed organisation and of the one above, 办公室, 组织部."""
    if viewer in (review.subject, review.reviewer):
        return True
    roles = roster.roles_of(viewer, day)
    near = [org.id for org in roster.path(review.org)[:2]]
    leads = any(role.role is RoleKind.SECRETARY and role.org in near for role in roles)
    return leads or _reads_all(roster, roles)


def seen_by(roster: Roster, viewer: str, reviews: Sequence[Review], day: date) -> Sequence[Review]:
    """Those of the reviews which somebody may see."""
    return [review for review in reviews if may_see_review(roster, viewer, review, day)]


def _reads_all(roster: Roster, roles: Sequence[Role]) -> bool:
    staff = (roster.org(role.org) for role in roles if role.role is RoleKind.STAFF)
    return any(org is not None and org.kind in READS_ALL for org in staff)
