"""Every dialogue file is played on a fresh school."""

from pathlib import Path

import pytest

from tests import school
from tests.dialogue_file import Player, Straight

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dialogue(path: Path, sqlite_url: str) -> None:
    one = school.new(sqlite_url)
    Player(one, Straight(one), path).play()
