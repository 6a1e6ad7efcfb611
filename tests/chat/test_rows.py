"""docs/chat-rows.md and the tests say the same: each row is shown where the page says, or is put off in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINE = re.compile(r"\| (?P<row>\d+) \| (?P<reading>.+) \| (?P<shown>.+) \|")
OWED = [*range(1, 28), 44, 45, *range(47, 51)]


def lines() -> dict[int, tuple[str, str]]:
    page = (ROOT / "docs" / "chat-rows.md").read_text(encoding="utf-8")
    found = filter(None, map(LINE.fullmatch, page.splitlines()))
    return {int(match["row"]): (match["reading"], match["shown"]) for match in found}


def test_every_row_has_its_line() -> None:
    assert list(lines()) == OWED


@pytest.mark.parametrize("row", OWED)
def test_what_the_page_names_bears_the_row(row: int) -> None:
    reading, shown = lines()[row]
    named = re.findall(r"`(tests/[^`]+)`", shown)
    assert named or (shown == "later" and reading.startswith("later: "))
    for path in named:
        assert bears(row, (ROOT / path)), path


def bears(row: int, path: Path) -> bool:
    words = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return f"@pytest.mark.row({row})" in words
    comments = [line for line in words.splitlines() if line.startswith("#")]
    return any(row in _rows(line) for line in comments)


def _rows(comment: str) -> set[int]:
    """The rows of 行3, 行1、行9 and 行47–49."""
    spans = re.findall(r"行(\d+)(?:–(\d+))?", comment)
    return {row for first, last in spans for row in range(int(first), int(last or first) + 1)}
