"""Who may see a review before it is 通报 (R-044)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.authority import may
from domain.people import Roster
from domain.reviews import Review


def may_see_review(roster: Roster, viewer: str, review: Review, day: date) -> bool:
    """The reviewed person, the reviewer, the 书记 of the organisation then and now and those above, 办公室, 组织部."""
    actor = roster.person(viewer)
    if actor is None or viewer == review.reviewer:
        return actor is not None
    # The archive followed its person into another branch, and custody with it.
    home = roster.branch_of(review.subject, day) if review.target == "member" else None
    places = dict.fromkeys([review.org, *([home.id] if home else [])])
    return any(may(roster, actor, "see_review", org, day, review.subject).allowed for org in places)


def seen_by(roster: Roster, viewer: str, reviews: Sequence[Review], day: date) -> Sequence[Review]:
    """Those of the reviews which somebody may see; one of a kind stands for all of one person in one organisation."""
    kinds = {_kind(one): one for one in reviews}
    seen = {kind for kind, one in kinds.items() if may_see_review(roster, viewer, one, day)}
    return [one for one in reviews if _kind(one) in seen]


def _kind(review: Review) -> tuple[str, str, str, str]:
    return review.org, review.target, review.subject, review.reviewer
