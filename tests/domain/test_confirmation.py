"""A confirmation is a word of its own; politeness never confirms (R-298, R-300)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confirmation import AlwaysWord, always_word, confirm_with_wish, is_courtesy

# fmt: off
COURTESIES = [
    "好的", "好", "好的。", "好的！！", "好吧", "收到", "收到。", "已收到", "谢谢", "谢谢您", "谢谢李书记", "👌", "👌👌", "👍🏻", "🙏", "嗯", "嗯嗯", "ok", "OK",
    "Ok.", "ＯＫ", "行", "行吧", "知道了", "明白", "明白了", "辛苦了", "好的，收到", "好的 谢谢", "收到，谢谢老师！", "嗯嗯，知道了～", "好的👌", "[OK]", "[强]谢谢",
    "可以", "没问题", "您辛苦了", "好的好的", "☺️",
]
NO_COURTESIES = [
    "", " ", "。", "？", "确认", "取消", "1", "好的，确认", "不行", "没有", "签字", "认可", "同意", "对", "是", "好的，6月底前完成", "收到了3份材料",
    "谢谢，改到7月15日", "撤回", "👌确认", "帮助", "行政楼302", "好人好事3件",
]
WORDS = {
    "确认": "confirm", "确认。": "confirm", "确认！": "confirm", " 确认 ": "confirm", "“确认”": "confirm", "\"确认\"": "confirm",
    "提交": "confirm", "确认，谢谢": "confirm", "确认 辛苦了": "confirm", "取消": "cancel", "退出": "cancel", "取消。": "cancel", "返回": "back",
    "跳过": "skip", "继续": "continue", "撤回": "undo", "撤销": "undo", "撤销！": "undo", "帮助": "help", "我的": "mine", "我的。": "mine",
}
NUMBERED = {
    "1": AlwaysWord("choose", 1), "２": AlwaysWord("choose", 2), "三": AlwaysWord("choose", 3), "④": AlwaysWord("choose", 4),
    "改2": AlwaysWord("amend", 2), "改2 时间6月底": AlwaysWord("amend", 2, "时间6月底"), "改 2，听课８次": AlwaysWord("amend", 2, "听课８次"),
    "改２ 听课８次": AlwaysWord("amend", 2, "听课８次"), "改2：下半年完成": AlwaysWord("amend", 2, "下半年完成"),
    "改二 下半年完成": AlwaysWord("amend", 2, "下半年完成"), "改② 下半年": AlwaysWord("amend", 2, "下半年"), "改1现场": AlwaysWord("amend", 1, "现场"),
    "改12、张伟": AlwaysWord("amend", 12, "张伟"),
}
NOTHING = [
    "", "好的", "确认一下", "我确认", "确认吗", "不确认", "确认？", "确认 两周内整改", "取消会议", "继续保持", "我的承诺", "我的台账", "提交材料", "帮助学生3名",
    "改一下", "改到7月15日", "改7月15日", "改2次公开课", "改", "1 2", "撤回 写错了人", "👌",
]
WISHES = {
    "确认 两周内整改": "两周内整改", "确认，两周内整改": "两周内整改", "确认。两周内整改。": "两周内整改", "确认 2 3": "2 3", "提交 计为定期": "计为定期",
    "确认两周内整改": "两周内整改", "确认　１０天内整改": "１０天内整改", " 确认 现场，实验楼302": "现场，实验楼302", "确认10天内整改": "10天内整改",
    "确认限期整改": "限期整改",
}
NO_WISHES = ["", "确认", "确认。", "确认书已交", "确认吗", "确认，谢谢", "确认 👌", "好的 两周内整改", "两周内整改", "不确认 两周内", "提交材料三份"]
# fmt: on


@pytest.mark.requirement("R-300")
@pytest.mark.parametrize("text", COURTESIES)
def test_politeness_never_confirms(text):
    assert is_courtesy(text)
    assert always_word(text) is None
    assert confirm_with_wish(text) is None


@pytest.mark.parametrize("text", NO_COURTESIES)
def test_what_says_more_is_no_courtesy(text):
    assert not is_courtesy(text)


@pytest.mark.requirement("R-298")
@pytest.mark.parametrize(("text", "word"), WORDS.items())
def test_a_word_counts_as_the_whole_message(text, word):
    assert always_word(text) == AlwaysWord(word)


@pytest.mark.requirement("R-297")
@pytest.mark.parametrize(("text", "word"), NUMBERED.items())
def test_a_number_chooses_and_amends(text, word):
    assert always_word(text) == word


@pytest.mark.requirement("R-298")
@pytest.mark.parametrize("text", NOTHING)
def test_a_word_inside_a_sentence_does_not_count(text):
    assert always_word(text) is None


@pytest.mark.parametrize(("text", "wish"), WISHES.items())
def test_one_wish_may_follow_the_confirmation(text, wish):
    assert confirm_with_wish(text) == wish


@pytest.mark.parametrize("text", NO_WISHES)
def test_without_a_wish_nothing_is_invented(text):
    assert confirm_with_wish(text) is None


def test_a_flood_of_thanks_is_read_in_time():
    assert is_courtesy("谢谢嗯收到" * 4000)
    assert not is_courtesy("谢谢嗯收到" * 4000 + "撤回")


fragments = st.lists(
    st.sampled_from([*COURTESIES, *WORDS, *NUMBERED, *WISHES, *NOTHING, "，", " ", "。"]), max_size=4
).map("".join)


@pytest.mark.requirement("R-300")
@given(st.one_of(st.text(), fragments))
def test_no_message_is_both_courtesy_and_command(text):
    word = always_word(text)
    assert not (is_courtesy(text) and (word or confirm_with_wish(text)))
    assert not (word and word.word == "confirm" and confirm_with_wish(text))
    assert not (word and word.rest) or word.rest in text
    wish = confirm_with_wish(text)
    assert wish is None or (wish in text and wish)
