"""Fills empty cells of somebody's own sheet and leaves everything else in it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from bot.sheets.guard import Unreadable, check
from bot.sheets.writing import put, save
from domain.cells import plain
from domain.sheets import Table


def fill(path: Path, table: Table, heading: str, words: Mapping[int, str]) -> None:
    """Write words under a heading by row number; raises Unreadable if the sheet has no such column."""
    if heading not in table.columns:
        raise Unreadable(f"“{table.name}”里没有“{heading}”这一列。请加上这个标题再试。")
    check(path)
    book = load_workbook(path)
    sheet = next(one for one in book.worksheets if plain(one.title) == plain(table.name))
    column = column_index_from_string(table.columns[heading])
    for row, text in words.items():
        put(sheet.cell(row, column), text)
    save(path, book.save, is_new=False)
