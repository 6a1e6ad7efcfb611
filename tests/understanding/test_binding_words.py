"""Words that let accounts in, put a reminder off, or waive by a line of the list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.hearing import Ear

SECRETARY = "2005007"


@pytest.mark.parametrize(
    ("words", "handler", "fields"),
    [
        ("待绑定", "bindings", {}),
        ("有谁要绑定？", "bindings", {}),
        ("同意 0154", "bindings", {"number": "0154"}),
        ("同意０１５４", "bindings", {"number": "0154"}),
        ("同意绑定到0154。", "bindings", {"number": "0154"}),
        ("同意 0154 zw88", "bindings", {"number": "0154"}),
        ("不是账号 zw88", "bindings", {}),
        ("免 2 住院", "waive", {"line": "2", "reason": "住院"}),
        ("免２号，住院", "waive", {"line": "2", "reason": "住院"}),
        ("免", "waive", {}),
        ("明天上午提醒我", "snooze", {}),
        ("下周一上午9点再提醒", "snooze", {}),
        ("今晚再提醒我一下", "snooze", {}),
    ],
)
def test_the_words_of_the_secretary_s_desk_are_understood(
    ear: Ear, words: str, handler: str, fields: dict[str, Any]
) -> None:
    best = ear.hear(SECRETARY, words)[0]
    assert (best.handler, dict(best.fields)) == (handler, fields)


@pytest.mark.parametrize("words", ["同意", "同意他的意见", "再说", "提醒", "再写", "免费开放实验室16次"])
def test_words_that_only_look_alike_do_nothing_of_the_kind(ear: Ear, words: str) -> None:
    best = ear.hear(SECRETARY, words)[0]
    assert best.handler not in ("bindings", "snooze") and not best.fields.get("line")
