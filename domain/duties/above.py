"""The private word to the 书记 above on the day after: a whole organisation is late, never a single person (R-323)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from domain.duties import Duty, State, Window
from domain.people import Organisation
from domain.reminders import STEPS

AFTER = STEPS[-1:]
MARK = "^"
"""Behind a period's code: not the duty itself but word that nobody of the organisation behind it has done it."""
CODES = ("K-01", "K-05", "K-08", "K-09", "K-10")
FEWEST = 2
"""Of less than two who owe the same, word of the organisation would be word of a person."""


def duties(
    of_unit: Iterable[Duty], unit: Organisation, above: Callable[[], Sequence[str]], today: date
) -> list[Duty]:
    """One duty a 书记 above and ended window of which nothing at all was done in the unit; they are looked up if needed."""
    mine = sorted((one for one in of_unit if one.code in CODES), key=_window)
    groups = (list(group) for _, group in groupby(mine, key=_window))
    late = [group for group in groups if _is_whole(group, today)]
    return [_word(group[0], unit, head) for group in late for head in above()]


def unit_in(label: str) -> str:
    """The organisation of which a word's label speaks; empty for every other label."""
    return label.partition(MARK)[2]


def _window(duty: Duty) -> tuple[str, str]:
    return (duty.code, duty.window.label)


def _is_whole(group: Sequence[Duty], today: date) -> bool:
    owed = [one for one in group if one.state not in (State.WAIVED, State.FREE) and not one.silence]
    each_his_own = all(one.owner == one.object for one in owed)
    enough = len(owed) >= (FEWEST if each_his_own else 1)
    return enough and all(one.state is State.OPEN and one.is_overdue_on(today) for one in owed)


def _word(late: Duty, unit: Organisation, head: str) -> Duty:
    window = Window(f"{late.window.label}{MARK}{unit.id}", late.window.opens, late.window.due)
    # K-01 is owed by the members and, in another window, by the organisation itself.
    note = {"org": unit.name, "own": late.object == unit.id}
    return Duty(late.code, head, unit.id, unit.id, window, note=note, steps=AFTER)
