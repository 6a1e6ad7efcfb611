"""写实 and 台账 in people's own words."""

from __future__ import annotations

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE = "2010018", "2005007", "2003011"


@pytest.mark.requirement("R-302")
@pytest.mark.parametrize(
    "words",
    [
        "写实",
        "写时",
        "我要写实",
        "交写实",
        "填一下写实",
        "做写实",
        "写实！",
        "您好，我想写实",
        "自我写实",
        "报写实",
    ],
)
def test_the_wish_to_record_opens_the_form(ear: Ear, words: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, dict(found.fields)) == ("report", {}) and found.score >= 0.9


@pytest.mark.requirement("R-222")
@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("写10月的写实", "2026-10"),
        ("补报9月", "2026-09"),
        ("补报上个月的写实", "2026-10"),
        ("本月写实", "2026-11"),
        ("补交十月份写实", "2026-10"),
        ("十月写实：开了两次会", "2026-10"),
        ("写实 10月 开了两次会", "2026-10"),
    ],
)
def test_a_record_names_its_month(ear: Ear, words: str, month: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, found.fields["month"]) == ("report", month)


@pytest.mark.parametrize("words", ["补报", "提前交", "我要补报", "提前交写实"])
def test_late_and_early_records_have_their_own_words(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).handler == "report"


@pytest.mark.requirement("R-221")
def test_numbered_answers_come_along_with_the_entrance(ear: Ear) -> None:
    found = ear.best(TEACHER, "11月写实：1 推进中，听课两次；2 已完成，开放了16次")
    items = found.fields["items"]
    assert [one["n"] for one in items] == [1, 2]
    assert [one["status"] for one in items] == ["ongoing", "done"]
    assert "听课两次" in items[0]["text"] and "开放了16次" in items[1]["text"]


@pytest.mark.parametrize("words", ["11月份的写实我来交", "这个月的写实怎么填呀", "来交写实啦"])
def test_words_about_handing_in_are_not_what_is_handed_in(ear: Ear, words: str) -> None:
    found = ear.best(TEACHER, words)
    assert found.handler == "report" and "items" not in found.fields


@pytest.mark.parametrize("words", ["我的台账", "看我的台账", "查一下我的台账", "我的台帐"])
def test_everybody_may_ask_for_the_own_archive(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).handler == "my_archive"


@pytest.mark.parametrize(
    ("speaker", "words", "person"),
    [
        (SECRETARY, "台账 刘洋", "2011045"),
        (SECRETARY, "看看刘洋的台账", "2011045"),
        (SECRETARY, "刘洋台账", "2011045"),
        (SECRETARY, "台帐刘扬", "2011045"),
        (SECRETARY, "查一下张伟的台账", "2010018"),
        (ABOVE, "台账 张伟", ["2010018", "2012034"]),
        (ABOVE, "台账 2012034", "2012034"),
        (SECRETARY, "许老师的台账", "2007033"),
        (SECRETARY, "台账 孙丽", "S2024015"),
        (SECRETARY, "张伟这个月写了什么", "2010018"),
    ],
)
def test_an_archive_is_asked_for_by_whatever_people_call_each_other(
    ear: Ear, speaker: str, words: str, person: str | list[str]
) -> None:
    found = ear.best(speaker, words)
    assert (found.handler, found.fields["person"]) == ("archive", person)


@pytest.mark.parametrize("words", ["写实要写多少字", "写实太麻烦了", "台账是什么", "昨天的写实比赛真好看"])
def test_talk_about_records_is_no_record(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).score < 0.9
