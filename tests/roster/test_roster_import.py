"""What an import changes, what it leaves, whom it tells, and that it may be cut off and repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot import importing
from domain import enrolment, roster_plan
from domain.entries import Stamp
from domain.people import Membership, OrgKind, RoleKind
from domain.roster_state import Present
from storage import contacts, ledger, models, rostersheet
from tests.roster import tables
from tests.roster.tables import (
    FIRST,
    LI,
    NOW,
    PEOPLE,
    SCHOOL,
    SECOND,
    TODAY,
    UNIT,
    UNITS,
    WANG,
    ZHANG,
    ZHENG,
    Office,
)

LATER = NOW + timedelta(days=90)
SUN = {"编号": "", "姓名": "孙 丽", "账号": "SunLi", "所在组织": "二支部", "政治面貌": "预备党员"}


@pytest.fixture
def office(database_url: str) -> Office:
    made = Office(database_url)
    made.start()
    return made


@pytest.mark.requirement("R-327")
def test_a_school_comes_in_whole(office: Office) -> None:
    assert office.org("一支部").parent == "机械总支"
    assert office.org("校党委").starts_on == TODAY
    assert [office.person(id).number for id in "1234"] == ["0001", "0002", "0003", "0004"]
    assert office.bonds("4") == [Membership("4", "一支部", TODAY)]
    assert [(role.role, role.org) for role in office.roles("2")] == [(RoleKind.SECRETARY, "机械总支")]
    with office.database.transaction() as tx:
        assert contacts.person_of(tx, "wecom", "ZHANGWEI") == "4"
        assert list(ledger.verify(tx)) == []


def test_without_a_number_the_account_becomes_the_number(office: Office) -> None:
    office.change(SUN)
    assert (office.person("SunLi").name, office.person("SunLi").number) == ("孙丽", "0005")
    assert office.change({**SUN, "账号": "sunli", "编号": ""}).entries == ()


def test_short_numbers_are_never_changed_and_go_on(office: Office) -> None:
    office.bring(tables.units(), tables.people(SUN, *reversed(PEOPLE)))
    assert [office.person(id).number for id in ("1", "2", "3", "4", "SunLi")] == [
        f"{n:04}" for n in range(1, 6)
    ]
    assert len({unit.org.number for unit in office.present().units.values()}) == 4


def test_the_same_sheet_again_changes_nothing(office: Office) -> None:
    before = office.everything()
    plan = office.bring(tables.units(*UNITS), tables.people(*PEOPLE))
    assert (plan.entries, plan.left, plan.missing) == ((), (), ())
    assert office.everything() == before


def test_columns_rows_and_whole_sheets_that_are_missing_leave_everything(office: Office) -> None:
    plan = office.bring(tables.units(SCHOOL), tables.people(ZHENG))
    assert plan.entries == ()
    assert set(plan.missing) == {"机械总支", "一支部", "二支部", "王建国（2）", "李芳（3）", "张伟（4）"}


@pytest.mark.requirement("R-008")
def test_a_transfer_closes_one_membership_and_opens_the_next_on_the_following_day(office: Office) -> None:
    office.change({**ZHANG, "所在组织": "二支部", "生效日期": "2026年6月1日"}, now=LATER)
    assert office.bonds("4") == [
        Membership("4", "一支部", TODAY, date(2026, 5, 31)),
        Membership("4", "二支部", date(2026, 6, 1)),
    ]
    assert (office.branch("4", date(2026, 5, 31)), office.branch("4", date(2026, 6, 1))) == (
        "一支部",
        "二支部",
    )


def test_a_wrong_branch_mended_on_the_same_day_leaves_no_trace_in_the_roster(office: Office) -> None:
    office.change({**ZHANG, "所在组织": "二支部"})
    assert office.bonds("4") == [Membership("4", "二支部", TODAY)]


@pytest.mark.requirement("R-016")
@pytest.mark.parametrize("status", ["转出", "毕业", "去世", "除名"])
def test_whoever_leaves_has_no_membership_and_no_post_from_that_day(office: Office, status: str) -> None:
    office.change({**LI, "状态": status, "生效日期": "2026-05-15"}, now=LATER)
    assert not office.person("3").is_member
    assert [bond.end for bond in office.bonds("3")] == [date(2026, 5, 14)]
    assert [role.end for role in office.roles("3")] == [date(2026, 5, 14)]
    assert office.change({**LI, "状态": status}, now=LATER).left == ()


def test_whoever_comes_back_belongs_to_the_branch_of_the_row(office: Office) -> None:
    office.change({**LI, "状态": "转出"}, now=LATER)
    office.change({**LI, "状态": "在册"}, now=LATER + timedelta(days=30))
    assert office.branch("3", (LATER + timedelta(days=30)).date()) == "一支部"


def test_what_chat_changed_since_is_left_and_listed(office: Office) -> None:
    with office.database.transaction() as tx:
        who, old = rostersheet.present(tx).people["4"].person, Membership("4", "一支部", TODAY)
        moved = [
            enrolment.left(who, old, date(2026, 3, 31), "一支部"),
            enrolment.joined(who, Membership("4", "二支部", date(2026, 4, 1)), "二支部"),
        ]
        ledger.append(tx, moved, Stamp("3", LATER, LATER, {"channel": "wecom"}))
    plan = office.change({**ZHANG, "现任职务": "教授"}, now=LATER)
    assert plan.left == ("“人员”第2行D列（所在组织）：张伟的这一项导入以后已改过，保持不动。",)
    assert (office.branch("4", LATER.date()), office.person("4").post) == ("二支部", "教授")


def test_personal_fields_stay_out_of_the_ledger(office: Office) -> None:
    office.change({**ZHANG, "性别": "男", "民族": "满族", "出生年月": "198001", "入党时间": "2005.7"})
    with office.database.transaction() as tx:
        last = ledger.latest(tx, "person:4", 1)[0]
        words = " ".join(str(written.data) for written, _ in ledger.entries(tx))
    assert (last.kind, last.data) == (
        "person.changed",
        {"fields": ["birth", "ethnicity", "gender", "joined_party"]},
    )
    assert "满族" not in words and "1980" not in words
    assert office.present().people["4"].personal["birth"] == "1980-01"


def test_two_people_may_exchange_their_accounts(office: Office) -> None:
    office.change({**ZHANG, "账号": "lifang"}, {**LI, "账号": "zhangwei"})
    with office.database.transaction() as tx:
        found = [contacts.person_of(tx, "wecom", account) for account in ("lifang", "zhangwei")]
    assert found == ["4", "3"]


def test_an_organisation_keeps_its_archive_when_it_is_renamed(office: Office) -> None:
    office.bring(tables.units({**FIRST, "组织名称": "教工支部", "原名称": "一支部"}), tables.people())
    assert (office.org("一支部").name, office.org("一支部").archive) == ("教工支部", "org:一支部")
    plan = office.bring(
        tables.units({**FIRST, "组织名称": "教工支部"}), tables.people({**LI, "所在组织": "教工支部"})
    )
    assert plan.entries == ()


@pytest.mark.requirement("R-350")
def test_the_day_of_use_of_one_branch_is_one_cell(office: Office) -> None:
    office.bring(tables.units({**FIRST, "启用日期": "2026/4/1"}), tables.people())
    assert office.org("一支部").starts_on == date(2026, 4, 1)
    office.bring(tables.units(FIRST, {**SCHOOL, "启用日期": "2026-03-01"}), tables.people())
    assert office.org("一支部").starts_on is None
    office.bring(tables.units(SCHOOL), tables.people(), LATER)
    assert office.org("校党委").starts_on == date(2026, 3, 1)


@pytest.mark.requirement("R-004")
@pytest.mark.requirement("R-005")
def test_leaders_get_and_lose_their_units(office: Office) -> None:
    office.bring(tables.units({**UNIT, "联系领导": "1、4", "分管领导": "1"}), tables.people())
    office.bring(tables.units({**UNIT, "联系领导": "4", "分管领导": "1"}), tables.people(), LATER)
    links = {id: office.present().people[id].links for id in ("1", "4")}
    assert {(link.kind, link.end) for link in links["1"]} == {
        ("联系点", LATER.date() - timedelta(days=1)),
        ("分管", None),
    }
    assert [(link.org, link.end) for link in links["4"]] == [("机械总支", None)]


@pytest.mark.requirement("R-004")
@pytest.mark.parametrize(
    ("top", "unit", "since"),
    [
        ("2026-01-01", "", date(2026, 1, 1)),
        ("2026-01-01", "2026-02-01", date(2026, 2, 1)),
        ("2026-01-01", "2026-09-01", TODAY),
        ("", "", TODAY),
    ],
)
def test_leaders_of_a_first_import_lead_from_the_day_their_unit_began(
    database_url: str, top: str, unit: str, since: date
) -> None:
    office = Office(database_url)
    led = {**UNIT, "启用日期": unit, "联系领导": "1", "分管领导": "4"}
    office.bring(tables.units({**SCHOOL, "启用日期": top}, led, FIRST, SECOND), tables.people(*PEOPLE))
    assert [link.start for id in "14" for link in office.present().people[id].links] == [since, since]


def test_leaders_of_a_later_import_lead_from_the_day_of_that_import(office: Office) -> None:
    office.bring(tables.units({**SCHOOL, "启用日期": "2026-01-01"}), tables.people())
    office.bring(tables.units({**UNIT, "联系领导": "1"}), tables.people(), LATER)
    assert [link.start for link in office.present().people["1"].links] == [LATER.date()]


def test_leaders_of_the_school_and_of_a_unit_need_not_name_what_they_lead(office: Office) -> None:
    office.change({**ZHANG, "党内职务": "学校领导，行政主要负责人；组织委员、宣传委员、机械总支：委员"})
    assert {(role.role, role.org, role.title) for role in office.roles("4")} == {
        (RoleKind.SCHOOL_LEADER, "校党委", "学校领导"),
        (RoleKind.ADMIN_HEAD, "机械总支", "行政主要负责人"),
        (RoleKind.COMMITTEE, "一支部", "宣传委员、组织委员"),
        (RoleKind.COMMITTEE, "机械总支", "委员"),
    }


def test_a_unit_may_change_its_kind_with_all_rows_applied(office: Office) -> None:
    office.bring(tables.units({**UNIT, "组织类型": "分党委"}), tables.people())
    assert office.org("机械总支").kind is OrgKind.SUB_COMMITTEE


def test_a_new_secretary_is_told_to_both_and_to_the_secretary_above(office: Office) -> None:
    assert office.told() == {}
    office.change({**LI, "党内职务": ""}, {**ZHANG, "党内职务": "书记"}, now=LATER)
    told = office.told()
    assert set(told) == {"2", "3", "4"}
    assert told["2"] == told["3"] == told["4"]
    assert "一支部的书记有变动：李芳同志不再担任，张伟同志自2026年5月31日起担任" in told["4"][0]
    office.change({**LI, "党内职务": ""}, {**ZHANG, "党内职务": "书记"}, now=LATER)
    assert office.told() == told


def test_an_administrator_and_a_deputy_are_told_and_a_committee_member_is_not(office: Office) -> None:
    office.change({**ZHANG, "党内职务": "管理员、副书记、组织委员"}, now=LATER)
    assert len(office.told()["4"]) == 2


def cut_after(n: int) -> Callable[[], None]:
    """A power cut after so many steps."""
    count = [0]

    def pause() -> None:
        count[0] += 1
        if count[0] == n:
            raise KeyboardInterrupt

    return pause


STUDENTS = [{**SUN, "账号": f"s{n}", "姓名": "学生"} for n in range(70)]
BIG_UNITS = tables.units(SCHOOL, {**UNIT, "联系领导": "1"}, FIRST, SECOND)
BIG = tables.people(*PEOPLE, *STUDENTS)
SWAP_UNITS = tables.units(
    SCHOOL, {**UNIT, "联系领导": "2"}, {**FIRST, "组织名称": "教工", "原名称": "一支部"}, SECOND
)
SWAP = tables.people(
    *({**SUN, "账号": f"n{n}", "姓名": "新生"} for n in range(30)),
    *({**SUN, "账号": f"s{n}", "姓名": "学生", "现任职务": "班长"} for n in range(70)),
    {**LI, "党内职务": "", "账号": "zhangwei"},
    {**ZHANG, "党内职务": "书记", "账号": "lifang"},
    WANG,
    ZHENG,
)


@pytest.mark.parametrize("cut", range(1, 10))
def test_a_cut_import_is_finished_by_the_same_import(database_url: str, tmp_path: object, cut: int) -> None:
    whole, broken = Office(f"sqlite:///{tmp_path}/whole.db"), Office(database_url)
    for units, people, now in ((BIG_UNITS, BIG, NOW), (SWAP_UNITS, SWAP, LATER)):
        whole.bring(units, people, now)
        try:
            importing.run(broken.database, units, people, now, cut_after(cut))
        except KeyboardInterrupt:
            # The power comes back after midnight; the import goes on with its own day.
            broken.bring(units, people, now + timedelta(days=1))
    assert broken.everything() == whole.everything()


def test_an_import_goes_on_when_people_write_to_their_archives_meanwhile(office: Office) -> None:
    written = []

    def chat() -> None:
        if len(written) < 3:
            with office.database.transaction() as tx:
                who = rostersheet.present(tx).people["1"].person
                entry = enrolment.changed(who, ("post",))
                written.append(ledger.append(tx, [entry], Stamp("1", NOW, NOW, {})))

    importing.run(
        office.database, BIG_UNITS, tables.people(*STUDENTS, {**ZHENG, "现任职务": "书记"}), NOW, chat
    )
    assert (office.person("1").post, len(written)) == ("书记", 3)
    with office.database.transaction() as tx:
        assert list(ledger.verify(tx)) == []


def test_no_step_touches_more_archives_than_it_may() -> None:
    made = roster_plan.plan(BIG_UNITS, BIG, Present(), TODAY)
    sizes = [
        len({e.archive for change in step for e in change.entries}) for step in importing.steps(made.changes)
    ]
    assert max(sizes) <= importing.ARCHIVES <= 200
    assert sum(len(step) for step in importing.steps(made.changes)) == len(made.changes)


def test_a_rebuild_gives_the_roster_that_an_import_kept(office: Office) -> None:
    office.bring(SWAP_UNITS, SWAP, LATER)
    with office.database.transaction() as tx:
        kept = models.rows(tx)
        models.rebuild(tx, ledger.entries(tx))
        assert models.rows(tx) == kept
