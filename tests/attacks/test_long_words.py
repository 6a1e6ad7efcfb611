"""One message of any length and shape takes a moment, because a turn keeps others waiting on SQLite."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_WAIT = 120
"""Seconds for all of them on a busy machine; what hangs takes years."""

_SPEAK = """
import sys
from tests import school

one = school.new(f"sqlite:///{sys.argv[1]}/x.db")
for head in ("", "点评张伟：", "1 ", "签 ", "免 "):
    for who in ("2005007", "2011045", "stranger"):
        assert one.say(who, (head + sys.argv[2] * 2000)[:2000]).reply
        one.say(who, "取消")
"""


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "a",
        "1 ",
        "一、",
        "月",
        "6月底前",
        "张伟",
        "0154-1,",
        "12345",
        "我的",
        "谢谢",
        "看",
        "查",
        "\u0301\u0315",
    ],
)
def test_no_pattern_takes_longer_than_its_words(words: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _SPEAK, str(tmp_path), words]
    assert subprocess.run(command, cwd=ROOT, timeout=LONGEST_WAIT, check=False).returncode == 0
