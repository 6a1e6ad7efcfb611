"""A question beside the open one lives until the next words: its digits never outlive it, and a photo ends nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from storage.codec import ZONE
from tests import school
from tests.school import School

MEMBER, LEADER = "2010052", "2003011"


@pytest.fixture
def one(sqlite_url: str) -> School:
    made = school.new(sqlite_url, datetime(2026, 6, 25, 9, tzinfo=ZONE))
    made.publish(MEMBER, "为2名新教师各听课4次", date(2026, 11, 30))
    return made


def say(one: School, person: str, *words: str) -> str:
    for each in words:
        one.say(person, each)
    return one.outcomes[-1].reply


@pytest.mark.row(5)
def test_after_a_question_in_the_middle_digits_are_the_open_question_s_again(one: School) -> None:
    assert "1 再看一遍问题" in say(one, MEMBER, "写实", "9", "8", "7")
    assert "再看一遍" not in say(one, MEMBER, "谁没交")
    assert "已完成。\n效果怎样" in say(one, MEMBER, "2")


@pytest.mark.row(5)
@pytest.mark.parametrize("words", ["返回", "继续", "好的", "听课两次"])
def test_ways_out_are_over_with_the_next_words(one: School, words: str) -> None:
    say(one, MEMBER, "写实", "听课两次", "返回", "9", "8", "7", words)
    assert "已存草稿" not in say(one, MEMBER, "2")


@pytest.mark.row(5)
def test_what_is_put_aside_when_stuck_comes_back_to_its_own_question(one: School) -> None:
    assert "已存草稿" in say(one, MEMBER, "写实", "9", "8", "7", "2")
    assert "这个月做了什么" in say(one, MEMBER, "继续")
    assert "效果怎样" in say(one, MEMBER, "2")


@pytest.mark.row(5)
def test_the_secretary_hears_once_a_day_who_is_stuck_and_not_with_what_words(one: School) -> None:
    say(one, MEMBER, "写实", "听课两次，保密的话", "99", "98", "97", "3")
    (news,) = one.outcomes[-1].pushes
    assert (news.person, news.unit) == ("2005007", "教工第一党支部") and "保密" not in news.text
    say(one, MEMBER, "继续", "99", "98", "97", "3")
    assert [tell.key for tell in one.outcomes[-1].pushes] == [news.key]


@pytest.mark.row(3)
@pytest.mark.row(16)
def test_a_photo_between_leaves_the_words_that_are_asked_about(one: School) -> None:
    assert "加到点评后面吗" in say(one, LEADER, "点评陈静：带青年教师扎实", "学生都念她的好")
    assert "加到点评后面吗" in one.photo(LEADER).reply
    assert one.photo(LEADER).reply == ""
    reply = say(one, LEADER, "1")
    assert "学生都念她的好" in reply and "照片2张" in reply


@pytest.mark.row(3)
def test_the_answer_no_leaves_everything_as_it_was(one: School) -> None:
    before = say(one, LEADER, "点评陈静：带青年教师扎实")
    assert say(one, LEADER, "学生都念她的好", "2") == before
