"""Entries and news about a review that already stands: attached, answered, voided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.turn import Context, Tell
from domain import external
from domain.entries import Entry, Subject
from domain.reviews import Review


def about(ctx: Context, review: Review, kind: str, data: Mapping[str, Any], capacity: str = "") -> Entry:
    """One more entry in the archive of what was reviewed, in the reviewer's capacity unless another is named."""
    org = ctx.roster.org(review.org)
    subject = Subject("org" if review.target == "org" else "person", review.subject, review.subject_name)
    archive = f"{subject.type}:{subject.id}"
    where = (org.name if org else review.org, review.org)
    return Entry(
        archive, kind, subject, {"review": review.number, **data}, capacity or review.capacity, *where
    )


def by(review: Review, reviewer: str) -> str:
    """Who reviewed, as lists name him; of an external leader also who registered it (R-040, R-041)."""
    signed = f"{reviewer}（{review.acting}）" if review.acting else reviewer
    return f"{external.shown(review.external)}（外部点评，{signed}登记）" if review.external else signed


def tell(ctx: Context, key: str, person: str, text: str) -> Tell:
    """News for a person, under the start and hold of his own branch."""
    branch = ctx.roster.branch_of(person, ctx.today)
    return Tell(key, person, text, branch.id if branch else "")
