"""A number said anew finds the one it corrects, and no other."""

from __future__ import annotations

import pytest

from domain.renumbering import renumbered


@pytest.mark.requirement("R-300")
@pytest.mark.parametrize(
    ("text", "words", "anew"),
    [
        ("为2名新教师各听课4次", "改成10次", "为2名新教师各听课10次"),
        ("见面5次", "改成见面8次", "见面8次"),
        ("见面五次，谈心两次", "见面8次", "见面8次，谈心两次"),
        ("见面5次，谈心2次", "改成8次", None),
        ("见面5次", "改成8", None),
        ("见面5次", "改成8人", None),
        ("见面5次", "明天提醒我", None),
    ],
)
def test_only_the_one_number_of_that_kind_is_changed(text: str, words: str, anew: str | None) -> None:
    assert renumbered(text, words) == anew
