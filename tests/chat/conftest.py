"""A school with all its questions open, made once: the tests of this folder only look."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.chat import questions
from tests.chat.questions import Asked
from tests.school import School


@dataclass(frozen=True)
class Questions:
    """The school, and every question with the conversation that led to it."""

    school: School
    asked: tuple[Asked, ...]


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    """Every question the bot asks."""
    one = questions.prepared(f"sqlite:///{tmp_path_factory.mktemp('chat') / 'xieshi.db'}")
    return Questions(one, tuple(questions.all_asked(one)))
