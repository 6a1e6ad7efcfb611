"""Sheets as files: every cell typed as text, so that nobody's words become a formula; written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

# So many rows below the last get the drop-down lists as well.
_ROOM = 5000
_HEAD = PatternFill("solid", fgColor="F3E9E2")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write; `choices` are the words offered under a heading."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Make a new file; raises FileExistsError rather than touch one that is there."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    save(path, book.save, is_new=True)


def save(path: Path, write_to: Callable[[str], Any], is_new: bool) -> None:
    """Write beside and put in place, so that nobody ever sees half a file; raises FileExistsError, OSError."""
    if is_new and path.exists():
        raise FileExistsError(path)
    handle, name = tempfile.mkstemp(prefix=".xieshi-", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    try:
        write_to(name)
        # Names and birthdays are for whoever runs the command; an old file keeps its own permissions.
        os.chmod(name, 0o600 if is_new else path.stat().st_mode)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(target: Any, sheet: Sheet) -> None:
    target.append(list(sheet.headings))
    for cell in target[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for n, row in enumerate(sheet.rows, 2):
        for at, words in enumerate(row, 1):
            if words:
                put(target.cell(n, at), words)
    for at, heading in enumerate(sheet.headings, 1):
        letter = get_column_letter(at)
        target.column_dimensions[letter].width = max(12, len(heading) * 2 + 4)
        # Text format, or Excel turns 1980-01 into a date and 0150 into 150.
        target.column_dimensions[letter].number_format = "@"
        if heading in sheet.choices:
            _offer(target, letter, sheet.choices[heading])
    target.freeze_panes = "A2"


def put(cell: Any, words: str) -> None:
    """Put somebody's words into a cell as text and nothing else."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="center", wrap_text="\n" in words)


def _offer(target: Any, letter: str, words: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
    rule.showErrorMessage = False
    target.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{_ROOM}")
