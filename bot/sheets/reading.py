"""A sheet's rows as text: headings found by name, dates as ISO, nothing else interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.sheets.guard import Unreadable, check
from domain.cells import plain
from domain.intake import clean
from domain.sheets import Fault, Faulty, Line, Table

MOST_ROWS, MOST_COLUMNS = 20_000, 200
# A title or a remark may stand above the headings.
_HEADINGS_WITHIN = 10
_REMARK = re.compile(r"\(.*\)|[*:]")
Cell = tuple[int, Any, str]


def read(path: Path, wanted: dict[str, Sequence[str]]) -> dict[str, Table]:
    """The sheets by name with the rows under their headings; a sheet that is not there has no rows.

    `wanted` gives each sheet's headings, the one that must be there first. Raises Unreadable or Faulty.
    """
    check(path)
    try:
        # An .xlsx may be broken in any way, and the library then raises nearly anything.
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            names = {plain(sheet.title): sheet for sheet in book.worksheets}
            found = {name: _table(names.get(plain(name)), name, wanted[name]) for name in wanted}
    except (Unreadable, Faulty):
        raise
    except Exception as broken:
        raise Unreadable(f"{path.name} 的内容读不出来。请把内容复制到新的表格里再试。") from broken
    if not any(table.columns for table in found.values()):
        raise Unreadable(
            f"{path.name} 里没有名为{'、'.join(f'“{name}”' for name in wanted)}的工作表。请用模板填写。"
        )
    return found


def _table(sheet: Any, name: str, headings: Sequence[str]) -> Table:
    if sheet is None:
        return Table(name)
    rows = _rows(sheet, name)
    columns = _columns(rows, name, headings)
    letters = {heading: get_column_letter(at) for at, heading in columns.items()}
    faults: list[Fault] = []
    lines = []
    for number, cells in rows:
        line = Line(number, {columns[at]: _text(value) for at, value, _ in cells if at in columns})
        if any(line.cells.values()):
            lines.append(line)
            faults += _broken(Table(name, letters), line, cells, columns)
        if len(lines) > MOST_ROWS:
            raise Faulty((Fault(name, number, "", "", f"超过{MOST_ROWS}行。请分成几个文件导入。"),))
    if faults:
        raise Faulty(tuple(faults))
    return Table(name, letters, tuple(lines))


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that hold anything, as (column, value, type)."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=2 * MOST_COLUMNS), 1):
        cells = [(at, cell.value, cell.data_type) for at, cell in enumerate(row, 1) if cell.value is not None]
        if cells and cells[-1][0] > MOST_COLUMNS:
            letter = get_column_letter(MOST_COLUMNS + 1)
            raise Faulty((Fault(name, number, letter, "", f"超过{MOST_COLUMNS}列。请删去用不着的列。"),))
        if cells:
            yield number, cells


def _columns(rows: Iterator[tuple[int, list[Cell]]], name: str, headings: Sequence[str]) -> dict[int, str]:
    known = {plain(heading): heading for heading in headings}
    for number, cells in rows:
        found = [(at, known[word]) for at, value, _ in cells if (word := _heading(value)) in known]
        if headings[0] in (heading for _, heading in found):
            return _each_once(found, name, number)
        if number >= _HEADINGS_WITHIN:
            break
    wrong = f"前{_HEADINGS_WITHIN}行里找不到“{headings[0]}”这一列的标题。请用模板里的标题。"
    raise Faulty((Fault(name, 1, "", headings[0], wrong),))


def _each_once(found: list[tuple[int, str]], name: str, number: int) -> dict[int, str]:
    columns: dict[int, str] = {}
    for at, heading in found:
        if heading in columns.values():
            wrong = "这个标题有两列。请只留一列。"
            raise Faulty((Fault(name, number, get_column_letter(at), heading, wrong),))
        columns[at] = heading
    return columns


def _heading(value: Any) -> str:
    return _REMARK.sub("", plain(str(value)))


def _broken(table: Table, line: Line, cells: list[Cell], columns: dict[int, str]) -> Iterator[Fault]:
    for at, value, kind in cells:
        if kind == "e" and at in columns:
            yield table.fault(line, columns[at], f"公式出错（{value}）。请直接填文字。")


def _text(value: Any) -> str:
    """What somebody sees in the cell: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
