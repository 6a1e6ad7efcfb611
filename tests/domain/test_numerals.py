"""Chinese numerals are read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import numerals

READ = {
    "0": 0, "7": 7, "030": 30, "2026": 2026,
    "零": 0, "〇": 0, "一": 1, "两": 2, "九": 9, "十": 10, "十一": 11, "二十": 20, "三十一": 31, "廿": 20, "廿五": 25,
    "卅": 30, "卅一": 31, "九十九": 99, "一百": 100, "一百零二": 102, "一百一十": 110, "一百二十三": 123, "两百": 200,
    "一千零一": 1001, "两千": 2000, "两千零二十六": 2026, "一千一百一十一": 1111,
}  # fmt: skip
UNREADABLE = [
    "",
    "半",
    "一二",
    "3十",
    "一百二",
    "两千五",
    "十百",
    "百",
    "零一",
    "一点五",
    "十两",
    "²",
    "٣",
    "abc",
    "一 二",
]


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_numeral_is_read(text, value):
    assert numerals.read(text) == value


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_clear_numeral_is_not_guessed(text):
    assert numerals.read(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("二〇二六", 2026), ("二零二六", 2026), ("二六", 26), ("2026", 2026), ("", None), ("十", None)],
)
def test_years_are_read_digit_by_digit(text, value):
    assert numerals.read_positions(text) == value


@given(st.integers(0, 9999))
def test_what_is_written_reads_back(number):
    assert numerals.read(numerals.write(number)) == number


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_out_of_range_are_refused(number):
    with pytest.raises(ValueError, match="between"):
        numerals.write(number)


@given(st.text())
def test_any_text_may_come(text):
    assert numerals.read(text) is None or numerals.read(text) >= 0
    numerals.read_positions(text)
