"""What people type is cleaned and read as a choice."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import intake

CLEANED = {
    "  好的 \n": "好的",
    "第一行\r\n第二行\r第三行": "第一行\n第二行\n第三行",
    "一\t二": "一 二",
    "写\x00实\x07": "写实",
    "确\u200b认\u202e": "确认",
    "e\u0301": "é",
    "坏\ud800字": "坏字",
    "坏\uffff字": "坏字",
    "A&B<3 ]]> {{7*7}} =1+1 <a href=\"x\">点</a> 䶮😀": "A&B<3 ]]> {{7*7}} =1+1 <a href=\"x\">点</a> 䶮😀",
    "６月３０日，全角留着": "６月３０日，全角留着",
    "👨‍👩‍👧": "👨‍👩‍👧",
    "　　": "",
}  # fmt: skip

NUMBERS = {
    "1": 1, "１": 1, "一": 1, "①": 1, "1.": 1, "1、": 1, "1。": 1, "１．": 1, " 2 ": 2, "二": 2, "三。": 3, "⑨": 9, "⑳": 20,
    "第1个": 1, "第一个": 1, "第二位": 2, "第3": 3, "选1": 1, "选 2": 2, "我选3": 3, "选择4": 4, "选第二个": 2, "选2号": 2,
    "(1)": 1, "（１）": 1, "1)": 1, "10": 10, "十": 10, "十二": 12, "二十": 20, "99": 99, "九十九": 99, "0": 0, "〇": 0, "1️⃣": 1,
    "②。": 2, "2！": 2,
}  # fmt: skip
NO_NUMBERS = [
    "", "好", "100", "一百", "1 2", "1,2,2", "1个", "两", "两个", "一二", "6月", "3次", "-1", "1.5", "第", "选", "0166-2",
    "第一次", "１名", "半", "²", "٣", "一起",
]  # fmt: skip


@pytest.mark.parametrize(("text", "cleaned"), CLEANED.items())
def test_words_are_cleaned_without_being_changed(text, cleaned):
    assert intake.clean(text) == cleaned


def test_a_flood_is_cut_at_twenty_thousand_characters():
    assert len(intake.clean("字" * 30_000)) == intake.MOST_CHARACTERS


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_and_always_encodes(text):
    cleaned = intake.clean(text)
    assert intake.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(st.text())
def test_halfwidth_keeps_every_position(text):
    assert len(intake.halfwidth(text)) == len(text)


def test_halfwidth_reads_the_keyboard_of_a_phone():
    assert intake.halfwidth("Ａ１：，（）％　。、") == "A1:,()% 。、"


@pytest.mark.requirement("R-297")
@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_digits_choose_in_every_spelling(text, number):
    assert intake.bare_number(text) == number


@pytest.mark.requirement("R-297")
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_sentence_with_a_number_is_no_choice(text):
    assert intake.bare_number(text) is None


@given(st.integers(0, 99))
def test_every_number_up_to_99_can_be_chosen(number):
    assert intake.bare_number(f" {number}、") == number


@given(st.text())
def test_a_choice_is_never_out_of_range(text):
    number = intake.bare_number(text)
    assert number is None or 0 <= number <= 99
