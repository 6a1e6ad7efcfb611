"""K-15 and K-16: what a leader demanded is put right, answered in writing, and the answer read (R-165 to R-168)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from domain.duties import Duty, State, Window
from domain.profile import Profile
from domain.rectifications import OWED, UNANSWERED_AFTER, UNDONE, Rectification
from domain.rectifications import State as Stage
from domain.reminders import STEPS, Mark

DEED, REPLY = "K-15", "K-16"
OF_DEMANDS = (DEED, REPLY)
LATER = STEPS[1:]
"""The demand itself has already asked."""
ONCE = (Mark("due", "due"),)
JUDGED = "?"
"""In a period's code instead of @: not a reply that is owed, but one that waits for its leader's word."""
Hands = Callable[[Rectification], Sequence[tuple[str, str]]]
"""Who must act for the reviewed side, each with why nobody presses him."""


def duties(items: Iterable[Rectification], unit: str, profile: Profile, hands: Hands) -> list[Duty]:
    """What is to be put right (K-15), and what was, but is not yet answered (K-16, where the office wants that)."""
    return [duty for one in items if one.state in OWED for duty in _owed(one, unit, profile, hands(one))]


def _owed(one: Rectification, unit: str, profile: Profile, hands: Sequence[tuple[str, str]]) -> list[Duty]:
    if one.state in UNDONE:
        window = _until(one, unit, profile)
        return [_duty(DEED, person, one, unit, window, silence) for person, silence in hands]
    if one.done_on is None or not profile.flag("rectify.required"):
        return []
    due = one.done_on + timedelta(days=profile.number("rectify.reply_days"))
    window = Window(f"{due}@{unit}", one.done_on, due)
    return [_duty(REPLY, person, one, unit, window, silence) for person, silence in hands]


def _until(one: Rectification, unit: str, profile: Profile) -> Window:
    """To the day that was named; what was sent back has as long as a reply has, if that is later."""
    if one.returned_on is None or not one.reason:
        return Window(f"{one.due}@{unit}", one.demanded_on, one.due)
    due = max(one.due, one.returned_on + timedelta(days=profile.number("rectify.reply_days")))
    return Window(f"{due}@{unit}", one.returned_on, due)


def _duty(
    code: str, person: str, one: Rectification, unit: str, window: Window, silence: str, act: str = "reply"
) -> Duty:
    note = {
        "act": act if code == REPLY else "again" if one.reason else "mend",
        "number": one.tail,
        "who": one.owner_name,
        "goal": one.requirement,
        "said": one.progress,
        "own": person == one.owner,
    }
    steps = ONCE if act == "judge" else LATER
    return Duty(code, person, one.number, unit, window, State.OPEN, silence=silence, note=note, steps=steps)


def to_judge(replies: Iterable[Rectification], unit: str, leader: str) -> list[Duty]:
    """One word to the leader who left a reply unanswered for fourteen days (R-168)."""
    found = list[Duty]()
    for one in replies:
        if one.state is Stage.REPLIED and one.replied_on is not None:
            last = one.replied_on + UNANSWERED_AFTER
            window = Window(f"{last}{JUDGED}{unit}", one.replied_on, last)
            found.append(_duty(REPLY, leader, one, unit, window, "", "judge"))
    return found
