"""The secretary's conversations once more on PostgreSQL, whose statements differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import school
from tests.dialogue_file import Player, Straight

DIALOGUES = Path(__file__).parent.parent / "dialogues"
NAMES = (
    "人员_换届",
    "人员_委托",
    "人员_新增和变动",
    "人员_请假",
    "S-15_年中转支部",
    "S-15_转支部_不接收",
    "S-12_谁没交",
    "S-12_总支书记",
    "催和免_细节",
    "点评覆盖",
    "问_组织和别的任务",
    "逾期",
    "代填",
    "绑定",
    "台账",
    "稍后提醒",
    "停发和恢复",
    "开始",
)


@pytest.mark.postgresql
@pytest.mark.parametrize("name", NAMES)
def test_the_dialogue_is_the_same(name: str, postgresql_url: str) -> None:
    one = school.new(postgresql_url)
    Player(one, Straight(one), DIALOGUES / f"{name}.txt").play()
