"""Who may do what: domain §2.3 act by act and person by person, written out as people read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.attestations import owners
from domain.authority import POWERS, may, might
from domain.people import Person, Role, RoleKind
from domain.scope import reach
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 7, 6)
ZHANG, LI, WANG = "2010018", "2005007", "2003011"
# 张伟 is an ordinary member of 教工第一党支部; everybody else stands to him, or to his branch, as the word says.
WHO = {
    "本人": ZHANG, "同支部": "2011045", "支书": LI, "副书记": "deputy", "支委": "committee", "记录员": "recorder",
    "邻支书": "2006015", "总支书": WANG, "总支员": "clerk", "院长": "dean", "别总支": "other_l1", "校领导": "2001002",
    "校书记": "2000001", "办公室": "2008030", "组织部": "department", "管理员": "2009012", "群众": "voter",
    "已离开": "gone",
}  # fmt: skip
PLACES = {
    "党员": (cast.FIRST, ZHANG),
    "支书本人": (cast.FIRST, LI),
    "支部": (cast.FIRST, cast.FIRST),
    "支部里": (cast.FIRST, ""),
    "总支": (cast.ENGINEERING, cast.ENGINEERING),
    "总支里": (cast.ENGINEERING, ""),
    "总支书本人": (cast.ENGINEERING, WANG),
    "学校党委": (cast.SCHOOL, cast.SCHOOL),
    "王建国写的": (cast.FIRST, WANG),
}
# act, about whom or what, and who may; everybody who is not named may not.
TABLE = """
commit                党员        本人
commit                支书本人    支书
commit_for_org        支部        支书
sign_member           党员        支书
sign_member           支书本人    总支书
sign_org              支部        总支书
sign_org              总支        校书记 校领导
publish               党员        支书
publish               支部里      支书
verify_member         党员        支书
verify_member         支书本人    总支书
verify_org            支部        总支书
verify_org            总支        校书记 校领导
record                党员        本人
record                支书本人    支书
enter_for             党员        支书 记录员
enter_for             支书本人    记录员
waive                 党员        支书 总支书 校书记
waive                 支书本人    总支书 校书记
nudge                 支部        支书 总支书 校书记
ask                   支部        支书 记录员 总支书 总支员 校书记 办公室 组织部
ask                   总支        总支书 总支员 校书记 办公室 组织部
look                  党员        支书 记录员 总支书 总支员 校书记 办公室 组织部
attest                支部        支书 记录员
attest                总支        总支书
attest                学校党委    校书记 办公室
plan                  总支里      总支书 办公室 组织部
see_review            党员        本人 支书 总支书 办公室 组织部
see_review            支书本人    支书 总支书 办公室 组织部
see_review            支部        支书 总支书 办公室 组织部
see_review            总支书本人  总支书 校书记 办公室 组织部
answer_review         党员        本人
answer_review_of_org  支部        支书
withdraw_review       王建国写的  总支书
rectify               党员        本人
rectify_for_org       支部里      支书
open_unit             支部里      支书
free                  支部        支书 总支书 校书记 管理员
bind                  支部        支书 总支书 校书记 管理员
list                  支部        支书 记录员 总支书 总支员 校书记 办公室 组织部 管理员
rehearse              支部        支书 记录员 总支书 总支员 校书记 办公室 组织部 管理员
hold                  支部        管理员
clock                 支部        支书 记录员 总支书 总支员 校书记 办公室 组织部 管理员
resend                支部        支书 总支书 校书记 管理员
transfer              党员        支书 办公室 组织部 管理员
transfer              支书本人    总支书 办公室 组织部 管理员
receive               支部里      支书
enrol                 支部里      支书 办公室 组织部 管理员
change                党员        支书 办公室 组织部 管理员
change                支书本人    总支书 办公室 组织部 管理员
expel                 党员        总支书 办公室 组织部 管理员
leave                 党员        支书 办公室 组织部 管理员
leave                 支书本人    总支书 办公室 组织部 管理员
hand_over             支部里      总支书 办公室 组织部 管理员
seat                  支部里      支书 办公室 组织部 管理员
office                支部里      办公室 组织部 管理员
delegate              支部        支书
act                   支部        总支书
link                  总支        办公室 组织部 管理员
"""
ROWS = [(act, about, frozenset(who)) for act, about, *who in map(str.split, TABLE.strip().splitlines())]


def roster() -> MemoryRoster:
    school = MemoryRoster()
    school.add("deputy", cast.FIRST, (RoleKind.DEPUTY, cast.FIRST))
    school.add("committee", cast.FIRST, (RoleKind.COMMITTEE, cast.FIRST))
    school.add("recorder", cast.FIRST, (RoleKind.RECORDER, cast.FIRST))
    school.add("clerk", cast.SECOND, (RoleKind.STAFF, cast.ENGINEERING))
    school.add("dean", cast.SECOND, (RoleKind.ADMIN_HEAD, cast.ENGINEERING))
    school.add("other_l1", cast.THIRD, (RoleKind.SECRETARY, cast.OFFICES))
    school.add("department", cast.THIRD, (RoleKind.STAFF, cast.DEPARTMENT))
    school.add("voter", cast.FIRST)
    school.known["voter"] = replace(school.known["voter"], political="群众")
    school.known["gone"] = Person("gone", "某人", "0900", status="转出")
    return school


def verdicts(school: MemoryRoster, act: str, about: str) -> frozenset[str]:
    org, whom = PLACES[about]
    asked = {word: may(school, school.known[id], act, org, DAY, whom) for word, id in WHO.items()}
    return frozenset(word for word, verdict in asked.items() if verdict.allowed)


@pytest.mark.requirement("R-042", "R-043", "R-230", "R-305", "R-356")
@pytest.mark.parametrize(("act", "about", "who"), ROWS, ids=[f"{act}-{about}" for act, about, _ in ROWS])
def test_each_act_is_for_those_whom_the_notices_name_and_nobody_else(
    act: str, about: str, who: frozenset[str]
) -> None:
    assert verdicts(roster(), act, about) == who


@pytest.mark.requirement("R-043")
@pytest.mark.parametrize(("act", "about", "who"), ROWS, ids=[f"{act}-{about}" for act, about, _ in ROWS])
def test_a_refusal_says_why_and_names_everybody_who_could(act: str, about: str, who: frozenset[str]) -> None:
    school, (org, whom) = roster(), PLACES[about]
    refused = may(school, school.known["gone"], act, org, DAY, whom)
    assert refused.reason and refused.words and refused.seats
    assert {one.person for one in refused.instead} == {WHO[word] for word in who}


def test_no_act_of_the_table_is_without_its_row_here() -> None:
    assert {act for act, *_ in ROWS} == set(POWERS)


@pytest.mark.parametrize("act", POWERS)
def test_whoever_may_somewhere_is_let_into_the_form_and_nobody_else_by_office(act: str) -> None:
    school = roster()
    places = [(org.id, about) for org in school.tree for about in ("", org.id)]
    for id, person in school.known.items():
        somewhere = any(
            may(school, person, act, org, DAY, about).allowed for org, about in [*places, (cast.FIRST, id)]
        )
        assert might(school, person, act, DAY) or not somewhere, (act, id)


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(
    "act", ["ask", "look", "list", "rehearse", "clock", "resend", "nudge", "free", "bind"]
)
def test_what_goes_downward_reaches_exactly_the_organisations_where_it_is_allowed(act: str) -> None:
    school = roster()
    for person in school.known.values():
        orgs = {org.id for org in school.tree if may(school, person, act, org.id, DAY).allowed}
        assert reach(school, person, act, DAY).orgs == orgs, person.id


@pytest.mark.requirement("R-041")
def test_a_branch_without_a_secretary_is_kept_by_the_one_above() -> None:
    school = roster()
    school.roles = [role for role in school.roles if role.person != LI]
    moved = {"sign_member", "publish", "open_unit", "transfer", "receive", "enrol", "leave", "seat", "attest"}
    allowed = {act for act in moved if may(school, school.known[WANG], act, cast.FIRST, DAY, ZHANG).allowed}
    assert allowed == moved
    assert not may(school, school.known[WANG], "commit_for_org", cast.FIRST, DAY).allowed
    # Its papers go up one level and no further: they would be nobody's work at the school.
    school.roles = [role for role in school.roles if role.person != WANG]
    assert not may(school, school.known["2000001"], "attest", cast.FIRST, DAY).allowed
    assert owners(school, school.org(cast.FIRST), DAY) == []


@pytest.mark.requirement("R-041")
def test_who_acts_for_a_secretary_does_all_of_it_but_lend_the_chair_on_and_only_until_its_last_day() -> None:
    school = roster()
    last = date(2026, 7, 31)
    school.roles.append(Role("deputy", RoleKind.SECRETARY, cast.FIRST, DAY, last, "代书记", acting=True))
    deputy = school.known["deputy"]
    hers = [act for act, about, who in ROWS if about in ("党员", "支部", "支部里") and "支书" in who]
    mine = [act for act in hers if may(school, deputy, act, cast.FIRST, DAY, ZHANG).allowed]
    assert set(hers) - set(mine) == {"delegate"}
    for act in hers:
        assert not may(school, deputy, act, cast.FIRST, date(2026, 8, 1), ZHANG).allowed


def test_who_leads_branch_and_general_branch_leaves_his_own_to_the_school() -> None:
    school = roster()
    school.roles = [role for role in school.roles if role.person != LI]
    school.roles.append(Role(WANG, RoleKind.SECRETARY, cast.FIRST, cast.START))
    party = school.known["2000001"]
    assert may(school, party, "sign_org", cast.FIRST, DAY, cast.FIRST).allowed
    assert not may(school, school.known[WANG], "sign_org", cast.FIRST, DAY, cast.FIRST).allowed
    assert may(school, party, "sign_member", cast.FIRST, DAY, WANG).allowed
