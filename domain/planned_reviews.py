"""点评方案 against what came of it: each planned target with the review that was given (R-144)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.duties.reviewed import key_of
from domain.review_plans import ReviewPlan
from domain.reviews import Review


class Came(StrEnum):
    """What came of a planned review; the value is how people are told of it."""

    AS_PLANNED = "按计划"
    LATER = "晚于计划"
    BY_ANOTHER = "由别人点评"
    OVERDUE = "过了日期还没点评"
    OPEN = "未到日期"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One target of one row; `review` is the one that counts, the planned reviewer's before others'."""

    row: Mapping[str, Any]
    target: Mapping[str, Any]
    review: Review | None
    came: Came

    @property
    def is_done(self) -> bool:
        """Whether it was reviewed at all."""
        return self.review is not None


def outcomes(plan: ReviewPlan, given: Iterable[Review], today: date) -> list[Outcome]:
    """Every target of the plan, in its order, as the reviews within its round left it."""
    about: dict[tuple[str, str, str], list[Review]] = {}
    for one in sorted(given, key=lambda review: review.at):
        if one.satisfies_duty and plan.opens <= one.day <= plan.due:
            about.setdefault(key_of(one.target, one.subject, one.org), []).append(one)
    return [
        _outcome(row, target, about.get(key_of(target["type"], target["id"], row["org"]), ()), today)
        for row in plan.rows
        for target in row["targets"]
    ]


def _outcome(
    row: Mapping[str, Any], target: Mapping[str, Any], found: Sequence[Review], today: date
) -> Outcome:
    own = [one for one in found if one.reviewer == row["reviewer"]]
    planned = date.fromisoformat(row["due"])
    if own:
        return Outcome(row, target, own[0], Came.AS_PLANNED if own[0].day <= planned else Came.LATER)
    if found:
        return Outcome(row, target, found[0], Came.BY_ANOTHER)
    return Outcome(row, target, None, Came.OVERDUE if planned < today else Came.OPEN)
