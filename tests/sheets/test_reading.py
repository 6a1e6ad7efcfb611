"""Sheets as clerks make them are read; what cannot be read is refused with what to do about it."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.sheets import reading
from bot.sheets.guard import Unreadable
from bot.sheets.reading import read
from domain import cells
from domain.sheets import Faulty

WANTED = {"人员": ("姓名", "编号", "出生年月")}


def book(path: Path, *rows: list[Any], title: str = "人员") -> Path:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "花名册.xlsx"


@pytest.mark.requirement("R-327")
def test_headings_are_found_in_any_order_below_a_title_among_strange_columns(file: Path) -> None:
    book(
        file,
        ["示例理工大学花名册"],
        ["备注", "出生年月*", " 姓 名 ", "编号（工号）"],
        ["x", date(1980, 1, 1), "张伟", 2010018],
        [None, None, None],
        ["只有备注"],
        [None, 1980.1, "李芳", 2005007.0],
        title=" 人员 ",
    )
    table = read(file, WANTED)["人员"]
    assert dict(table.columns) == {"出生年月": "B", "姓名": "C", "编号": "D"}
    found = [(line.number, line["编号"], line["姓名"], cells.month(line["出生年月"])) for line in table.lines]
    assert found == [(3, "2010018", "张伟", "1980-01"), (6, "2005007", "李芳", "1980-01")]


def test_a_column_that_is_not_there_is_empty(file: Path) -> None:
    table = read(book(file, ["姓名"], ["张伟"]), WANTED)["人员"]
    assert table.lines[0]["编号"] == ""


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["名字"], ["张伟"]], "找不到“姓名”"),
        ([["姓名", "姓名"], ["张伟"]], "这个标题有两列"),
        ([["姓名"], *([["某"]] * (reading.MOST_ROWS + 1))], "超过20000行"),
        ([["姓名", *([None] * reading.MOST_COLUMNS), "x"]], "超过200列"),
    ],
)
def test_a_sheet_out_of_shape_is_a_fault(file: Path, rows: list[list[Any]], words: str) -> None:
    with pytest.raises(Faulty, match=words):
        read(book(file, *rows), WANTED)


def test_a_broken_formula_is_a_fault_of_its_cell(file: Path) -> None:
    with pytest.raises(Faulty) as caught:
        read(book(file, ["姓名", "编号"], ["张伟", "#N/A"]), WANTED)
    assert str(caught.value) == "“人员”第2行B列（编号）：公式出错（#N/A）。请直接填文字。"


def test_a_workbook_without_any_of_the_sheets_is_refused(file: Path) -> None:
    with pytest.raises(Unreadable, match="没有名为“人员”的工作表"):
        read(book(file, ["姓名"], title="Sheet1"), WANTED)


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 .xlsx 文件"),
        ("编号,姓名".encode(), "不是 .xlsx 文件"),
        (OLE + bytes(600), "老式 .xls"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (b"PK\3\4 but no zip", "文件不完整"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(file: Path, data: bytes, words: str) -> None:
    file.write_bytes(data)
    with pytest.raises(Unreadable, match=words):
        read(file, WANTED)


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/workbook.xml": b"<a/>", "xl/big.xml": bytes(201 << 20)}, "展开后太大"),
        ({f"xl/{n}": b"" for n in range(2001)}, "展开后太大"),
        ({"word/document.xml": b"<a/>"}, "不是 .xlsx 表格"),
        ({"xl/workbook.xml": BOMB}, "内容不正常"),
        ({"xl/workbook.xml": b"<a/>"}, "内容读不出来"),
    ],
)
def test_an_archive_that_is_a_trap_is_refused(file: Path, parts: dict[str, bytes], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(packed(file, parts), WANTED)


def test_a_file_over_the_limit_is_not_even_opened(file: Path) -> None:
    with file.open("wb") as handle:
        handle.truncate((20 << 20) + 1)
    with pytest.raises(Unreadable, match="超过20MB"):
        read(file, WANTED)


@given(data=st.binary(max_size=400), cut=st.integers(0, 4000))
def test_no_bytes_lead_to_anything_but_a_plain_refusal(data: bytes, cut: int, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.xlsx"
    whole = book(path, ["姓名"], ["张伟"]).read_bytes()
    path.write_bytes(whole[:cut] + data + whole[cut + len(data) :])
    try:
        read(path, WANTED)
    except (Unreadable, Faulty) as refusal:
        assert str(refusal)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_all_ways_to_write_a_day_are_one(day: date) -> None:
    full = str.maketrans("0123456789", "０１２３４５６７８９")
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert cells.day(text) == cells.day(text.translate(full)) == day
        assert cells.month(text) == f"{day:%Y-%m}"
    for text in (
        f"{day:%Y-%m}",
        f"{day:%Y%m}",
        f"{day.year}.{day.month}",
        f"{day.year}年{day.month}月",
        f" {day.year} / {day.month} ",
    ):
        assert cells.month(text) == cells.month(text.translate(full)) == f"{day:%Y-%m}"


@given(st.text(max_size=12))
def test_any_words_are_a_month_or_none(text: str) -> None:
    assert cells.month(text) is None or len(cells.month(text) or "") == 7


@pytest.mark.parametrize("text", ["1980-13", "1980-00", "0980-01", "80.1", "2026-02-30", "明年", ""])
def test_what_is_no_month_is_none(text: str) -> None:
    assert cells.month(text) is None and cells.day(text) is None


def test_blanks_between_the_characters_of_a_name_do_not_count() -> None:
    assert cells.name(" 张　伟 ") == "张伟"
    assert cells.name("Anna  Maria 李") == "Anna Maria李"
    assert cells.parts("书记， 机械总支：书记；书记\n") == ("书记", "机械总支:书记")
