"""Row 1: the next question is whatever is still missing; the same things said in any order are the same record."""

from __future__ import annotations

from datetime import date, datetime
from itertools import permutations

import pytest

from storage.codec import ZONE
from tests import school
from tests.chat.questions import put
from tests.school import School

MEMBER = "2010018"
ITEMS = ("为2名新教师各听课4次", "实验室开放48次", "走访企业10家", "编写讲义1本")
SAID = ("1 听课两次", "2 开放6次", "3 走访3家", "4 未启动")


@pytest.fixture
def four_items(sqlite_url: str) -> School:
    one = school.new(sqlite_url, datetime(2026, 6, 25, 9, tzinfo=ZONE))
    for n, goal in enumerate(ITEMS, 1):
        one.publish(MEMBER, goal, date(2026, 11, 30), n=n)
    return one


@pytest.mark.row(1)
@pytest.mark.requirement("R-220")
def test_four_items_told_in_all_twenty_four_orders_are_the_same_month(four_items: School) -> None:
    texts = set()
    for order in permutations(SAID):
        put(four_items, MEMBER, {})
        for words in ("写实", "；".join(order), "按计划推进"):
            four_items.say(MEMBER, words)
        texts.add(four_items.outcomes[-1].reply)
    assert len(texts) == 1
    assert_kept(four_items)


@pytest.mark.row(1)
@pytest.mark.row(9)
@pytest.mark.row(14)
@pytest.mark.requirement("R-298")
def test_four_items_mended_in_all_twenty_four_orders_are_the_same_month(four_items: School) -> None:
    texts = set()
    for order in permutations(SAID):
        put(four_items, MEMBER, {})
        for words in ("写实", "都没动", *(f"改{words}" for words in order), "按计划推进"):
            four_items.say(MEMBER, words)
        texts.add(four_items.outcomes[-1].reply)
    assert len(texts) == 1
    assert_kept(four_items)


def assert_kept(one: School) -> None:
    one.say(MEMBER, "确认")
    (entry,) = [each for each in one.entries(f"person:{MEMBER}") if each.kind == "report.submitted"]
    assert [item["text"] for item in entry.data["items"]] == ["听课两次", "开放6次", "走访3家", ""]
    assert [item["status"] for item in entry.data["items"]] == ["ongoing"] * 3 + ["not_started"]
