"""Rows of words as an xlsx file; a cell is text and stays text, whatever it looks like (house 12)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT = 32_767
WIDEST, NARROWEST = 60, 8


def xlsx(rows: Sequence[Sequence[str]], made: datetime) -> bytes:
    """A workbook of one sheet; the first row stays in sight. `made` stands in the file instead of the clock."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for n, row in enumerate(rows, 1):
        for m, words in enumerate(row, 1):
            cell = sheet.cell(n, m, ILLEGAL_CHARACTERS_RE.sub("", str(words))[:CELL_LIMIT])
            # Otherwise =1+1 would be a formula.
            cell.data_type = "s"
    _fit(sheet, rows)
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fit(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    sheet.freeze_panes = "A2" if len(rows) > 1 else None
    for m in range(1, max(map(len, rows), default=0) + 1):
        longest = max((_width(row[m - 1]) for row in rows if len(row) >= m), default=0)
        sheet.column_dimensions[get_column_letter(m)].width = min(WIDEST, max(NARROWEST, longest + 2))


def _width(words: str) -> int:
    """In columns of a spreadsheet, where a Chinese character takes two."""
    return max(
        (sum(2 if ord(sign) > 255 else 1 for sign in line) for line in str(words).split("\n")), default=0
    )
