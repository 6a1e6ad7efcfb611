"""Row 7: commands count only as whole messages; two hundred sentences that contain them stay what people wrote."""

from __future__ import annotations

from itertools import product

import pytest

from tests.chat.conftest import Questions
from tests.chat.questions import Asked, heard

WORDS = ("取消", "帮助", "撤回", "谁没交", "确认", "返回", "跳过", "继续", "我的", "提交")
FRAMES = (
    "学生说要{}，我和他谈了一次",
    "核对了{}名单里的4名学生",
    "在班会上讲清了“{}”是什么意思",
    "把{}流程写成一页纸，发给了大家",
    "带两名学生弄懂了怎么{}",
    "整理材料时发现{}那一栏是空的，补上了",
    "上周{}了一次，这周重新开始，听课两次",
    "请辅导员{}后再报，目前办了3件",
    "窗口的{}单子已经清完，共18份",
    "按要求{}，没有别的",
    "听课两次，{}一次",
    "家长来电问{}的事，当天答复",
    "实验室预约系统的{}按钮修好了",
    "给新生讲了{}规定，34人到场",
    "原定的活动因{}推迟到下周三",
    "收齐了{}意见6条，逐条回复",
    "{}这两个字在通知里写错了，已改正",
    "同学们{}得很认真，进度比上月快",
    "宿舍楼的{}登记表重新贴了一遍",
    "和班长商量{}办法，定下每周一次",
)
# Questions that take any words; what is said must be found in the draft as it was written.
FREE = (
    "report/item-1", "report/text-1", "report/effect-1", "report/difficulty-1", "report/statement",
    "report/why-1", "review/text", "review/gaps", "review/also_cells", "review/also_more",
    "withdraw_review/reason", "answer_review/text", "return/reason", "waive/reason",
    "rectify/text", "rectify/discussed", "judge_rectification/reason",
)  # fmt: skip


def sentences() -> list[str]:
    return [frame.format(word) for frame, word in product(FRAMES, WORDS)]


@pytest.mark.row(7)
@pytest.mark.requirement("R-298")
@pytest.mark.parametrize("name", FREE)
def test_two_hundred_sentences_with_a_command_inside_stay_content(everything: Questions, name: str) -> None:
    asked = next(one for one in everything.asked if one.name == name)
    said = sentences()
    assert len(said) == 200
    wrong = [words for words in said if not _kept(everything, asked, words)]
    assert wrong == []


def _kept(everything: Questions, asked: Asked, words: str) -> bool:
    turn = heard(everything.school, asked, words)
    if turn.draft is None or turn.park or turn.entries or turn.draft.handler != asked.draft.handler:
        return False
    kept, raw = str(turn.draft.fields), words.replace("。", "")
    # A leader's words are cut into cells, and the whole of them is kept beside.
    return raw in kept


@pytest.mark.row(7)
def test_a_promise_with_a_command_inside_is_a_promise(everything: Questions) -> None:
    asked = next(one for one in everything.asked if one.name == "commit/goal")
    for words in sentences():
        turn = heard(everything.school, asked, words)
        assert turn.draft is not None and turn.draft.handler == "commit" and not turn.park, words
        assert turn.draft.fields["text"] == words, (words, turn.say)


@pytest.mark.row(7)
def test_no_sentence_of_a_question_or_read_back_is_a_command_either(everything: Questions) -> None:
    for asked in everything.asked:
        # 转出小结 says itself that the sentence is sent for acceptance (S-15); nothing changes before that.
        if asked.name == "transfer/note":
            continue
        for words in sentences()[:: len(WORDS) + 1]:
            turn = heard(everything.school, asked, words)
            assert not turn.entries, (asked.said, words)
            assert asked.draft.is_leavable or turn.draft is not None or turn.keep, (
                asked.said,
                words,
                turn.say,
            )
