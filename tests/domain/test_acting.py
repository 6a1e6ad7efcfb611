"""Acting and vacant secretaries: who reviews whom, as what, and for how long (R-038, R-041, O-43)."""

from __future__ import annotations

from datetime import date

import pytest

from bot import profiles
from domain import coverage
from domain.acting import acting
from domain.authority import heads, may
from domain.people import Person, Role, RoleKind
from domain.permissions import Target, may_review, targets_of
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY, PROFILE = date(2026, 7, 1), profiles.load("harbin")
HEAD, DEPUTY, ABOVE, MEMBER = "2005007", "2014023", "2003011", "2007033"


def _lent() -> MemoryRoster:
    roster = MemoryRoster()
    last = date(2026, 8, 31)
    roster.roles.append(Role(DEPUTY, RoleKind.SECRETARY, cast.FIRST, DAY, last, "代书记", True))
    return roster


def _vacant() -> MemoryRoster:
    roster = MemoryRoster()
    roster.roles = [role for role in roster.roles if role.person != HEAD]
    return roster


def _owed(roster: MemoryRoster, person: str, day: date = DAY) -> set[str]:
    duties = coverage.duties_of(roster, PROFILE, roster.known[person], day)
    return {one.target.subject for one in duties if one.code == coverage.MEMBERS}


@pytest.mark.requirement("R-041")
def test_who_acts_reviews_until_the_last_day_and_not_the_day_after() -> None:
    roster, target = _lent(), Target("member", MEMBER, cast.FIRST)
    deputy = roster.known[DEPUTY]
    assert may_review(roster, PROFILE, deputy, target, date(2026, 8, 31)).allowed
    refused = may_review(roster, PROFILE, deputy, target, date(2026, 9, 1))
    assert not refused.allowed and [one.person for one in refused.instead] == [HEAD, ABOVE]


@pytest.mark.requirement("R-041")
def test_both_names_stand_where_somebody_acts_and_only_there() -> None:
    roster = _lent()
    assert acting(roster, DEPUTY, "branch_secretary", cast.FIRST, DAY) == "代李芳"
    assert acting(roster, HEAD, "branch_secretary", cast.FIRST, DAY) == ""


@pytest.mark.requirement("R-038", "R-041")
def test_the_one_who_acts_is_still_a_member_for_his_secretary_and_never_reviews_her() -> None:
    roster = _lent()
    assert Target("secretary", DEPUTY, cast.FIRST) not in targets_of(roster, roster.known[DEPUTY], DAY)
    assert DEPUTY in _owed(roster, HEAD)
    assert HEAD not in _owed(roster, DEPUTY) and DEPUTY not in _owed(roster, DEPUTY)
    own = Target("member", HEAD, cast.FIRST)
    assert not may_review(roster, PROFILE, roster.known[DEPUTY], own, DAY).allowed


@pytest.mark.requirement("R-034")
def test_an_empty_chair_is_filled_from_above_until_somebody_acts() -> None:
    roster = _vacant()
    assert heads(roster, cast.FIRST, DAY) == [ABOVE]
    assert MEMBER in _owed(roster, ABOVE)
    roster.roles.append(Role(DEPUTY, RoleKind.SECRETARY, cast.FIRST, DAY, date(2026, 8, 31), "代书记", True))
    assert heads(roster, cast.FIRST, DAY) == [DEPUTY]
    assert MEMBER in _owed(roster, DEPUTY) and MEMBER not in _owed(roster, ABOVE)
    assert acting(roster, DEPUTY, "branch_secretary", cast.FIRST, DAY) == "代书记"
    assert Target("secretary", DEPUTY, cast.FIRST) in targets_of(roster, roster.known[DEPUTY], DAY)
    assert MEMBER in _owed(roster, ABOVE, date(2026, 9, 1))


@pytest.mark.requirement("R-041")
@pytest.mark.parametrize(
    ("person", "act", "allowed"),
    [
        (HEAD, "delegate", True),
        (DEPUTY, "delegate", False),
        (ABOVE, "delegate", False),
        (ABOVE, "act", True),
        (HEAD, "act", False),
        (DEPUTY, "transfer", True),
        (HEAD, "hand_over", False),
        (ABOVE, "hand_over", True),
        ("2008030", "hand_over", True),
        ("2009012", "link", True),
        (ABOVE, "link", False),
        (MEMBER, "change", False),
    ],
)
def test_who_may_do_what_in_the_first_branch(person: str, act: str, allowed: bool) -> None:
    roster = _lent()
    verdict = may(roster, roster.known[person], act, cast.FIRST, DAY)
    assert verdict.allowed is allowed
    assert bool(verdict.capacity) is allowed
    assert allowed or person not in verdict.instead


@pytest.mark.requirement("R-038")
def test_nobody_decides_about_himself_from_his_own_chair() -> None:
    roster = MemoryRoster()
    head = roster.known[HEAD]
    assert not may(roster, head, "leave", cast.FIRST, DAY, HEAD).allowed
    assert may(roster, roster.known[ABOVE], "leave", cast.FIRST, DAY, HEAD).allowed
    assert not may(roster, Person("x", "某"), "leave", cast.FIRST, DAY).allowed
