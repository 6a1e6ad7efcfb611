"""What the people of an organisation could be reminded of at a moment, open or with the reason why not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from domain.duties import Duty, above, gathering, pendings
from domain.duties.sight import Sight
from domain.people import Organisation
from domain.reminders import Pending

NOT_OPENED = "书记还没有回复“开始”"
UNREACHABLE = "没有绑定企业微信"


def of_unit(at: Sight, unit: Organisation) -> list[Pending]:
    """Every duty of an organisation's people."""
    return _known(at, unit, gathering.of_unit(at, unit))


def of_person(at: Sight, person: str, pairs: Collection[tuple[str, str]]) -> list[Pending]:
    """One person's duties of some kinds and periods, wherever they arise; for a single message about to leave."""
    who = at.roster.person(person)
    codes = {code for code, _ in pairs}
    places = gathering.places(at, who) if who else ()
    late = [at.roster.org(id) for id in sorted({above.unit_in(label) for _, label in pairs} - {""})]
    found = [one for unit in places for one in _known(at, unit, _some(at, unit, person, codes))]
    for unit in late:
        found += _known(at, unit, gathering.words_about(at, unit, person)) if unit else []
    return [one for one in found if (one.duty, one.period) in pairs]


def unreachable(found: Sequence[Pending]) -> list[str]:
    """Who still has something to do and cannot be reached at all."""
    return sorted({one.person for one in found if one.reason == UNREACHABLE})


def _some(at: Sight, unit: Organisation, person: str, codes: Collection[str]) -> list[Duty]:
    return [one for one in gathering.of_person(at, unit, person) if one.code in codes]


def _known(at: Sight, unit: Organisation, duties: Sequence[Duty]) -> list[Pending]:
    found = pendings(duties, unit.id, NOT_OPENED if unit.opened_on is None else "")
    people = {one.person for one in found}
    reachable = at.roster.has_account(people) if people else set()
    return _snoozed(at, [_reachable(one, reachable) for one in found])


def _reachable(pending: Pending, reachable: Collection[str]) -> Pending:
    if pending.reason or pending.person in reachable:
        return pending
    return replace(pending, reason=UNREACHABLE)


def _snoozed(at: Sight, found: Sequence[Pending]) -> list[Pending]:
    people = sorted({one.person for one in found if not one.reason})
    snoozes = at.facts.snoozes(people) if people else ()
    until = {(one.person, one.duty, one.period): one.until for one in snoozes}
    return [replace(one, snoozed_until=until.get((one.person, one.duty, one.period))) for one in found]
