"""Five photos as five parallel callbacks and the words in between: one review with five photos, all stored."""

from __future__ import annotations

import pytest

from tests.faults import webs
from tests.faults.proofs import assert_whole, written
from tests.installation import Installation
from tests.sandbox.pictures import picture
from tests.scheduler.processes import wait_for, working

pytestmark = pytest.mark.slow

LEADER = "wangjianguo"
WORDS = "点评赵敏：台账清楚；不足是值班记录不全，下一步把值班表上墙"


def stored(here: Installation) -> int:
    return len(written(here.school, "attachment.stored", "attachment"))


@pytest.mark.requirement("R-129")
@pytest.mark.requirement("R-131")
def test_five_parallel_photos_and_the_words_are_one_review_with_five_photos(anywhere: Installation) -> None:
    sandbox = anywhere.sandbox
    sandbox.faults.change(reorder_window_s=0.5)
    with webs.running(anywhere) as web, working(anywhere):
        sandbox.connect(web.url)
        sandbox.send_images(LEADER, [picture(size=(40 + n, 30)) for n in range(5)])
        sandbox.say(LEADER, WORDS, apart=True)
        assert sandbox.wait_idle(30)
        sandbox.faults.change(reorder_window_s=0.0)
        sandbox.say(LEADER, "确认")
        assert sandbox.wait_idle(30)
        receipt = anywhere.texts(LEADER)[-1]
        assert receipt.startswith("已点评赵敏（P-2026-0161-1），照片5张已存台账"), anywhere.texts(LEADER)
        assert wait_for(lambda: stored(anywhere) == 5)
    assert set(written(anywhere.school, "attachment.stored", "of").values()) == {5}
    assert len(written(anywhere.school, "review.posted", "review")) == 1
    assert_whole(anywhere.school)
