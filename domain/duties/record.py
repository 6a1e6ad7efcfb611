"""K-05: each member's monthly 写实, owed by whoever has a public promise (R-220 to R-223)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from domain import monthly
from domain.commitments import Commitment
from domain.duties import AWAY, Duty, Member, State, Window, by_owner
from domain.periods import Period
from domain.profile import Profile
from domain.reports import Report

CODE = monthly.DUTY
TOO_EARLY, NO_PROMISE = "所在组织那时还没有启用", "没有公开的承诺"


def duties(
    members: Sequence[Member],
    month: Period,
    profile: Profile,
    items: Iterable[Commitment],
    handed_in: Iterable[Report],
    waived: Collection[str],
    starts: Mapping[str, date | None],
) -> list[Duty]:
    """One duty a member; a record handed in early or without owing counts as done. `starts` is each branch's 启用日期."""
    own, sent = by_owner(items), {report.person: report for report in handed_in}
    asked = monthly.window(month, profile)
    window = Window(month.label, asked.opens, asked.due)
    found = []
    for one in members:
        live = monthly.live_items(own.get(one.person.id, ()), month, profile)
        has_begun = monthly.has_begun(month, profile, starts.get(one.org))
        state, why = _state(one, has_begun, sent.get(one.person.id), waived, live)
        note = {"name": one.person.name, "goals": [(item.goal, item.due) for item in live]}
        silence = one.silence if state is State.OPEN else ""
        found.append(
            Duty(CODE, one.person.id, one.person.id, one.org, window, state, "", why, silence, note=note)
        )
    return found


def _state(
    one: Member, has_begun: bool, report: Report | None, waived: Collection[str], live: Sequence[Commitment]
) -> tuple[State, str]:
    """What was done counts before everything else, then 免."""
    done = State.LATE if report is not None and report.late else State.DONE
    reasons = (
        (not has_begun, State.FREE, TOO_EARLY),
        (report is not None, done, "已交"),
        (one.person.id in waived, State.WAIVED, "已免"),
        (one.is_away, State.WAIVED, AWAY),
        (not live, State.FREE, NO_PROMISE),
    )
    return next(((state, why) for holds, state, why in reasons if holds), (State.OPEN, ""))
