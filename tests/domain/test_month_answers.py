"""The words of a monthly record as answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.month_answers import (
    STATUSES,
    Answer,
    from_parts,
    is_nothing,
    names_support,
    read_answer,
    read_choice,
    read_month,
    read_postponement,
)

JULY_6 = date(2026, 7, 6)


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize(
    ("text", "answers", "statement"),
    [
        ("1 听课两次；2 已完成，开放16次", {1: Answer("ongoing", "听课两次"), 2: Answer("done", "开放16次")}, ""),
        ("1 听课两次；2 已完成，开放16次。自我鉴定：按计划推进", {1: Answer("ongoing", "听课两次"), 2: Answer("done", "开放16次")}, "按计划推进"),
        ("1 听课两次 2 没动 鉴定 抓得不紧", {1: Answer("ongoing", "听课两次"), 2: Answer("not_started", "")}, "抓得不紧"),
        ("2 有困难：缺经费", {2: Answer("difficult", "缺经费")}, ""),
        ("都没动", {1: Answer("not_started", ""), 2: Answer("not_started", "")}, ""),
        ("两件都按计划推进", {1: Answer("ongoing", "按计划推进"), 2: Answer("ongoing", "按计划推进")}, ""),
        ("无进展", {1: Answer("none", ""), 2: Answer("none", "")}, ""),
        ("听课两次", {}, ""),
        ("自评：抓得不紧", {}, "抓得不紧"),
        ("已完成", {}, ""),
    ],
)  # fmt: skip
def test_one_message_holds_a_month(text: str, answers: dict[int, Answer], statement: str) -> None:
    said = read_month(text, 2)
    assert (said.answers, said.statement) == (answers, statement)


def test_with_one_item_the_whole_message_is_its_answer() -> None:
    answer = read_month("出差了。1 已谈21人，剩13人没谈", 1).answers[1]
    assert answer.status == "ongoing"
    assert answer.text.startswith("出差了。") and answer.text.endswith("已谈21人，剩13人没谈")


@pytest.mark.parametrize("text", ["这个月的鉴定会开了两次", "参加职业技能鉴定3次"])
def test_the_word_in_the_middle_of_facts_is_no_statement(text: str) -> None:
    assert read_month(text, 1).statement == ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2 开放了16次", Answer("done", "开放了16次")),
        ("2，开放了16次", Answer("done", "开放了16次")),
        ("３ 经费没批", Answer("difficult", "经费没批")),
        ("1 已完成，讲了两次", Answer("done", "讲了两次")),
        ("2 还没完成", Answer("ongoing", "还没完成")),
        ("1推进中", Answer("ongoing", "")),
    ],
)
def test_a_digit_with_words_says_how_an_item_stands(text: str, answer: Answer) -> None:
    assert read_choice(text) == answer


@pytest.mark.parametrize("text", ["2次座谈", "21人谈完", "1", "听课两次", "3名学生", "6 什么"])
def test_a_number_that_counts_is_no_choice(text: str) -> None:
    assert read_choice(text) is None


@pytest.mark.requirement("R-224")
def test_no_progress_is_an_answer_like_the_others() -> None:
    assert read_answer("无进展") == Answer("none", "")
    assert "none" in STATUSES


@pytest.mark.requirement("R-077")
@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("改到7月15日，出差两周", date(2026, 7, 15), "出差两周"),
        ("申请改期到7月15日前 因为出差", date(2026, 7, 15), "出差"),
        ("出差两周，推迟到7月15日", date(2026, 7, 15), "出差两周"),
        ("7月15号", date(2026, 7, 15), ""),
        ("两周内", date(2026, 7, 20), ""),
    ],
)
def test_a_wish_for_another_date_names_day_and_reason(text: str, day: date, reason: str) -> None:
    wish = read_postponement(text, JULY_6)
    assert (wish.day, wish.reason, wish.problem) == (day, reason, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("改到2026年6月15日", "past"), ("尽快", "vague"), ("出差了", "missing"), ("2028年5月1日", "far")],
)
def test_a_day_that_cannot_be_promised_is_named(text: str, problem: str) -> None:
    assert read_postponement(text, JULY_6).problem == problem


def test_what_help_is_wanted_is_heard() -> None:
    assert names_support("经费没批下来，需要支部帮忙协调")
    assert not names_support("经费没批下来")


@pytest.mark.parametrize("text", ["无", "没有", "暂无。", "没有了"])
def test_nothing_to_say_is_understood(text: str) -> None:
    assert is_nothing(text)


def part(n: int, status: str | None, text: str) -> dict[str, object]:
    return {"n": n, "status": status, "text": text}


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize(
    ("parts", "count", "answers"),
    [
        (
            [part(1, "ongoing", "听课两次"), part(2, "done", "开放16次")],
            2,
            {1: Answer("ongoing", "听课两次"), 2: Answer("done", "开放16次")},
        ),
        ([part(0, "ongoing", "讲了1次课")], 1, {1: Answer("ongoing", "讲了1次课")}),
        ([part(0, "none", "")], 2, {1: Answer("none", ""), 2: Answer("none", "")}),
        ([part(0, "ongoing", "讲了1次课")], 2, {}),
        (
            [part(1, "ongoing", "谈了5人"), part(3, "done", "位家长")],
            1,
            {1: Answer("ongoing", "谈了5人；3位家长")},
        ),
    ],
)
def test_a_message_split_beforehand_is_fitted_to_the_items_there_are(
    parts: list[dict[str, object]], count: int, answers: dict[int, Answer]
) -> None:
    assert from_parts(parts, count).answers == answers


def test_the_statement_is_found_behind_the_last_of_the_parts() -> None:
    said = from_parts([part(1, "ongoing", "听课两次"), part(2, "done", "开放16次。自我鉴定：按计划推进")], 2)
    assert (said.answers[2].text, said.statement) == ("开放16次", "按计划推进")


@given(st.text(max_size=60), st.integers(1, 5))
def test_no_words_break_the_reading(text: str, count: int) -> None:
    said = read_month(text, count)
    assert set(said.answers) <= set(range(1, count + 1))
    assert all(answer.status in STATUSES for answer in said.answers.values())
    read_choice(text)
    read_postponement(text, JULY_6)
