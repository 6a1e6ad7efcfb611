"""Whose names somebody may ask about, by office and day."""

from __future__ import annotations

from datetime import date

import pytest

from domain.people import Role, RoleKind
from domain.scope import branches, keeps_roster, scope_of, secretary_above, within
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 7, 6)
EVERYWHERE = {org.id for org in cast.ORGS}
MECHANICAL = {cast.ENGINEERING, cast.FIRST, cast.SECOND, cast.STUDENTS}
EXPECTED = {
    "2000001": EVERYWHERE,
    "2008030": EVERYWHERE,
    "2003011": MECHANICAL,
    "2005007": {cast.FIRST},
    "2006015": {cast.SECOND},
    "2015021": {cast.STUDENTS},
    "2004009": {cast.THIRD},
}


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize("person", [id for id, *_ in cast.PEOPLE])
def test_everybody_sees_their_own_units_and_nothing_by_default(person: str) -> None:
    roster = MemoryRoster()
    assert scope_of(roster, roster.known[person], DAY).orgs == EXPECTED.get(person, frozenset())


def test_the_office_reads_everything_and_leads_nobody() -> None:
    roster = MemoryRoster()
    assert scope_of(roster, roster.known["2008030"], DAY).led == frozenset()
    assert scope_of(roster, roster.known["2003011"], DAY).led == MECHANICAL


def test_a_secretary_of_last_year_sees_nothing_any_more() -> None:
    roster = MemoryRoster()
    roster.roles = [Role("2010018", RoleKind.SECRETARY, cast.FIRST, cast.START, date(2026, 7, 5))]
    assert not scope_of(roster, roster.known["2010018"], DAY)
    assert scope_of(roster, roster.known["2010018"], date(2026, 7, 5))


def test_a_recorder_and_a_clerk_read_their_own_unit_but_do_not_lead_it() -> None:
    roster = MemoryRoster()
    clerk = roster.add("9", cast.FIRST, (RoleKind.STAFF, cast.ENGINEERING))
    recorder = roster.add("8", cast.FIRST, (RoleKind.RECORDER, cast.FIRST))
    assert scope_of(roster, clerk, DAY).orgs == MECHANICAL
    assert scope_of(roster, recorder, DAY).orgs == {cast.FIRST}
    assert not scope_of(roster, clerk, DAY).led and not scope_of(roster, recorder, DAY).led


def test_an_administrator_keeps_the_roster_but_asks_for_no_duties() -> None:
    roster = MemoryRoster()
    admin = roster.known["2009012"]
    assert not scope_of(roster, admin, DAY)
    assert keeps_roster(roster, admin, DAY).orgs == EVERYWHERE


def test_only_people_of_the_scope_are_let_through() -> None:
    roster = MemoryRoster()
    scope = scope_of(roster, roster.known["2005007"], DAY)
    found = within(roster, scope, ["2012034", "2010018", "nobody"], DAY)
    assert [person.id for person, _ in found] == ["2010018"]
    assert [org.id for org in branches(roster, scope.orgs)] == [cast.FIRST]


def test_the_one_to_ask_is_the_secretary_of_the_branch_or_the_one_above() -> None:
    roster = MemoryRoster()
    asked = {id: secretary_above(roster, roster.known[id], DAY) for id in ("2010018", "2005007", "2004009")}
    assert {id: one.name if one else None for id, one in asked.items()} == {
        "2010018": "李芳",
        "2005007": "王建国",
        "2004009": None,
    }
