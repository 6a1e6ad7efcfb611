"""Promises as people type them: what to do, until when, how many, and for whom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pledges import read_pledge, several, speaks_for_unit, without_entrance

TODAY = date(2026, 3, 2)


@pytest.mark.requirement("R-061", "R-301")
@pytest.mark.parametrize(
    ("words", "goal", "due"),
    [
        ("6月底前给大三学生讲3次论文写作", "给大三学生讲3次论文写作", date(2026, 6, 30)),
        ("我承诺6月底前给大三学生讲3次论文写作", "给大三学生讲3次论文写作", date(2026, 6, 30)),
        ("带2名青年教师听课6次，11月底前完成", "带2名青年教师听课6次", date(2026, 11, 30)),
        ("25号前给竞赛队加训5次，我承诺", "给竞赛队加训5次", date(2026, 3, 25)),
    ],
)
def test_goal_and_date_are_told_apart(words: str, goal: str, due: date) -> None:
    pledge = read_pledge(words, TODAY)
    assert (pledge.goal, pledge.due, pledge.problem) == (goal, due, None)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("讲3次论文写作", "missing"),
        ("尽快讲3次论文写作", "vague"),
        ("2026年1月5日前讲3次论文写作", "past"),
        ("2029年1月5日前讲3次论文写作", "far"),
    ],
)
def test_a_missing_day_has_its_reason(words: str, problem: str) -> None:
    pledge = read_pledge(words, TODAY)
    assert (pledge.due, pledge.problem) == (None, problem)


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("作承诺：讲3次课", "讲3次课"),
        ("即时承诺 查看3栋宿舍", "查看3栋宿舍"),
        ("我来作个承诺，年底前培训12名", "年底前培训12名"),
        ("教工第一党支部作承诺：开放实验室", "开放实验室"),
        ("帮师弟改论文，承诺哈", "帮师弟改论文"),
        ("与12名学生签承诺书", "与12名学生签承诺书"),
        ("作承诺", ""),
        ("再作一个：联系12名学生", "联系12名学生"),
        ("第二件，联系12名学生", "联系12名学生"),
        ("一个月内联系12名学生", "一个月内联系12名学生"),
    ],
)
def test_the_entrance_is_no_part_of_the_promise(words: str, bare: str) -> None:
    assert without_entrance(words) == bare


@pytest.mark.requirement("R-066")
@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "年度承诺，一是6月30日前走访企业15家，二是12月底前就业率到95%",
            ["6月30日前走访企业15家", "12月底前就业率到95%"],
        ),
        ("作承诺：1. 6月底前讲3次课；2. 年底前指导5名学生", ["6月底前讲3次课", "年底前指导5名学生"]),
        ("①6月底前讲3次课\n②年底前指导5名学生", ["6月底前讲3次课", "年底前指导5名学生"]),
        ("6月底前听课10次，9月底前发表论文2篇", ["6月底前听课10次", "9月底前发表论文2篇"]),
        (
            "听课10次，6月底前完成；年底前发论文2篇，并写总结",
            ["听课10次，6月底前完成", "年底前发论文2篇，并写总结"],
        ),
        ("6月底前听课10次，写总结；年底前发论文2篇", ["6月底前听课10次，写总结", "年底前发论文2篇"]),
        ("带2名青年教师，6月底前听课10次", ["带2名青年教师，6月底前听课10次"]),
        ("6月底前开题，12月底前结题", ["6月底前开题，12月底前结题"]),
        ("6月底前讲3次课", ["6月底前讲3次课"]),
        ("我承诺带2名青年教师，1人听课6次", ["带2名青年教师，1人听课6次"]),
        ("作承诺", []),
    ],
)
def test_numbered_promises_are_several(words: str, parts: list[str]) -> None:
    assert several(words, TODAY) == parts


@pytest.mark.parametrize(
    ("words", "for_unit"),
    [
        ("教工第一党支部作承诺：每周三开放实验室", True),
        ("作支部承诺", True),
        ("党组织承诺", True),
        ("我承诺为支部档案做规范", False),
        ("作承诺，帮支部整理档案3年", False),
    ],
)
def test_a_promise_of_the_organisation_says_so(words: str, for_unit: bool) -> None:
    assert speaks_for_unit(words) is for_unit


@given(st.text(max_size=60) | st.text("1234一二三是；;。 \n承诺我作前月底5次课", max_size=60))
def test_nothing_is_ever_added_to_the_words(words: str) -> None:
    letters = iter(words)
    assert all(letter in letters for letter in read_pledge(words, TODAY).goal)
    assert all(letter in words for part in several(words, TODAY) for letter in part)
