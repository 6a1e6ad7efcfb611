"""解卡 and what people say for it; whatever else is stuck is no business of the bot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE = "2010018", "2005007", "2003011"
ZHANG, BOTH = {"person": "2010018"}, {"person": ["2010018", "2012034"]}


@pytest.mark.row(26)
@pytest.mark.parametrize(
    ("speaker", "words", "fields"),
    [
        (SECRETARY, "解卡", {}),
        (SECRETARY, "解卡 张伟", ZHANG),
        (SECRETARY, "解卡张伟", ZHANG),
        (SECRETARY, "解卡：张伟。", ZHANG),
        (SECRETARY, "解卡 2010018", ZHANG),
        (SECRETARY, "帮张伟解卡", ZHANG),
        (SECRETARY, "给张伟解卡一下", ZHANG),
        (SECRETARY, "请帮张伟解开", ZHANG),
        (SECRETARY, "张伟卡住了，帮他解开", ZHANG),
        (SECRETARY, "张伟卡住了", ZHANG),
        (SECRETARY, "张伟同志卡住了，麻烦帮一下", ZHANG),
        (SECRETARY, "张伟老师那里好像又卡住了，请给解一下", ZHANG),
        (SECRETARY, "刘洋卡死了，帮她解卡", {"person": "2011045"}),
        (ABOVE, "解卡 张伟", BOTH),
        (ABOVE, "解卡 二支部的张伟", {"person": "2012034"}),
        (ABOVE, "解卡 钱多多", {}),
        (TEACHER, "解卡 王明", {"person": "2010052"}),
    ],
)
def test_who_shall_be_freed(ear: Ear, speaker: str, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(speaker, words)
    assert (found.handler, dict(found.fields)) == ("free", fields)


@pytest.mark.row(26)
@pytest.mark.parametrize("speaker", [TEACHER, SECRETARY, ABOVE])
@pytest.mark.parametrize(
    "words",
    [
        "打印机卡住了",
        "项目卡住了，正在想办法",
        "张伟的电脑卡住了",
        "我卡住了",
        "写实系统卡死了",
        "6月写实：张伟卡住的实验已经解开",
        "经费卡住了，帮我想想办法",
        "点评张伟：课题卡住了，要加把劲",
        "把问题解开",
        "卡住了",
        "食堂办卡",
        "解卡车司机的难题，走访3户",
        "张伟卡住了课题，请支部出面协调经费",
    ],
)
def test_whatever_else_is_stuck_is_not_meant(ear: Ear, speaker: str, words: str) -> None:
    assert ear.best(speaker, words).handler != "free"
