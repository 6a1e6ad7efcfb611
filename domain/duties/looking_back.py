"""前期总结: who is reviewed from above looks back before the reviews of a half-year begin (R-324, Q-4.1).

The 书记 is asked once, at the opening; how he looks back is his own affair until a review has its six steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from domain.coverage import ORGANISATIONS
from domain.duties import Duty, State, Window
from domain.people import Organisation
from domain.periods import Period
from domain.reminders import STEPS
from domain.reviews import Review

OPENING = STEPS[:1]
MARK = "~"
"""Behind a period's code: not the review but the looking back of the organisation behind it."""
ASKED_FOR = timedelta(days=14)
"""So long from the opening somebody may still be asked, after an outage or nine days off."""


def is_one(label: str) -> bool:
    """Whether a period's code is that of such a request, which nobody puts off or sends again: nothing ends it."""
    return MARK in label


def is_asked_on(half: Period, day: date) -> bool:
    """Whether people may be asked that day."""
    return half.start <= day < half.start + ASKED_FOR


def duties(
    unit: Organisation,
    half: Period,
    heads: Sequence[str],
    starts_on: date | None,
    given: Iterable[Review],
) -> list[Duty]:
    """One duty a 书记 of an organisation that had begun; done once it was reviewed, `given` being the half-year's reviews."""
    if starts_on is None or starts_on > half.start:
        return []
    window = Window(f"{half.label}{MARK}{unit.id}", half.start, half.end)
    of_unit = (one for one in given if one.target != "member" and one.org == unit.id)
    by = next((one.number for one in of_unit if one.satisfies_duty), "")
    state = State.DONE if by else State.OPEN
    note = {"org": unit.name}
    return [
        Duty(ORGANISATIONS, head, unit.id, unit.id, window, state, by, note=note, steps=OPENING)
        for head in heads
    ]
