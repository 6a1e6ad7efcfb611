"""Whatever somebody types: an answer comes, nothing is looked up in vain, and no words are altered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.understanding import spellings
from tests.understanding.hearing import Ear

SECRETARY, ABOVE, OFFICE = "2005007", "2003011", "2008030"

pieces = st.lists(
    st.sampled_from(
        [
            "点评",
            "张伟",
            "张老师",
            "二支部",
            "谁没交",
            "写实",
            "承诺",
            "6月底前",
            "催一下",
            "签",
            "0154-1",
            "退",
            "整改",
            "台账",
            "汇总表一",
            "请假",
            "转出",
            "免",
            "我",
            "的",
            "，",
            "：",
            "1",
            "；",
            "帮助",
            "公开",
            "<a>",
            "😊",
        ]
    ),
    max_size=12,
).map("".join)


@given(words=st.one_of(pieces, st.text(max_size=60)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_message_is_understood_somehow(ear: Ear, words: str) -> None:
    found = ear.hear(ABOVE, words)
    assert found
    for one in found:
        assert 0 <= one.score <= 1 and not set(one.missing) & set(one.fields)
        json.dumps(dict(one.fields), ensure_ascii=False)


@given(words=pieces)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_a_field_holds_was_said_letter_for_letter(ear: Ear, words: str) -> None:
    found = ear.hear(SECRETARY, words)[0]
    for name in ("text", "reason"):
        assert found.fields.get(name, "") in words


@pytest.mark.parametrize("length", [200, 20_000])
@pytest.mark.parametrize(
    "piece", ["写实", "支部", "要出看", "我想", "点评张伟、", "1-", "承诺12月", "今天", "刚去看了", "，"]
)
def test_a_flood_of_one_word_is_no_more_than_long(ear: Ear, piece: str, length: int) -> None:
    assert ear.hear(ABOVE, (piece * length)[:length])


@given(st.text(max_size=40))
def test_putting_faults_right_keeps_every_position(words: str) -> None:
    assert len(spellings.corrected(words)) == len(words)
    sounding = spellings.by_sound(words)
    assert sounding is None or len(sounding) == len(words)


@dataclass
class Counting:
    """A roster that counts what it is asked."""

    roster: Any
    asked: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self.roster, name)


@pytest.mark.parametrize(
    "words",
    ["帮助", "作承诺", "写实", "谁没交", "待签", "催一下", "点评", "我的承诺", "点评覆盖", "今天下雪了"],
)
def test_words_without_names_ask_the_roster_nothing(ear: Ear, words: str) -> None:
    assert ear.asked(SECRETARY, words, Counting) == []


@pytest.mark.parametrize(
    "words",
    [
        "点评张伟：备课认真",
        "给刘洋点评一下：谈话很细",
        "台账 张伟",
        "二支部谁没交",
        "免 许峰 住院",
        "刘洋谈话很细，就是归档慢，希望月底补上",
        "上午听了高原的课，条理清楚，不足是板书少",
        "陈静和宋佳是不是还没交写实",
    ],
)
def test_a_name_costs_a_handful_of_questions(ear: Ear, words: str) -> None:
    assert 0 < len(ear.asked(ABOVE, words, Counting)) <= 6
