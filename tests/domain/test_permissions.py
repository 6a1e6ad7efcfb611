"""Who may review whom: the matrix of domain §2.2, cell by cell, and the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import profiles
from domain.people import Link, Organisation, OrgKind, Role, RoleKind
from domain.permissions import Target, may_register, may_review, offices_of, targets_of, who_may_review
from domain.profile import Profile, merged
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 6, 15)
HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
DIRECT = "图书馆直属党支部"
S, A, C, D = RoleKind.SECRETARY, RoleKind.ADMIN_HEAD, RoleKind.COMMITTEE, RoleKind.DEPUTY

TARGETS = {
    "l1_org": Target("org", cast.ENGINEERING, cast.ENGINEERING),
    "l1_secretary": Target("secretary", "2003011", cast.ENGINEERING),
    "l1_committee": Target("member", "committee_l1", cast.ENGINEERING),
    "branch": Target("org", cast.FIRST, cast.FIRST),
    "branch_secretary": Target("secretary", "2005007", cast.FIRST),
    "branch_committee": Target("member", "committee", cast.FIRST),
    "member": Target("member", "2010018", cast.FIRST),
    "leading": Target("member", "2003011", cast.FIRST),
    "school_leader": Target("member", "leader", cast.FIRST),
    "direct_member": Target("member", "reader", DIRECT),
    "direct_committee": Target("member", "direct_committee", DIRECT),
    "direct_secretary_as_member": Target("member", "direct", DIRECT),
    "direct_org": Target("org", DIRECT, DIRECT),
    "school_committee": Target("member", "leader", cast.SCHOOL),
    "direct_leading": Target("member", "office_head", DIRECT),
    "direct_school_leader": Target("member", "vice_president", DIRECT),
    "l1_deputy": Target("member", "deputy_l1", cast.ENGINEERING),
}
COLUMNS = tuple(TARGETS)
# One letter a column of TARGETS: Y allowed, d 日常 only, - refused.
ROWS = {
    ("harbin", "2000001"): "YYdddddd-ddYYYd-d",
    ("harbin", "2001002"): "YYdddddd--------d",
    ("harbin", "2003011"): "--YYYYY---------Y",
    ("harbin", "admin_head"): "-----------------",
    ("harbin", "2005007"): "-----YYYY--------",
    ("harbin", "2006015"): "-----------------",
    ("harbin", "direct"): "---------YY---YY-",
    ("harbin", "committee"): "-----------------",
    ("harbin", "direct_committee"): "-----------------",
    ("harbin", "committee_l1"): "-----------------",
    ("harbin", "deputy_l1"): "-----------------",
    ("harbin", "acting_l1"): "--YYYYYY--------Y",
    ("harbin", "group_leader"): "-----------------",
    ("harbin", "2010018"): "-----------------",
    ("harbin", "voter"): "-----------------",
    ("harbin", "2008030"): "-----------------",
    ("harbin", "department"): "-----------------",
    ("harbin", "2009012"): "-----------------",
    ("qingdao", "2000001"): "-------------Y---",
    ("qingdao", "2001002"): "YYdddddd--------d",
    ("qingdao", "portfolio"): "YYdddddd--------d",
    ("harbin", "portfolio"): "-----------------",
    ("qingdao", "2003011"): "--YYYYY---------Y",
    ("qingdao", "admin_head"): "---YY------------",
    ("qingdao", "direct"): "---------YY---YY-",
    ("qingdao", "2005007"): "-----YYYY--------",
}
# What an external leader says is registered by a 书记 who may review the same himself; never about a school leader.
REGISTERS = {
    "2000001": "YYYYYYYY-YYYY-Y-Y",
    "2001002": "-----------------",
    "2003011": "--YYYYY---------Y",
    "2005007": "-----YYY---------",
    "2006015": "-----------------",
    "direct": "---------YY---Y--",
    "admin_head": "-----------------",
    "2008030": "-----------------",
    "2009012": "-----------------",
    "2010018": "-----------------",
}


def roster() -> MemoryRoster:
    school = MemoryRoster()
    school.tree.append(Organisation(DIRECT, DIRECT, OrgKind.DIRECT_BRANCH, cast.SCHOOL))
    school.add("leader", cast.FIRST, (RoleKind.SCHOOL_LEADER, cast.SCHOOL))
    school.add("portfolio", cast.THIRD, (RoleKind.SCHOOL_LEADER, cast.SCHOOL))
    school.add("committee_l1", cast.SECOND, (C, cast.ENGINEERING))
    school.add("deputy_l1", cast.SECOND, (D, cast.ENGINEERING))
    school.add("admin_head", cast.SECOND, (A, cast.ENGINEERING))
    school.add("committee", cast.FIRST, (C, cast.FIRST))
    school.add("direct", DIRECT, (S, DIRECT))
    school.add("direct_committee", DIRECT, (C, DIRECT))
    school.add("reader", DIRECT)
    school.add("office_head", DIRECT, categories=("担任领导职务",))
    school.add("vice_president", DIRECT, (RoleKind.SCHOOL_LEADER, cast.SCHOOL))
    school.add("group_leader", cast.FIRST)
    school.add("voter", cast.FIRST)
    school.known["voter"] = replace(school.known["voter"], political="群众")
    school.add("department", cast.THIRD, (RoleKind.STAFF, cast.DEPARTMENT))
    school.add("acting_l1", cast.SECOND)
    acting = Role("acting_l1", S, cast.ENGINEERING, cast.START, date(2026, 6, 30), "代书记", acting=True)
    school.roles.append(acting)
    school.links.append(Link("portfolio", cast.ENGINEERING, "分管", cast.START))
    return school


def letter(profile: Profile, actor: str, target: Target, school: MemoryRoster | None = None) -> str:
    school = school or roster()
    person = school.person(actor)
    assert person is not None
    decision = may_review(school, profile, person, target, DAY)
    return "-" if not decision.allowed else "d" if decision.daily_only else "Y"


@pytest.mark.requirement("R-030")
@pytest.mark.requirement("R-031")
@pytest.mark.requirement("R-032")
@pytest.mark.requirement("R-033")
@pytest.mark.requirement("R-034")
@pytest.mark.requirement("R-035")
@pytest.mark.requirement("R-036")
@pytest.mark.requirement("R-037")
@pytest.mark.requirement("R-039")
@pytest.mark.requirement("R-110")
@pytest.mark.parametrize(
    ("profile", "actor", "column"), [(*key, column) for key in ROWS for column in COLUMNS], ids="-".join
)
def test_each_cell_of_the_matrix(profile: str, actor: str, column: str) -> None:
    expected = ROWS[profile, actor][COLUMNS.index(column)]
    assert letter(profiles.load(profile), actor, TARGETS[column]) == expected


@pytest.mark.requirement("R-040")
@pytest.mark.parametrize(("actor", "column"), [(one, column) for one in REGISTERS for column in COLUMNS])
def test_an_external_review_is_registered_by_a_secretary_who_may_review_the_same(
    actor: str, column: str
) -> None:
    school = roster()
    verdict = may_register(school, HARBIN, school.known[actor], TARGETS[column], DAY)
    assert verdict.allowed == (REGISTERS[actor][COLUMNS.index(column)] == "Y")
    assert verdict.allowed or verdict.reason


@pytest.mark.requirement("R-040", "R-043")
def test_who_cannot_register_hears_which_secretary_can() -> None:
    school = roster()
    refused = may_register(school, HARBIN, school.known["2005007"], TARGETS["branch"], DAY)
    assert "2003011" in {one.person for one in refused.instead}
    assert {one.capacity for one in refused.instead} <= {"l1_secretary", "party_secretary"}


@pytest.mark.requirement("R-041")
def test_the_deputy_of_a_general_branch_reviews_nothing_after_his_last_day() -> None:
    school = roster()
    deputy = school.known["acting_l1"]
    assert may_review(school, HARBIN, deputy, TARGETS["branch"], date(2026, 6, 30)).allowed
    assert not may_review(school, HARBIN, deputy, TARGETS["branch"], date(2026, 7, 1)).allowed


@pytest.mark.requirement("R-038")
def test_nobody_reviews_himself_in_any_capacity() -> None:
    school = roster()
    for person in school.known.values():
        for target in targets_of(school, person, DAY):
            assert may_review(school, HARBIN, person, target, DAY).reason == "self"


@pytest.mark.requirement("R-038")
def test_a_secretary_does_not_review_the_organisation_he_leads() -> None:
    school = roster()
    wang = school.known["2003011"]
    decision = may_review(school, HARBIN, wang, TARGETS["l1_org"], DAY)
    assert (decision.reason, decision.instead[0].capacity) == ("own", "party_secretary")


@pytest.mark.requirement("R-038")
def test_a_branch_secretary_is_covered_as_a_member_by_the_secretary_above() -> None:
    school = roster()
    li = Target("member", "2005007", cast.FIRST)
    found = who_may_review(school, HARBIN, li, DAY)
    assert (found[0].person, found[0].capacity) == ("2003011", "l1_secretary")


@pytest.mark.requirement("R-036")
def test_a_vice_president_is_reviewed_as_a_member_by_the_secretary_of_his_branch() -> None:
    school = roster()
    he = school.known["2004009"]
    decision = may_review(school, HARBIN, he, Target("member", "2001002", cast.THIRD), DAY)
    assert (decision.allowed, decision.capacity, decision.daily_only) == (True, "branch_secretary", False)


@pytest.mark.requirement("R-035")
def test_the_party_secretary_reviews_the_members_of_his_committee() -> None:
    assert letter(HARBIN, "2000001", Target("member", "2001002", cast.SCHOOL)) == "Y"
    assert letter(HARBIN, "2000001", Target("member", "2001002", cast.THIRD)) == "-"


@pytest.mark.requirement("R-042")
def test_the_office_is_refused_with_those_who_may() -> None:
    school = roster()
    decision = may_review(school, HARBIN, school.known["2008030"], TARGETS["member"], DAY)
    who = [one.person for one in decision.instead]
    assert (decision.reason, who) == ("office", ["2005007", "2003011", "acting_l1"])


@pytest.mark.requirement("R-043")
def test_a_refusal_names_who_may_instead_and_nobody_who_may_only_daily() -> None:
    school = roster()
    decision = may_review(school, HARBIN, school.known["2004009"], TARGETS["l1_org"], DAY)
    assert decision.reason == "outside"
    assert [one.capacity for one in decision.instead] == ["party_secretary", "school_leader"]


@pytest.mark.requirement("R-037")
def test_members_are_closed_to_the_secretary_above_where_the_office_says_so() -> None:
    closed = merged(HARBIN, {"review.l1_may_review_members": False}, "own")
    assert letter(closed, "2003011", TARGETS["member"]) == "-"


def test_the_secretary_above_stands_in_for_a_branch_without_a_secretary() -> None:
    closed = merged(HARBIN, {"review.l1_may_review_members": False}, "own")
    school = roster()
    school.roles = [role for role in school.roles if role.person != "2005007"]
    assert letter(closed, "2003011", TARGETS["member"], school) == "Y"


@pytest.mark.requirement("R-004")
def test_a_leader_can_no_longer_review_after_his_link_has_ended() -> None:
    school = roster()
    school.links = [replace(link, end=date(2026, 6, 14)) for link in school.links]
    assert letter(HARBIN, "2001002", TARGETS["l1_org"], school) == "-"


@pytest.mark.requirement("R-031")
def test_the_party_secretary_of_a_portfolio_reviews_what_is_linked_to_him() -> None:
    school = roster()
    school.links.append(Link("2000001", cast.ENGINEERING, "分管", cast.START))
    assert letter(QINGDAO, "2000001", TARGETS["l1_org"], school) == "Y"
    assert letter(QINGDAO, "2000001", Target("org", cast.OFFICES, cast.OFFICES), school) == "-"


@pytest.mark.requirement("R-019")
def test_the_most_direct_of_several_posts_counts() -> None:
    school = roster()
    school.add("both", cast.FIRST, (S, cast.FIRST), (S, cast.ENGINEERING))
    assert [one.capacity for one in offices_of(school, "both", DAY)] == ["branch_secretary", "l1_secretary"]
    decision = may_review(school, HARBIN, school.known["both"], TARGETS["member"], DAY)
    assert decision.capacity == "branch_secretary"


def test_nobody_reviews_the_school_committee_here_or_an_organisation_that_does_not_exist() -> None:
    assert letter(HARBIN, "2000001", Target("org", cast.SCHOOL, cast.SCHOOL)) == "-"
    assert letter(HARBIN, "2000001", Target("org", "无此组织", "无此组织")) == "-"
    assert letter(HARBIN, "2000001", Target("secretary", "2010018", cast.FIRST)) == "-"
