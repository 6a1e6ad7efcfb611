"""The table of requirements is complete, and reads marks and dialogues alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.requirements import Collected, by_number, named_in_dialogues, table, titles


def test_every_requirement_has_a_number_and_a_short_title_in_order() -> None:
    known = titles()
    assert len(known) == 247
    assert list(known) == sorted(known)
    assert all(re.fullmatch(r"R-\d{3}", number) and 0 < len(title) <= 60 for number, title in known.items())


def test_a_dialogue_names_its_requirements_on_lines_of_their_own(tmp_path: Path) -> None:
    script = "# R-119、R-120 点评三部分\n要求：R-301\n张伟: 要求 R-999 写实\n"
    (tmp_path / "点评.txt").write_text(script, encoding="utf-8")
    named = list(named_in_dialogues(tmp_path))
    assert named == [(number, "dialogues/点评.txt") for number in ("R-119", "R-120", "R-301")]


def test_a_mark_names_its_test_once_however_often_it_is_parametrised(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest

        @pytest.mark.requirement("R-301", "R-302")
        @pytest.mark.parametrize("n", [1, 2])
        def test_dates(n): pass
    """)
    collected = Collected()
    pytester.inline_run("--collect-only", "-p", "no:xdist", plugins=[collected])
    shown = by_number(collected.tests)
    assert shown.keys() == {"R-301", "R-302"}
    assert [test.rpartition("::")[2] for test in shown["R-301"]] == ["test_dates"]


def test_the_table_says_what_is_built_and_what_is_not_yet() -> None:
    lines = list(table({"R-001": "四级树", "R-002": "两义"}, {"R-002": ["tests/test_a.py::test_b"]}))
    assert lines[0] == "R-001  not yet  四级树"
    assert lines[1] == "R-002  built    两义"
    assert lines[2].strip() == "tests/test_a.py::test_b"
    assert lines[3] == "1 built, 1 not yet"
