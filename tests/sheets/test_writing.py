"""What is written holds people's words letter for letter, never as formulas, and never half."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.sheets import filling, roster, writing
from bot.sheets.guard import Unreadable
from bot.sheets.reading import read
from bot.sheets.writing import Sheet
from domain.roster_match import match
from domain.sheets import Table
from tests.roster import tables

EVERY_ROAD = 'A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀'
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("x")')


def test_words_come_out_letter_for_letter_and_are_never_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    writing.write(path, [Sheet("人员", ("姓名",), [(words,) for words in (EVERY_ROAD, *FORMULAS)])])
    sheet = load_workbook(path)["人员"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(w, "s") for w in (EVERY_ROAD, *FORMULAS)]
    assert [line["姓名"] for line in read(path, {"人员": ("姓名",)})["人员"].lines] == [EVERY_ROAD, *FORMULAS]


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        roster.write_template(path)
    assert (path.read_text(), len(list(tmp_path.iterdir()))) == ("mine", 1)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken(name: str) -> None:
        Path(name).write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        writing.save(tmp_path / "a.xlsx", broken, is_new=True)
    assert list(tmp_path.iterdir()) == []


def test_the_template_can_be_filled_and_read(tmp_path: Path) -> None:
    roster.write_template(tmp_path / "t.xlsx")
    units, people = roster.read(tmp_path / "t.xlsx")
    assert (len(units.columns), len(people.columns)) == (9, 15)
    assert (units.lines, people.lines) == ((), ())


def sheet_of(path: Path, *rows: tuple[str, str, str]) -> Table:
    writing.write(path, [Sheet("人员", ("编号", "姓名", "账号"), rows)])
    return roster.read(path)[1]


def test_accounts_are_filled_only_where_a_name_is_single_on_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        ("1", "张伟", ""),
        ("2", "张伟", ""),
        ("3", "李芳", ""),
        ("4", "王明", ""),
        ("5", "赵敏", ""),
        ("6", "高远", "gy"),
    ]
    table = sheet_of(path, *rows)
    names = {"zw": "张伟", "lf": "李芳", "wm1": "王明", "wm2": "王 明", "gy": "高远", "gy2": "宋佳"}
    found = match(table.lines, names)
    filling.fill(path, table, "账号", found.accounts)
    assert [line["账号"] for line in roster.read(path)[1].lines] == ["", "", "lf", "", "", "gy"]
    assert [line.partition("：")[0] for line in found.rest] == [
        "第2行 张伟",
        "第3行 张伟",
        "第5行 王明",
        "第6行 赵敏",
    ]


def test_an_account_of_another_row_is_not_given_twice() -> None:
    rows = ({"编号": "1", "姓名": "李芳"}, {"编号": "2", "姓名": "李 芳芳", "账号": "LF"})
    found = match(tables.people(*rows).lines, {"lf": "李芳"})
    assert (found.accounts, found.rest) == ({}, ["第2行 李芳：账号lf已在别的行里。请核对。"])


def test_filling_leaves_everything_else_in_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table = sheet_of(path, ("1", "李芳", ""))
    book = load_workbook(path)
    book["人员"]["E2"] = "备注"
    book.create_sheet("别的")["A1"] = "=1+1"
    book.save(path)
    filling.fill(path, table, "账号", {2: "lf"})
    after = load_workbook(path)
    assert (after["人员"]["C2"].value, after["人员"]["E2"].value, after["别的"]["A1"].value) == (
        "lf",
        "备注",
        "=1+1",
    )


def test_a_sheet_without_the_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有“账号”这一列"):
        filling.fill(tmp_path / "a.xlsx", Table("人员", {"姓名": "A"}), "账号", {2: "x"})
