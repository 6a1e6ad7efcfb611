"""Who countersigns, who publishes, and whose chair is filled by the one above."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.authority import may
from domain.commitments import Commitment, State
from domain.people import Organisation, OrgKind, Person, Role, RoleKind
from domain.signing import Chairs, desk, signer_org_of_member, signer_org_of_organisation
from tests import cast
from tests.cast import ENGINEERING, FIRST, OFFICES, SCHOOL, SECOND, THIRD
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 6, 1)
LIFANG, WANG, ZHENG, MA, HEMIN, ZHANG = "2005007", "2003011", "2000001", "2001002", "2004009", "2010018"


def item(owner: str, org: str, signer_org: str, owner_type: str = "person") -> Commitment:
    return Commitment(
        "C-2026-0154-1", owner_type, owner, "某人", org, signer_org, "annual", "讲3次课", DAY, DAY, State.SIGNED, DAY
    )  # fmt: skip


def signers(roster: MemoryRoster, commitment: Commitment) -> list[str]:
    return list(Chairs(roster, DAY).signers(commitment))


@pytest.mark.requirement("R-074")
def test_a_members_item_is_signed_by_the_secretary_of_the_branch() -> None:
    assert signers(MemoryRoster(), item(ZHANG, FIRST, FIRST)) == [LIFANG]


@pytest.mark.requirement("R-074")
def test_a_secretarys_own_item_goes_to_the_organisation_above() -> None:
    roster = MemoryRoster()
    person, branch = roster.person(LIFANG), roster.org(FIRST)
    assert person and branch
    assert signer_org_of_member(roster, person, branch, DAY) == ENGINEERING
    assert signers(roster, item(LIFANG, FIRST, ENGINEERING)) == [WANG]


def test_a_leader_of_the_organisation_above_is_an_ordinary_member_in_his_branch() -> None:
    roster = MemoryRoster()
    person, branch = roster.person(WANG), roster.org(FIRST)
    assert person and branch
    assert signer_org_of_member(roster, person, branch, DAY) == FIRST


@pytest.mark.requirement("R-074")
def test_an_empty_chair_is_filled_by_the_one_above() -> None:
    roster = MemoryRoster()
    roster.roles = [role for role in roster.roles if (role.org, role.role) != (FIRST, RoleKind.SECRETARY)]
    assert signers(roster, item(ZHANG, FIRST, FIRST)) == [WANG]
    assert signers(roster, item(WANG, FIRST, FIRST)) == [ZHENG]
    assert FIRST in desk(Chairs(roster, DAY), WANG)
    assert FIRST in desk(Chairs(roster, DAY), ZHENG)


def test_the_chair_of_the_office_party_branch_is_empty_in_the_cast_and_goes_up_to_the_school() -> None:
    assert signers(MemoryRoster(), item(HEMIN, THIRD, OFFICES)) == [ZHENG]


def test_nobody_signs_his_own_item_even_where_he_alone_is_secretary() -> None:
    assert LIFANG not in signers(MemoryRoster(), item(LIFANG, FIRST, FIRST))


@pytest.mark.requirement("R-074")
def test_a_branchs_item_is_signed_above_and_a_level_one_item_also_by_the_leader_of_its_contact_point() -> (
    None
):
    roster = MemoryRoster()
    assert signers(roster, item(FIRST, FIRST, ENGINEERING, "org")) == [WANG]
    assert signers(roster, item(ENGINEERING, ENGINEERING, SCHOOL, "org")) == [ZHENG, MA]
    assert SCHOOL in desk(Chairs(roster, DAY), MA)


def test_a_post_that_has_ended_signs_nothing() -> None:
    roster = MemoryRoster()
    roster.roles = [
        replace(role, end=date(2026, 5, 31)) if role.person == LIFANG else role for role in roster.roles
    ]
    assert signers(roster, item(ZHANG, FIRST, FIRST)) == [WANG]


def test_several_secretaries_may_all_sign() -> None:
    roster = MemoryRoster()
    roster.add("9", SECOND, (RoleKind.SECRETARY, FIRST))
    assert signers(roster, item(ZHANG, FIRST, FIRST)) == [LIFANG, "9"]


def test_the_contracts_capacity_says_who_signed_for_whom() -> None:
    known = Chairs(MemoryRoster(), DAY)
    assert known.capacity(item(ZHANG, FIRST, FIRST), LIFANG) == "secretary"
    assert known.capacity(item(LIFANG, FIRST, ENGINEERING), WANG) == "superior"
    assert known.capacity(item(FIRST, FIRST, ENGINEERING, "org"), WANG) == "superior"
    assert (known.post(LIFANG), known.post(WANG), known.post(ZHENG)) == (
        "branch_secretary",
        "l1_secretary",
        "party_secretary",
    )
    assert known.post(ZHANG) == ""


def test_a_desk_holds_nothing_of_other_organisations() -> None:
    assert set(desk(Chairs(MemoryRoster(), DAY), LIFANG)) == {FIRST}
    assert SECOND not in desk(Chairs(MemoryRoster(), DAY), LIFANG)
    assert desk(Chairs(MemoryRoster(), DAY), ZHANG) == []


@st.composite
def schools(draw):
    """A tree of up to three levels whose chairs are held by a few people, or vacant, as it comes."""
    roster = MemoryRoster(tree=[], roles=[], links=[])
    above: list[list[str]] = [[""], [], [], []]
    for level, kind in enumerate((OrgKind.SCHOOL, OrgKind.GENERAL_BRANCH, OrgKind.BRANCH), 1):
        for n in range(1 if level == 1 else draw(st.integers(1, 4))):
            org = f"{level}-{n}"
            above[level].append(org)
            parent = draw(st.sampled_from(above[level - 1]))
            roster.tree.append(Organisation(org, org, kind, parent or None, "", org, cast.START, cast.START))
            chairs = draw(st.lists(st.sampled_from("甲乙丙丁"), max_size=2, unique=True))
            roster.roles += [Role(who, RoleKind.SECRETARY, org, cast.START) for who in chairs]
    return roster


@pytest.mark.requirement("R-074")
@given(schools(), st.sampled_from("甲乙丙丁"))
def test_a_desk_is_every_organisation_where_one_may_be_the_nearest_chair_or_the_one_behind_it(roster, person):
    known = Chairs(roster, DAY)

    def near(org: str) -> bool:
        first = known.above(org)
        second = known.above(org, first[1]) if first else None
        return any(person in found[1] for found in (first, second) if found)

    assert desk(known, person) == sorted(org.id for org in roster.tree if near(org.id))


@pytest.mark.requirement("R-074", "R-079", "R-043")
@given(schools(), st.sampled_from("甲乙丙丁"), st.data())
def test_signing_in_bulk_asks_for_the_same_people_as_the_table_of_authority(roster, owner, data):
    roster.known = {who: Person(who, who, who) for who in "甲乙丙丁"}
    org = data.draw(st.sampled_from(roster.tree))
    # Members belong to branches; everything above may promise as an organisation.
    is_member = org.kind is OrgKind.BRANCH and data.draw(st.booleans())
    if is_member:
        signer = signer_org_of_member(roster, roster.known[owner], org, DAY)
        one, act, about = item(owner, org.id, signer), "sign_member", owner
    else:
        one, act, about = item(org.id, org.id, signer_org_of_organisation(org), "org"), "sign_org", org.id
    known = Chairs(roster, DAY)
    may_sign = {who for who in "甲乙丙丁" if may(roster, roster.known[who], act, org.id, DAY, about).allowed}
    may_publish = {
        who for who in "甲乙丙丁" if may(roster, roster.known[who], "publish", org.id, DAY).allowed
    }
    assert set(known.signers(one)) == may_sign
    assert set(known.publishers(one)) == may_publish
