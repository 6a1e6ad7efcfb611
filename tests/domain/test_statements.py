"""Loose words after a reminder: what tells of the month's work, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.statements import asks_us, tells_something

TELLS = [
    "听课各两次，小王公开课定在下月",
    "本月开放了4次，来了60人",
    "还在做，材料交了一半",
    "这个月出差多没怎么动"[:7],
    "按计划推进",
]
DOES_NOT = [
    "您好",
    "在吗",
    "这个怎么填",
    "什么意思？",
    "要交到什么时候",
    "是不是已经交过了",
    "hi",
    "好",
    "123456",
    "张伟交了吗",
    "👍👍👍👍",
]


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize("text", TELLS)
def test_a_sentence_about_work_tells_something(text: str) -> None:
    assert tells_something(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_a_question_a_greeting_or_a_sign_tells_nothing(text: str) -> None:
    assert not tells_something(text)


@pytest.mark.parametrize("text", ["那个什么时候截至啊？", "要交到几号?", "“这样写行吗？”"])
def test_a_message_that_ends_with_a_question_mark_asks_us(text: str) -> None:
    assert asks_us(text)


@pytest.mark.parametrize("text", ["按计划推进", "答复了“怎么办理？”的来电18个", "弄清了是谁的问题", ""])
def test_a_question_inside_a_statement_asks_nothing(text: str) -> None:
    assert not asks_us(text)


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_judge(text: str) -> None:
    assert tells_something(text) in (True, False)
