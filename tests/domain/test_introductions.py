"""How strangers say who they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.introductions import Introduction, read_introduction
from tests import cast
from tests.domain.memory_roster import MemoryRoster


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize(
    "words",
    [
        "张伟 教工第一党支部",
        "张伟，教工第一党支部",
        "教工第一党支部张伟",
        "教工第一党支部 张伟老师",
        "我是张伟 教工第一党支部的",
        "您好，我叫张伟，在教工第一党支部",
        "我是教工第一党支部的张伟",
        "姓名：张伟 支部：教工第一党支部",
        "机械学院教工第一党支部 张伟",
        "新来的，刚转到教工第一党支部，叫张伟",
        "张伟\n教工第一党支部",
        "我是教工一支部的张伟同志",
    ],
)
def test_a_name_and_a_branch_are_found_in_any_order(words: str) -> None:
    assert read_introduction(words, MemoryRoster()) == Introduction("张伟", cast.FIRST)


@pytest.mark.parametrize("words", ["你好", "谁没交", "作承诺", "台账 孙丽", "1 听课两次；2 已完成", "👌", ""])
def test_other_first_words_are_no_introduction(words: str) -> None:
    assert read_introduction(words, MemoryRoster()) == Introduction()


@pytest.mark.parametrize("words", ["我是新来的，想加入教工第一党支部", "申请加入教工第一党支部"])
def test_a_wish_to_join_is_no_name(words: str) -> None:
    assert read_introduction(words, MemoryRoster()) == Introduction("", cast.FIRST)


def test_a_mere_name_counts_once_it_was_asked_for() -> None:
    assert read_introduction("陈雨", MemoryRoster()).name == ""
    assert read_introduction("陈雨", MemoryRoster(), alone=True).name == "陈雨"
    assert read_introduction("我叫阿依古丽·买买提", MemoryRoster()).name == "阿依古丽·买买提"


def test_a_branch_that_may_be_several_is_none() -> None:
    assert read_introduction("张伟 教工支部", MemoryRoster()).org == ""


@given(st.text(max_size=300))
def test_no_words_whatever_are_too_much(words: str) -> None:
    said = read_introduction(words, MemoryRoster(), alone=True)
    assert len(said.name) <= 15
