"""Signatures, papers, changes of people, and the words that concern the bot itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE, OFFICE, ADMIN, STUDENTS = (
    "2010018",
    "2005007",
    "2003011",
    "2008030",
    "2009012",
    "2015021",
)


@pytest.mark.parametrize(
    ("speaker", "words", "handler", "fields"),
    [
        (SECRETARY, "已办", "attest", {}),
        (SECRETARY, "已办。", "attest", {}),
        (SECRETARY, "已办 三季度写实", "attest", {"text": "三季度写实"}),
        (SECRETARY, "已办：半年督查，9月28日", "attest", {"text": "半年督查，9月28日"}),
        (SECRETARY, "已办 6月25日点评登记", "attest", {"text": "6月25日点评登记"}),
        (SECRETARY, "已办 通报 6月28日 支部大会", "attest", {"text": "通报 6月28日 支部大会"}),
        (SECRETARY, "6月25日点评登记已经填好了", "attest", {"text": "6月25日点评登记"}),
        (SECRETARY, "点评通报贴出去了", "attest", {"text": "点评通报"}),
        (SECRETARY, "三季度支部写实写好了", "attest", {"text": "三季度支部写实"}),
        (OFFICE, "分析会已经开完了", "attest", {"text": "分析会"}),
        (OFFICE, "登记已办", "attest", {}),
        (SECRETARY, "待签", "to_sign", {}),
        (SECRETARY, "有没有要我签的", "to_sign", {}),
        (SECRETARY, "还有哪些等我签字", "to_sign", {}),
        (SECRETARY, "签 0154-1", "sign", {"number": "0154-1"}),
        (SECRETARY, "签０１５４－１", "sign", {"number": "0154-1"}),
        (SECRETARY, "签字 C-2026-0154-1", "sign", {"number": "C-2026-0154-1"}),
        (SECRETARY, "签0154", "sign", {"number": "0154"}),
        (SECRETARY, "退 0154-1 没写清多少人", "return", {"number": "0154-1", "reason": "没写清多少人"}),
        (SECRETARY, "退回0154-1，请写清时限", "return", {"number": "0154-1", "reason": "请写清时限"}),
        (SECRETARY, "公开", "publish", {}),
        (ABOVE, "整改", "rectify", {}),
        (ABOVE, "整改回复待阅", "rectify", {}),
        (ABOVE, "整改 0152-1 完成：重签5份", "rectify", {"number": "0152-1", "text": "完成：重签5份"}),
        (ABOVE, "汇总表一", "summary", {"table": 1}),
        (ABOVE, "要汇总表二 今年", "summary", {"table": 2, "period": "2026"}),
        (ABOVE, "汇总表", "summary", {}),
        (ABOVE, "登记表", "form", {}),
        (SECRETARY, "登记表 张伟", "form", {"code": "HA1-2", "subject": "2010018"}),
        (ABOVE, "登记表 教工二支部", "form", {"code": "HA1-1", "subject": "教工第二党支部"}),
        (SECRETARY, "写实簿 张伟 2026年", "booklet", {"subject": "2010018", "year": "2026"}),
        (SECRETARY, "张伟的写实簿", "booklet", {"subject": "2010018"}),
        (OFFICE, "评议 机械学院党总支", "evaluation", {"org": "机械学院党总支"}),
        (
            STUDENTS,
            "转出 孙丽 到教工第二党支部 12月1日 留校",
            "transfer",
            {"person": "S2024015", "to": "教工第二党支部", "on": "2026-12-01"},
        ),
        (STUDENTS, "孙丽转到教工二支部", "transfer", {"person": "S2024015", "to": "教工第二党支部"}),
        (
            TEACHER,
            "请假 12月1日到12月10日 出差",
            "leave",
            {"from": "2026-12-01", "to": "2026-12-10", "reason": "出差"},
        ),
        (TEACHER, "我要请假", "leave", {}),
        (
            SECRETARY,
            "许峰请假 12月1日到12月31日 住院",
            "leave",
            {"person": "2007033", "from": "2026-12-01", "to": "2026-12-31", "reason": "住院"},
        ),
        (ADMIN, "预演 11月", "rehearse", {"period": "2026-11"}),
        (ADMIN, "预演去年", "rehearse", {"period": "2025"}),
        (ADMIN, "停发", "hold", {}),
        (ADMIN, "恢复发送", "release", {}),
        (TEACHER, "稍后提醒", "snooze", {}),
        (TEACHER, "明天提醒我", "snooze", {}),
        (TEACHER, "帮助", "help", {}),
        (TEACHER, "你能做什么", "help", {}),
        (TEACHER, "这个怎么用啊", "help", {}),
        (TEACHER, "我的", "mine", {}),
        (TEACHER, "我还有什么没做", "mine", {}),
    ],
)
def test_an_entrance_and_its_fields(
    ear: Ear, speaker: str, words: str, handler: str, fields: dict[str, Any]
) -> None:
    found = ear.best(speaker, words)
    assert (found.handler, dict(found.fields)) == (handler, fields)


@pytest.mark.parametrize(
    "words",
    ["谢谢", "好的", "收到，谢谢老师", "👌", "辛苦了", "今天下雪了", "哈哈", "。", "asdf", "明天几点开会？"],
)
def test_courtesies_and_chatter_mean_nothing(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).handler == "none"


def test_an_unknown_account_is_a_stranger_whatever_it_says(ear: Ear) -> None:
    assert ear.best("nobody", "谁没交").handler == "stranger"
