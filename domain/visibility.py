"""Who may see a review before it is 通报 (R-044)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.people import READS_ALL, Role, RoleKind, Roster
from domain.reviews import Review


def may_see_review(roster: Roster, viewer: str, review: Review, day: date) -> bool:
    """The reviewed person, the reviewer, the 书记 of the organisation then and now and those above, 办公室, 组织部."""
    if viewer in (review.subject, review.reviewer):
        return True
    roles = roster.roles_of(viewer, day)
    chairs = {role.org for role in roles if role.role is RoleKind.SECRETARY}
    if _near(roster, review.org) & chairs or _reads_all(roster, roles):
        return True
    # The archive followed its person into another branch, and custody with it.
    follows = bool(chairs) and review.target == "member"
    home = roster.branch_of(review.subject, day) if follows else None
    return bool(home and _near(roster, home.id) & chairs)


def _near(roster: Roster, org: str) -> set[str]:
    return {one.id for one in roster.path(org)[:2]}


def seen_by(roster: Roster, viewer: str, reviews: Sequence[Review], day: date) -> Sequence[Review]:
    """Those of the reviews which somebody may see."""
    return [review for review in reviews if may_see_review(roster, viewer, review, day)]


def _reads_all(roster: Roster, roles: Sequence[Role]) -> bool:
    staff = (roster.org(role.org) for role in roles if role.role is RoleKind.STAFF)
    return any(org is not None and org.kind in READS_ALL for org in staff)
