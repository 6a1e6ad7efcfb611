"""K-02 and K-03: what a 书记 has to sign and to make public, item by item (R-069, R-074, R-079)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import Duty, Window
from domain.profile import Profile
from domain.reminders import STEPS

URGENT, PUBLICATION = "K-02", "K-03"
Heads = Callable[[Commitment], Sequence[str]]


def duties(
    items: Iterable[Commitment], unit: str, profile: Profile, signers: Heads, publishers: Heads
) -> list[Duty]:
    """What waits; nothing is left of a duty once it is done. `signers` and `publishers` give the people of an item.

    Only an urgent item has a day to be signed by (K-02); 24 and 48 hours are counted in days, because a
    signature carries its date alone.
    """
    return [duty for item in items for duty in _of(item, unit, profile, signers, publishers)]


def _of(item: Commitment, unit: str, profile: Profile, signers: Heads, publishers: Heads) -> list[Duty]:
    is_urgent = item.kind == "immediate"
    if is_urgent and item.state is ItemState.SIGNED and item.signed_on is not None:
        days = _days(profile, "commitment.immediate.sign_hours")
        return _each(URGENT, item, "sign", item.signed_on, days, signers(item), unit)
    if item.state is not ItemState.FIXED or item.fixed_on is None:
        return []
    if is_urgent:
        days = _days(profile, "commitment.immediate.publish_hours")
        return _each(URGENT, item, "publish", item.fixed_on, days, publishers(item), unit)
    days = profile.number("commitment.publish_days")
    return _each(PUBLICATION, item, "publish", item.fixed_on, days, publishers(item), unit)


def _days(profile: Profile, key: str) -> int:
    return -(-profile.number(key) // 24)


def _each(
    code: str, item: Commitment, act: str, since: date, days: int, people: Sequence[str], unit: str
) -> list[Duty]:
    due = since + timedelta(days=days)
    window = Window(f"{due}@{unit}", since, due)
    note = {"act": act, "number": item.tail, "who": item.owner_name, "goal": item.goal}
    return [Duty(code, person, item.number, unit, window, note=note, steps=STEPS[1:]) for person in people]
