"""Whom somebody must review in a window, and what counts as done (R-034, R-138, R-139, R-142)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import profiles
from domain.coverage import MEMBERS, ORGANISATIONS, duties_of, reviewers, still_owed
from domain.duties import ReviewDuty
from domain.people import Link, Person, Role, RoleKind
from domain.permissions import Target
from domain.profile import merged
from domain.reviews import Review
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 6, 20)
HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
LI, WANG, MA, ZHENG = "2005007", "2003011", "2001002", "2000001"


def duties(person: str, roster: MemoryRoster | None = None, day: date = DAY) -> list[ReviewDuty]:
    roster = roster or MemoryRoster()
    return list(duties_of(roster, HARBIN, roster.known[person], day))


def done(duty: ReviewDuty, **change: object) -> Review:
    at = datetime(2026, 6, 15, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    target = duty.target
    whole = Review(
        "P-1", "P-1", target.type, target.subject, "某", target.org, "x", duty.capacity, at, at.date(),
        "periodic", "individual", "成绩", "不足", "方向",
    )  # fmt: skip
    return replace(whole, **change)  # type: ignore[arg-type]


@pytest.mark.requirement("R-034")
@pytest.mark.requirement("R-138")
def test_a_branch_secretary_owes_every_member_of_her_branch_but_herself_each_quarter() -> None:
    owed = duties(LI)
    assert {one.target.subject for one in owed} == {
        id for id, _, _, org, _ in cast.PEOPLE if org == cast.FIRST and id != LI
    }
    assert {(one.code, one.capacity, one.window.label) for one in owed} == {
        (MEMBERS, "branch_secretary", "2026-Q2")
    }


@pytest.mark.requirement("R-036")
def test_a_vice_president_is_on_the_list_of_the_branch_he_belongs_to() -> None:
    assert MA in {one.target.subject for one in duties("2004009")}


@pytest.mark.requirement("R-139")
def test_the_secretary_above_owes_each_branch_and_its_secretary_every_half_year() -> None:
    owed = {(one.target.type, one.target.subject) for one in duties(WANG)}
    assert owed == {
        ("org", cast.FIRST), ("org", cast.SECOND), ("org", cast.STUDENTS),
        ("secretary", LI), ("secretary", "2006015"), ("secretary", "2015021"),
    }  # fmt: skip
    assert {one.window.label for one in duties(WANG)} == {"2026-H1"}


@pytest.mark.requirement("R-032")
def test_a_school_leader_owes_the_organisation_of_his_contact_point_and_its_secretary() -> None:
    assert [one.target for one in duties(MA)] == [
        Target("org", cast.ENGINEERING, cast.ENGINEERING),
        Target("secretary", WANG, cast.ENGINEERING),
    ]


@pytest.mark.requirement("R-030")
def test_the_party_secretary_owes_every_organisation_of_level_one() -> None:
    orgs = {one.target.subject for one in duties(ZHENG) if one.target.type == "org"}
    assert orgs == {cast.ENGINEERING, cast.OFFICES}


def test_members_of_a_branch_without_a_secretary_are_owed_by_the_one_above() -> None:
    roster = MemoryRoster()
    roster.roles = [role for role in roster.roles if role.person != LI]
    owed = [one for one in duties(WANG, roster) if one.code == MEMBERS]
    assert LI in {one.target.subject for one in owed}
    assert {one.capacity for one in owed} == {"l1_secretary"}
    assert WANG not in {one.target.subject for one in owed}


def test_a_plain_member_owes_nobody_anything() -> None:
    assert duties("2010018") == []


@pytest.mark.requirement("R-015")
def test_somebody_who_is_no_party_member_is_owed_no_review() -> None:
    roster = MemoryRoster()
    roster.known["2010018"] = Person("2010018", "张伟", political="群众")
    people = [one.object for one in duties_of(roster, HARBIN, roster.known[LI], DAY)]
    assert "2010018" not in people


@pytest.mark.requirement("R-350")
def test_a_window_that_opened_before_the_unit_started_holds_no_duty() -> None:
    roster = MemoryRoster()
    roster.tree = [
        replace(org, starts_on=date(2026, 5, 1)) if org.id == cast.FIRST else org for org in roster.tree
    ]
    assert duties(LI, roster) == []
    assert len(duties(LI, roster, date(2026, 7, 1))) == 9


def test_the_other_profile_asks_for_members_once_a_term_or_not_at_all() -> None:
    roster = MemoryRoster()
    li = roster.known[LI]
    assert {one.window.label for one in duties_of(roster, QINGDAO, li, DAY)} == {"2026-H1"}
    never = merged(HARBIN, {"review.member_cadence": "none"}, "own")
    assert list(duties_of(roster, never, li, DAY)) == []


@pytest.mark.requirement("R-324")
@pytest.mark.parametrize("scope", ["all", "portfolio"])
@pytest.mark.parametrize("portfolio", [True, False])
def test_who_reviews_an_organisation_is_whoever_owes_that_review(scope: str, portfolio: bool) -> None:
    roster = MemoryRoster()
    roster.links.append(Link(ZHENG, cast.OFFICES, "分管", cast.START))
    roster.roles.append(
        Role("2012077", RoleKind.SECRETARY, cast.STUDENTS, cast.START, None, "代书记", acting=True)
    )
    own = {"review.party_secretary_scope": scope, "review.portfolio_authorises": portfolio}
    office = merged(HARBIN, own, "own")
    for org in roster.tree:
        owing = {
            one.id
            for one in roster.known.values()
            for duty in duties_of(roster, office, one, DAY)
            if duty.code == ORGANISATIONS and duty.target == Target("org", org.id, org.id)
        }
        assert set(reviewers(roster, office, org, DAY)) == owing, org.id


@pytest.mark.requirement("R-142")
@pytest.mark.requirement("R-037")
@pytest.mark.parametrize(
    "change",
    [
        {"kind": "daily"}, {"gaps": ""}, {"state": "voided"}, {"common_only": True}, {"upward": True},
        {"capacity": "l1_secretary"}, {"org": cast.SECOND}, {"target": "secretary"}, {"day": date(2026, 3, 31)},
    ],
)  # fmt: skip
def test_a_review_that_is_not_the_one_owed_leaves_the_duty_open(change: dict[str, object]) -> None:
    duty = duties(LI)[0]
    assert still_owed([duty], [done(duty)], ()) == []
    assert still_owed([duty], [done(duty, **change)], ()) == [duty]


def test_an_organisation_reviewed_by_another_who_may_is_reviewed() -> None:
    duty = next(one for one in duties(MA) if one.code == ORGANISATIONS)
    assert still_owed([duty], [done(duty, capacity="party_secretary")], ()) == []


@given(st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_what_is_owed_is_all_but_the_done_and_the_waived(reviewed: set[int], waived: set[int]) -> None:
    owed = duties(LI)
    ids = {owed[n].target.subject for n in waived}
    left = still_owed(owed, [done(owed[n]) for n in reviewed], ids)
    assert left == [one for n, one in enumerate(owed) if n not in reviewed | waived]


def test_the_recorder_and_the_deputy_owe_no_review() -> None:
    roster = MemoryRoster()
    roster.add("recorder", cast.FIRST, (RoleKind.RECORDER, cast.FIRST), (RoleKind.DEPUTY, cast.FIRST))
    assert duties("recorder", roster) == []
