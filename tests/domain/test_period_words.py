"""Words for a period become windows (R-305). Today is 6 July 2026 unless a test says otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period_words import read_period
from domain.periods import parse_code

TODAY = date(2026, 7, 6)

# fmt: off
READ = {
    "本月": "2026-07", "这个月": "2026-07", "当月": "2026-07", "上月": "2026-06", "上个月": "2026-06", "下个月": "2026-08",
    "6月": "2026-06", "６月": "2026-06", "六月份": "2026-06", "06月": "2026-06", "10月份": "2025-10", "十二月": "2025-12",
    "七月": "2026-07", "去年12月": "2025-12", "今年3月": "2026-03", "今年10月": "2026-10", "2026年6月": "2026-06",
    "26年6月": "2026-06", "二〇二六年六月": "2026-06", "2026-06": "2026-06",
    "本季度": "2026-Q3", "这个季度": "2026-Q3", "上季度": "2026-Q2", "上个季度": "2026-Q2", "一季度": "2026-Q1", "第三季度": "2026-Q3",
    "三季度": "2026-Q3", "四季度": "2025-Q4", "第2季度": "2026-Q2", "2025年第三季度": "2025-Q3", "去年四季度": "2025-Q4",
    "2026-Q3": "2026-Q3", "2026-q1": "2026-Q1", "下季度": "2026-Q4", "上一季度": "2026-Q2", "上一个季度": "2026-Q2",
    "上半年": "2026-H1", "下半年": "2026-H2", "去年下半年": "2025-H2", "2025年上半年": "2025-H1", "2026-H2": "2026-H2",
    "本学期": "2026-H1", "这个学期": "2026-H1", "上学期": "2025-H2", "上个学期": "2025-H2", "下学期": "2026-H2",
    "第一学期": "2026-H1", "2025年第二学期": "2025-H2",
    "今年": "2026", "本年度": "2026", "去年": "2025", "前年": "2024", "2026年": "2026", "2025年度": "2025", "上年度": "2025",
}
IN_SENTENCES = [
    ("谁没交6月写实", "6月", "2026-06"),
    ("教工第一党支部上半年点评覆盖", "上半年", "2026-H1"),
    ("汇总表二 去年第四季度", "去年第四季度", "2025-Q4"),
    ("本季度还欠谁，上季度呢", "本季度", "2026-Q3"),
    ("10月谁没交", "10月", "2025-10"),
]
NONE = ["", "谁没交", "最近", "13月", "6月30日", "6月底", "2026-13", "2026-Q5", "2026-06-30", "三个月", "听课2次", "三个季度", "抽3人"]
# fmt: on


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(("text", "label"), READ.items())
def test_a_word_names_its_window(text, label):
    word = read_period(text, TODAY)
    assert (word.period.label, word.span) == (label, (0, len(text)))


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(("text", "expression", "label"), IN_SENTENCES)
def test_the_word_is_found_in_a_question(text, expression, label):
    word = read_period(text, TODAY)
    assert (text[slice(*word.span)], word.period.label) == (expression, label)


@pytest.mark.parametrize("text", NONE)
def test_other_words_name_no_window(text):
    assert read_period(text, TODAY) is None


def test_in_january_last_month_lies_in_last_year():
    assert read_period("上个月", date(2027, 1, 3)).period.label == "2026-12"
    assert read_period("上学期", date(2027, 1, 3)).period.label == "2026-H2"


fragments = st.lists(st.sampled_from([*READ, *NONE, *"年月季度上下本半第学期0123456789-QH"]), max_size=5).map(
    "".join
)


@given(st.one_of(st.text(), fragments), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_may_come(text, today):
    word = read_period(text, today)
    if word is not None:
        assert 0 <= word.span[0] < word.span[1] <= len(text)
        assert parse_code(word.period.label) == word.period


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12))
def test_a_month_without_a_year_has_always_begun(today, number):
    period = read_period(f"{number}月", today).period
    assert period.start <= today and period.start.month == number and period.next.start.year - today.year <= 1
