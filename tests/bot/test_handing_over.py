"""换届 and the drafts: what was begun for the branch goes to the new 书记, what was one's own stays (R-356)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.scheduler.ticks import TICKS
from storage.codec import ZONE
from tests import school
from tests.sealed import made

HEAD, NEXT, ABOVE = "2005007", "2014023", "2003011"


@pytest.mark.requirement("R-356")
def test_a_draft_of_the_branch_goes_over_on_the_day_and_ones_own_stays(
    database_url: str, tmp_path: Path
) -> None:
    one = school.new(database_url, datetime(2026, 6, 29, 9, tzinfo=ZONE))
    bot, follow = made(one, tmp_path), TICKS["follow"]
    for words in ("作承诺 12月20日前听课8次", "取消", "支部承诺 12月1日前开展主题党日6次", "取消"):
        one.say(HEAD, words)
    for words in ("换届 教工第一党支部 陈静 7月1日", "确认"):
        one.say(ABOVE, words)
    assert follow(bot, datetime(2026, 6, 30, 0, 1, tzinfo=ZONE)) == []
    assert [each.person for each in follow(bot, datetime(2026, 7, 1, 0, 1, tzinfo=ZONE))] == [NEXT]
    assert follow(bot, datetime(2026, 7, 1, 1, 1, tzinfo=ZONE)) == []
    one.now = datetime(2026, 7, 1, 9, tzinfo=ZONE)
    assert "主题党日" in one.say(NEXT, "继续").reply
    assert "听课" in one.say(HEAD, "继续").reply
