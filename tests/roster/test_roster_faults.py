"""Every fault of a roster sheet says where it is and what would be right, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from domain import roster_plan
from domain.roster_state import Present
from domain.sheets import Faulty, Table
from tests.roster import tables
from tests.roster.tables import FIRST, LI, PEOPLE, SCHOOL, SECOND, TODAY, UNIT, UNITS, WANG, ZHANG, Office

Row = Mapping[str, str]
NEW = {"编号": "9", "姓名": "孙丽", "所在组织": "一支部"}


def faults_of(units: Table, people: Table, present: Present | None = None) -> list[str]:
    try:
        roster_plan.plan(units, people, present or Present(), TODAY)
    except Faulty as faulty:
        return [str(fault) for fault in faulty.faults]
    return []


# What is wrong with one person's row: its cells, the column, and words of the sentence.
PERSON_FAULTS = [
    ({**NEW, "编号": "4"}, "A列（编号）", "与第5行的编号相同"),
    ({**NEW, "编号": "李/9"}, "A列（编号）", "只能用字母、数字"),
    ({**NEW, "编号": ""}, "A列（编号）", "请写工号或学号"),
    ({**NEW, "姓名": ""}, "B列（姓名）", "请写姓名"),
    ({**NEW, "账号": "孙 丽"}, "C列（账号）", "只能用字母、数字"),
    ({**NEW, "账号": "ZhangWei"}, "C列（账号）", "张伟（4）也是这个账号"),
    ({**NEW, "所在组织": "三支部"}, "D列（所在组织）", "没有“三支部”。请写“组织”表里的组织名称"),
    ({**NEW, "所在组织": ""}, "D列（所在组织）", "没有写所在组织"),
    ({**NEW, "所在组织": "机械总支"}, "D列（所在组织）", "机械总支不是党支部"),
    ({**NEW, "政治面貌": "团员"}, "E列（政治面貌）", "请写：中共党员、预备党员、入党积极分子、群众"),
    ({**NEW, "党内职务": "支书"}, "F列（党内职务）", "请写：书记、副书记"),
    ({**NEW, "党内职务": "三支部:书记"}, "F列（党内职务）", "没有“三支部”这个组织"),
    (
        {**NEW, "政治面貌": "群众", "所在组织": "", "党内职务": "书记"},
        "F列（党内职务）",
        "不知道是哪个组织的书记",
    ),
    ({**NEW, "党内职务": "书记"}, "F列（党内职务）", "一支部的书记已经是李芳"),
    ({**NEW, "性别": "F"}, "G列（性别）", "请写：男、女"),
    ({**NEW, "民族": "汉" * 21}, "H列（民族）", "20个字以内"),
    ({**NEW, "出生年月": "八零年"}, "I列（出生年月）", "请写例：1980-01"),
    ({**NEW, "入党时间": "2005-13"}, "J列（入党时间）", "请写例：1980-01"),
    ({**NEW, "类别": "能" * 21}, "M列（类别）", "20个字以内"),
    ({**NEW, "状态": "离职"}, "N列（状态）", "请写：在册、长期请假、转出、毕业、去世、除名"),
    ({**NEW, "生效日期": "2026-02-30"}, "O列（生效日期）", "请写年月日"),
    ({**NEW, "状态": "转出", "生效日期": "2027-01-01"}, "O列（生效日期）", "还没有到这一天"),
]


@pytest.mark.requirement("R-327")
@pytest.mark.parametrize(("row", "place", "words"), PERSON_FAULTS)
def test_a_wrong_cell_of_a_person_is_named_by_row_and_column(row: Row, place: str, words: str) -> None:
    assert faults_of(tables.units(*UNITS), tables.people(*PEOPLE)) == []
    found = faults_of(tables.units(*UNITS), tables.people(*PEOPLE, row))
    at = f"“人员”第6行{place}："
    assert any(fault.startswith(at) and words in fault for fault in found), found


BRANCH = {"组织名称": "三支部", "组织类型": "党支部", "上级组织": "机械总支"}
OFFICE = {"组织名称": "办公室", "组织类型": "领导小组办公室", "上级组织": "机械总支"}
UNIT_FAULTS = [
    ({**BRANCH, "组织名称": ""}, "A列（组织名称）", "请写组织全称"),
    ({**BRANCH, "组织名称": "一 支部"}, "A列（组织名称）", "与第4行是同一个组织"),
    ({**BRANCH, "原名称": "四支部"}, "B列（原名称）", "没有“四支部”"),
    ({**BRANCH, "简称": "支" * 21}, "C列（简称）", "20个字以内"),
    ({**BRANCH, "组织类型": "小组"}, "D列（组织类型）", "请写：学校党委、分党委"),
    ({**BRANCH, "组织类型": ""}, "D列（组织类型）", "没有写"),
    ({**BRANCH, "上级组织": "化工总支"}, "E列（上级组织）", "没有“化工总支”"),
    ({**BRANCH, "上级组织": "校党委"}, "E列（上级组织）", "党支部在分党委或党总支下面"),
    ({**BRANCH, "上级组织": "一支部"}, "E列（上级组织）", "党支部在分党委或党总支下面"),
    ({**BRANCH, "上级组织": ""}, "E列（上级组织）", "党支部在分党委或党总支下面"),
    ({**BRANCH, "上级组织": "三支部"}, "E列（上级组织）", "绕成了一圈"),
    ({**BRANCH, "组织类型": "党总支"}, "E列（上级组织）", "党总支直接在学校党委下面"),
    ({**BRANCH, "组织类型": "直属党支部"}, "E列（上级组织）", "直属党支部直接在学校党委下面"),
    ({**BRANCH, "组织类型": "学校党委", "上级组织": ""}, "E列（上级组织）", "学校党委只能有一个"),
    ({**OFFICE}, "E列（上级组织）", "领导小组办公室直接在学校党委下面"),
    ({**BRANCH, "入党积极分子数": "三"}, "F列（入党积极分子数）", "请写整数"),
    ({**BRANCH, "联系领导": "1"}, "G列（联系领导）", "只有分党委、党总支、直属党支部有这一项"),
    ({**BRANCH, "分管领导": "77"}, "H列（分管领导）", "没有编号“77”"),
    ({**BRANCH, "启用日期": "三月"}, "I列（启用日期）", "请写年月日"),
]


@pytest.mark.requirement("R-001")
@pytest.mark.requirement("R-327")
@pytest.mark.parametrize(("row", "place", "words"), UNIT_FAULTS)
def test_a_wrong_cell_of_an_organisation_is_named_by_row_and_column(row: Row, place: str, words: str) -> None:
    found = faults_of(tables.units(*UNITS, row), tables.people(*PEOPLE))
    at = f"“组织”第6行{place}："
    assert any(fault.startswith(at) and words in fault for fault in found), found


def test_organisations_that_stand_above_each_other_in_a_circle_are_both_named() -> None:
    one = {**BRANCH, "上级组织": "四支部"}
    other = {**BRANCH, "组织名称": "四支部", "上级组织": "三支部"}
    found = faults_of(tables.units(*UNITS, one, other), tables.people(*PEOPLE))
    assert [fault.partition("绕成了一圈")[0] for fault in found] == [
        "“组织”第6行E列（上级组织）：上级组织",
        "“组织”第7行E列（上级组织）：上级组织",
    ]


def test_all_faults_of_both_sheets_are_told_at_once() -> None:
    units = tables.units(*UNITS, {**BRANCH, "组织类型": "小组"}, {**BRANCH, "启用日期": "?"})
    found = faults_of(units, tables.people(*PEOPLE, {**NEW, "性别": "F"}, {**NEW, "姓名": ""}))
    assert len(found) >= 4


def test_a_fault_anywhere_writes_nothing(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    with pytest.raises(Faulty):
        office.bring(tables.units(*UNITS), tables.people(*PEOPLE, {**NEW, "性别": "F"}))
    assert office.present() == Present()


def test_a_number_of_somebody_who_left_is_never_given_again(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.start()
    office.change({**ZHANG, "状态": "毕业"})
    found = faults_of(tables.units(), tables.people({**NEW, "编号": "4"}), office.present())
    assert "这个编号是张伟（毕业）用过的，不能再用" in found[0]


@pytest.mark.requirement("R-008")
def test_a_move_may_not_reach_back_into_an_earlier_membership(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.start()
    office.change({**ZHANG, "所在组织": "二支部", "生效日期": "2026-03-10"}, now=tables.NOW.replace(day=20))
    late = tables.NOW.replace(month=4)
    with pytest.raises(Faulty, match="比上一段组织关系结束的日子还早"):
        office.change(
            {**ZHANG, "所在组织": "机械直属", "生效日期": "2026-03-05"} | {"所在组织": "一支部"}, now=late
        )


def test_a_leader_who_left_must_be_replaced_in_the_sheet(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.bring(tables.units(SCHOOL, {**UNIT, "联系领导": "1"}, FIRST, SECOND), tables.people(*PEOPLE))
    gone = {**tables.ZHENG, "状态": "转出"}
    found = faults_of(tables.units(SCHOOL, {**UNIT, "联系领导": "1"}), tables.people(gone), office.present())
    assert found == ["“组织”第3行G列（联系领导）：郑国栋已转出。请改写现任领导的编号。"]


def test_an_organisations_first_name_is_not_given_to_another(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.start()
    office.bring(tables.units({**FIRST, "组织名称": "教工支部", "原名称": "一支部"}), tables.people())
    found = faults_of(tables.units(FIRST), tables.people(), office.present())
    assert found[0].startswith("“组织”第2行A列（组织名称）：这个名称是“教工支部”用过的")


def test_handing_over_a_chair_needs_the_same_day_in_both_rows(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.start()
    out = {**LI, "党内职务": "", "生效日期": "2026-06-01"}
    into = {**ZHANG, "党内职务": "书记", "生效日期": "2026-05-31"}
    assert "书记已经是李芳" in faults_of(tables.units(), tables.people(out, into), office.present())[0]
    into["生效日期"] = "2026-06-01"
    assert faults_of(tables.units(), tables.people(out, into, WANG), office.present()) == []
