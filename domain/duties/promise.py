"""K-01: the promise of the year, by every member and every organisation (R-067, R-223, O-02, O-08)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import AWAY, Duty, Member, State, Window, by_owner
from domain.people import Organisation
from domain.periods import Period
from domain.profile import Profile

CODE = "K-01"
TOO_EARLY = "所在组织那时还没有启用"
_GONE = (ItemState.WITHDRAWN, ItemState.RETURNED)
_FREELY = ("离退休", "流动", "年老体弱")
"""O-02: these members promise if they like, so nobody presses them."""

Starts = Mapping[str, date | None]


def window(year: Period, profile: Profile) -> Window:
    """`commitment.annual.open` to `commitment.annual.due` of the year."""
    opens, due = (_on(year, profile.text(f"commitment.annual.{end}")) for end in ("open", "due"))
    return Window(year.label, opens, due)


def _on(year: Period, day: str) -> date:
    return date.fromisoformat(f"{year.start.year}-{day}")


def of_members(
    members: Sequence[Member],
    year: Period,
    profile: Profile,
    items: Iterable[Commitment],
    waived: Collection[str],
    starts: Starts,
) -> list[Duty]:
    """One duty a member whose branch uses the system by the year's end."""
    asked, made = window(year, profile), by_owner(items)
    return [
        _of_member(one, asked, _yearly(made.get(one.person.id, ()), year), waived, starts)
        for one in members
        if _begun(starts.get(one.org), year)
    ]


def of_organisation(
    org: Organisation,
    heads: Sequence[str],
    year: Period,
    profile: Profile,
    items: Iterable[Commitment],
    starts_on: date | None,
) -> list[Duty]:
    """The same for an organisation, owed by each of its 书记 (domain §2.3)."""
    if not _begun(starts_on, year):
        return []
    asked = replace(window(year, profile), label=f"{year.label}@{org.id}")
    made = _yearly([item for item in items if item.owner == org.id], year)
    state, by = _done(made, asked)
    silence = _too_early(starts_on, asked)
    note = {"org": org.name}
    return [Duty(CODE, head, org.id, org.id, asked, state, by, "", silence, note=note) for head in heads]


def _of_member(
    one: Member, asked: Window, made: Sequence[Commitment], waived: Collection[str], starts: Starts
) -> Duty:
    id = one.person.id
    state, by = _done(made, asked)
    why = ""
    if state is State.OPEN and (id in waived or one.is_away):
        state, why = State.WAIVED, "已免" if id in waived else AWAY
    silence = _too_early(starts.get(one.org), asked) or _freely(one)
    silence = silence if state is State.OPEN else ""
    return Duty(CODE, id, id, one.org, asked, state, by, why, silence, note={"name": one.person.name})


def _freely(one: Member) -> str:
    if one.on_leave:
        return one.silence
    kind = next((kind for kind in _FREELY if kind in one.person.categories), "")
    return f"{kind}，年度承诺自愿" if kind else ""


def _too_early(starts_on: date | None, asked: Window) -> str:
    """R-350: a window that opened before the unit's first day presses nobody, but may be asked about."""
    return TOO_EARLY if starts_on is None or starts_on > asked.opens else ""


def _begun(starts_on: date | None, year: Period) -> bool:
    return starts_on is not None and starts_on <= year.end


def _yearly(items: Iterable[Commitment], year: Period) -> list[Commitment]:
    """Promises of more than the moment that belong to the year."""
    lasting = (item for item in items if item.kind != "immediate" and item.state not in _GONE)
    return [item for item in lasting if item.proposed_on <= year.end and item.due >= year.start]


def _done(made: Sequence[Commitment], asked: Window) -> tuple[State, str]:
    if not made:
        return State.OPEN, ""
    first = min(made, key=lambda item: item.proposed_on)
    return (State.LATE if first.proposed_on > asked.due else State.DONE), first.number
