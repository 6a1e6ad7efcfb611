"""Every dialogue file is played on a fresh school: through the encrypted callback, as WeCom would bring it."""

from pathlib import Path

import pytest

from tests import school
from tests.dialogue_file import Player
from tests.sealed import Sealed

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.row(27)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dialogue(path: Path, sqlite_url: str, tmp_path: Path) -> None:
    one = school.new(sqlite_url)
    Player(one, Sealed(one, tmp_path), path).play()
