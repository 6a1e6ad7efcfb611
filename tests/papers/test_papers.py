"""Commitments signed on paper come in once, with both dates, and count as published from their own day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot import papers, profiles
from bot.sheets import papers as sheets
from bot.sheets.writing import Sheet, write
from domain.commitments import Commitment, State
from domain.papersheet import HEADINGS, SHEET
from domain.sheets import Faulty, Table
from storage import ledger, models
from tests.roster import tables
from tests.roster.tables import NOW, Office

PROFILE = profiles.load("harbin")
GOAL = "6月30日前，为2名新教师各听课4次并书面反馈"
ZHANG = {
    "编号": "4",
    "姓名": "张 伟",
    "目标": GOAL,
    "完成时限": "2026/6/30",
    "类别": "履行岗位职责",
    "公开日期": "2026-01-10",
}
ZHANG |= {"渠道": "党员大会、公开栏"}
LATER = NOW.replace(month=5)


@pytest.fixture
def office(database_url: str) -> Office:
    made = Office(database_url)
    made.start()
    return made


def sheet(*rows: Mapping[str, str]) -> Table:
    return tables.table(SHEET, HEADINGS, rows)


def bring(office: Office, *rows: Mapping[str, str]) -> int:
    return papers.run(office.database, sheet(*rows), PROFILE, LATER)


def items(office: Office) -> dict[str, Commitment]:
    with office.database.transaction() as tx:
        return {one.number: one for one in models.find(tx, Commitment)}


@pytest.mark.requirement("R-353")
def test_a_paper_commitment_is_published_from_its_own_day_and_says_that_it_was_paper(office: Office) -> None:
    assert bring(office, ZHANG) == 1
    item = items(office)["C-2026-0004-1"]
    assert (item.state, item.published_on, item.proposed_on) == (
        State.PUBLISHED,
        date(2026, 1, 10),
        LATER.date(),
    )
    assert (item.goal, item.due, item.matter, item.kind) == (GOAL, date(2026, 6, 30), "duty", "annual")
    assert (item.org, item.signer_org, item.channels) == ("一支部", "一支部", ("meeting", "board"))
    with office.database.transaction() as tx:
        written = list(reversed(ledger.latest(tx, "person:4", 4)))
    kinds = ["commitment.proposed", "commitment.signed", "commitment.signed", "commitment.published"]
    assert [one.kind for one in written] == kinds
    assert [one.data.get("capacity") for one in written] == [None, "self", "secretary", None]
    assert {one.stamp.via["channel"] for one in written} == {"paper"}
    assert (written[3].data["on"], written[3].stamp.at) == ("2026-01-10", LATER)


@pytest.mark.requirement("R-353")
def test_the_same_row_is_not_imported_twice_even_when_the_goal_was_changed_since(office: Office) -> None:
    other = {**ZHANG, "目标": "另一件"}
    assert (bring(office, ZHANG), bring(office, ZHANG, other), bring(office, other, ZHANG)) == (1, 1, 0)
    assert list(items(office)) == ["C-2026-0004-1", "C-2026-0004-2"]


def test_a_secretarys_own_item_and_an_organisations_are_signed_by_the_one_above(office: Office) -> None:
    bring(
        office,
        {**ZHANG, "编号": "3", "姓名": "李芳"},
        {**ZHANG, "编号": "一支部", "姓名": "", "类别": "推动中心工作"},
    )
    found = items(office)
    assert found["C-2026-0003-1"].signer_org == "机械总支"
    org = next(one for one in found.values() if one.owner_type == "org")
    assert (org.owner, org.signer_org, org.state, org.matter) == (
        "一支部",
        "机械总支",
        State.PUBLISHED,
        "centre",
    )
    with office.database.transaction() as tx:
        signed = [
            w.data["capacity"] for w in ledger.latest(tx, "org:一支部", 4) if w.kind == "commitment.signed"
        ]
    assert sorted(signed) == ["secretary", "superior"]


def test_what_was_not_public_yet_waits_for_the_secretary(office: Office) -> None:
    bring(office, {**ZHANG, "公开日期": "", "渠道": ""})
    assert [one.state for one in items(office).values()] == [State.FIXED]


def test_an_immediate_item_names_its_occasion(office: Office) -> None:
    bring(office, {**ZHANG, "类别": "即时承诺、突发性事件、服务群众"})
    item = next(iter(items(office).values()))
    assert (item.kind, item.trigger, item.matter) == ("immediate", "emergency", "service")


FAULTS = [
    ({"编号": ""}, "A列（编号）：请写工号或学号"),
    ({"编号": "99"}, "A列（编号）：花名册里没有编号“99”"),
    ({"姓名": "张玮"}, "B列（姓名）：编号4在花名册里是张伟"),
    ({"目标": ""}, "C列（目标）：请写要做的事"),
    ({"目标": "做" * 501}, "C列（目标）：请写要做的事，500个字以内"),
    ({"完成时限": "尽快"}, "D列（完成时限）：请写年月日"),
    ({"完成时限": "2026-01-09"}, "D列（完成时限）：比公开日期还早"),
    ({"类别": "其他"}, "E列（类别）：没有“其他”这一类"),
    ({"类别": "即时承诺"}, "E列（类别）：即时承诺还要写事由"),
    ({"公开日期": "年初"}, "F列（公开日期）：请写年月日"),
    ({"公开日期": "2026-06-01"}, "F列（公开日期）：还没有到这一天"),
    ({"渠道": "口口相传"}, "G列（渠道）：没有“口口相传”这一种。请写：会议、文件"),
    ({"渠道": ""}, "G列（渠道）：写了公开日期，还要写怎样公开的"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    sqlite_url: str, change: dict[str, str], words: str
) -> None:
    office = Office(sqlite_url)
    office.start()
    with pytest.raises(Faulty) as caught:
        bring(office, {**ZHANG, "目标": "先写的一件"}, {**ZHANG, **change})
    assert f"“承诺”第3行{words}" in str(caught.value)
    assert items(office) == {}


def test_two_equal_rows_are_a_fault(sqlite_url: str) -> None:
    office = Office(sqlite_url)
    office.start()
    with pytest.raises(Faulty, match="与第2行是同一件承诺"):
        bring(office, ZHANG, ZHANG)


def test_an_import_that_was_cut_off_is_finished_by_the_same_one(office: Office) -> None:
    rows = [{**ZHANG, "目标": f"第{n}件"} for n in range(60)]
    table = sheet(*rows)

    def cut() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        papers.run(office.database, table, PROFILE, LATER, cut)
    assert 0 < len(items(office)) < 60
    papers.run(office.database, table, PROFILE, LATER)
    assert {one.goal for one in items(office).values()} == {row["目标"] for row in rows}
    assert sorted(int(number.split("-")[-1]) for number in items(office)) == list(range(1, 61))


def test_the_template_can_be_filled_and_read(tmp_path: Path) -> None:
    sheets.write_template(tmp_path / "t.xlsx")
    assert sheets.read(tmp_path / "t.xlsx").lines == ()
    write(tmp_path / "f.xlsx", [Sheet(SHEET, HEADINGS, [[ZHANG[heading] for heading in HEADINGS]])])
    assert dict(sheets.read(tmp_path / "f.xlsx").lines[0].cells) == ZHANG
