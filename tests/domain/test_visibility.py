"""Who may see a review before it is 通报 (R-044)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.permissions import Target
from domain.reviews import Review
from domain.visibility import may_see_review, seen_by
from tests import cast
from tests.domain.memory_roster import MemoryRoster

DAY = date(2026, 7, 31)
AT = datetime(2026, 7, 31, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def review(target: Target, reviewer: str) -> Review:
    return Review(
        "P-2026-0154-1", "P-2026-0154-1", target.type, target.subject, "某", target.org, reviewer, "x", AT, DAY,
        "daily", "individual", "成绩", "不足", "方向",
    )  # fmt: skip


OF_MEMBER = review(Target("member", "2010018", cast.FIRST), "2003011")
OF_SECRETARY = review(Target("secretary", "2003011", cast.ENGINEERING), "2001002")
OF_BRANCH = review(Target("org", cast.FIRST, cast.FIRST), "2003011")


@pytest.mark.requirement("R-044")
@pytest.mark.parametrize(
    ("one", "may", "may_not"),
    [
        (
            OF_MEMBER,
            {"2010018", "2005007", "2003011", "2008030"},
            {"2011045", "2006015", "2009012", "2000001"},
        ),
        (OF_SECRETARY, {"2003011", "2001002", "2000001", "2008030"}, {"2005007", "2010018", "2004009"}),
        (OF_BRANCH, {"2005007", "2003011", "2008030"}, {"2010018", "2006015"}),
    ],
)
def test_a_review_is_seen_by_those_concerned_and_by_nobody_else(
    one: Review, may: set[str], may_not: set[str]
) -> None:
    roster = MemoryRoster()
    seen = {who for who in may | may_not if may_see_review(roster, who, one, DAY)}
    assert seen == may


@pytest.mark.requirement("R-044")
def test_a_colleague_asking_gets_nothing() -> None:
    assert seen_by(MemoryRoster(), "2011045", [OF_MEMBER, OF_SECRETARY, OF_BRANCH], DAY) == []
