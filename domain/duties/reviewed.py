"""K-08 seen from the members: was each reviewed in the window, by whomever (R-037, R-133, R-138)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from domain.duties import AWAY, Duty, Member, State, Window
from domain.periods import Period
from domain.permissions import Target
from domain.reviews import Review

CODE = "K-08"


def duties(
    members: Sequence[Member],
    period: Period,
    given: Iterable[Review],
    waived: Collection[str],
    starts: Mapping[str, date | None],
    common_counts: bool = False,
) -> list[Duty]:
    """One duty a member of a branch that had begun when the window opened; it has no owner, since several may review."""
    window = Window(period.label, period.start, period.end)
    about = [one for one in given if one.target == "member" and one.day in period]
    common = {one.subject: one.number for one in about if one.is_whole and one.common_only}
    done = {one.subject: one.number for one in about if one.satisfies_duty}
    done = {**common, **done} if common_counts else done
    found = []
    for one in members:
        start, id = starts.get(one.org), one.person.id
        if start is not None and start <= window.opens:
            state, why = state_of(id in done, id in waived, one.is_away, id in common)
            found.append(Duty(CODE, "", id, one.org, window, state, done.get(id, ""), why))
    return found


def state_of(is_done: bool, is_waived: bool, is_away: bool, is_common: bool) -> tuple[State, str]:
    """Where a member stands, and why nothing is owed: what was done counts before 免; long leave owes nothing (R-016)."""
    reasons = (
        (is_done, State.DONE, ""),
        (is_waived, State.WAIVED, "已免"),
        (is_away, State.WAIVED, AWAY),
        (is_common, State.PARTLY, ""),
    )
    return next(((state, why) for holds, state, why in reasons if holds), (State.OPEN, ""))


def of_targets(
    code: str,
    targets: Sequence[Target],
    window: Window,
    given: Iterable[Review],
    starts: Mapping[str, date | None],
) -> list[Duty]:
    """K-09 and K-10: one duty an organisation, 书记 or member whose unit had begun, whoever reviews them (R-139, R-140)."""
    within = [one for one in given if window.opens <= one.day <= window.due]
    done = {_about(one): one.number for one in within if one.satisfies_duty}
    common = {_about(one) for one in within if one.common_only}
    found = []
    for to in targets:
        start, key = starts.get(to.org), key_of(to.type, to.subject, to.org)
        if start is not None and start <= window.opens:
            state = State.DONE if key in done else State.PARTLY if key in common else State.OPEN
            found.append(Duty(code, "", to.subject, to.org, window, state, done.get(key, "")))
    return found


def _about(review: Review) -> tuple[str, str, str]:
    return key_of(review.target, review.subject, review.org)


def key_of(kind: str, subject: str, org: str) -> tuple[str, str, str]:
    """A member is the same wherever the review was given; a 书记 is one of his organisation."""
    return (kind, subject, "" if kind == "member" else org)
