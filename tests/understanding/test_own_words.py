"""Many ways to say the same, and chatter in which our words merely occur."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE = "2010018", "2005007", "2003011"


def _lines(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.requirement("R-307")
@pytest.mark.parametrize("line", _lines("own_words.txt"))
def test_a_wish_is_understood_in_whatever_words(ear: Ear, line: str) -> None:
    speaker, handler, words = line.split("|")
    assert ear.best(speaker, words).handler == handler


@pytest.mark.parametrize("speaker", [TEACHER, SECRETARY, ABOVE])
@pytest.mark.parametrize("words", _lines("chatter.txt"))
def test_words_that_merely_occur_command_nothing(ear: Ear, speaker: str, words: str) -> None:
    assert ear.best(speaker, words).handler == "none"
