"""The private list which a 书记 gets the day after a window of her members ended (R-323)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from domain.duties import Duty, Window
from domain.reminders import STEPS

AFTER = STEPS[-1:]
MARK = "#"
"""Behind a period's code: not the duty itself but the list of those who still owe it."""


def duties(of_members: Iterable[Duty], unit: str, heads: Sequence[str], today: date) -> list[Duty]:
    """One duty a 书记 and ended window, about whoever of her unit still owes it; open until nobody does."""
    found = []
    for (code, label), group in groupby(sorted(of_members, key=_window), key=_window):
        late = [one for one in group if one.is_overdue_on(today) and not one.silence]
        if late:
            found += [_list(code, label, unit, head, late) for head in heads]
    return [one for one in found if one.note["late"]]


def _window(duty: Duty) -> tuple[str, str]:
    return (duty.code, duty.window.label)


def _list(code: str, label: str, unit: str, head: str, late: Sequence[Duty]) -> Duty:
    ended = late[0].window
    names = [one.note["name"] for one in sorted(late, key=_owner) if one.owner != head]
    window = Window(f"{label}{MARK}{unit}", ended.opens, ended.due)
    return Duty(code, head, unit, unit, window, note={"late": names}, steps=AFTER)


def _owner(duty: Duty) -> str:
    return duty.owner
