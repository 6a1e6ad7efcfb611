"""One message answers all items of the month (R-220, R-221)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import number_beyond, split_items, status_of, strip_status

# fmt: off
SPLIT = [
    ("1 听课两次；2 已完成，开放16次", {1: "听课两次", 2: "已完成，开放16次"}),
    ("1 听课各两次，小王公开课定在9月；2 已完成，开放了16次，学生来了210人次", {1: "听课各两次，小王公开课定在9月", 2: "已完成，开放了16次，学生来了210人次"}),
    ("1 推进中：完成两次座谈；2 已完成：…", {1: "推进中：完成两次座谈", 2: "已完成：…"}),
    ("1、听课两次\n2、已完成", {1: "听课两次", 2: "已完成"}),
    ("①听课两次②已完成", {1: "听课两次", 2: "已完成"}),
    ("① 听课两次，② 已完成", {1: "听课两次", 2: "已完成"}),
    ("1. 听课两次 2. 已完成", {1: "听课两次", 2: "已完成"}),
    ("1.听课两次。2.已完成。", {1: "听课两次", 2: "已完成"}),
    ("第一件听课两次，第二件已完成", {1: "听课两次", 2: "已完成"}),
    ("第一件：听课两次；第二件：已完成", {1: "听课两次", 2: "已完成"}),
    ("第1项 听课两次。第2项 已完成", {1: "听课两次", 2: "已完成"}),
    ("１、听课两次；２、已完成", {1: "听课两次", 2: "已完成"}),
    ("一、听课两次；二、已完成", {1: "听课两次", 2: "已完成"}),
    ("（1）听课两次；（2）已完成", {1: "听课两次", 2: "已完成"}),
    ("1听课两次；2已完成", {1: "听课两次", 2: "已完成"}),
    ("1：听课两次；2：没动", {1: "听课两次", 2: "没动"}),
    ("2 已完成", {2: "已完成"}),
    ("1 听课2次，1名学生获奖；2 已完成", {1: "听课2次，1名学生获奖", 2: "已完成"}),
    ("1 听课3次；2名学生获奖", {1: "听课3次；2名学生获奖"}),
    ("1 平均1.5小时；2 2次", {1: "平均1.5小时", 2: "2次"}),
    ("1 听课 2 次；2 已完成", {1: "听课 2 次", 2: "已完成"}),
    ("出差了。1 已谈21人；2 已完成", {1: "出差了。已谈21人", 2: "已完成"}),
    ("1 听课两次；2 本月没动", {1: "听课两次", 2: "本月没动"}),
    ("1听课两次；2本月没动", {1: "听课两次", 2: "本月没动"}),
    ("1听课两次 2学生已谈完", {1: "听课两次", 2: "学生已谈完"}),
    ("1 听课两次；2小时开放", {1: "听课两次；2小时开放"}),
    ("1 无\n\n2 无", {1: "无", 2: "无"}),
    ("1；2 已完成", {2: "已完成"}),
    ("听课2次，1名学生", None),
    ("都按计划推进", None),
    ("2026年听课两次", None),
    ("3 已完成", None),
    ("", None),
    ("1", None),
]
SINGLE = [
    ("听课两次，开放16次", {1: "听课两次，开放16次"}),
    ("1 听课两次", {1: "听课两次"}),
    ("出差了。1 已谈21人，剩13人暑假前谈完，原定6月30日没完成", {1: "出差了。已谈21人，剩13人暑假前谈完，原定6月30日没完成"}),
    ("21人谈完；2 次没谈成", {1: "21人谈完；2 次没谈成"}),
    ("  ", None),
]
STATUS = {
    "已完成": "done", "完成了": "done", "办结": "done", "做完了": "done", "已完成，开放了16次": "done", "全部完成。": "done", "已完成全部12次听课": "done",
    "公开课按时完成": "done", "已经做完，效果好": "done", "已完成公开课": "done", "已完成100%": "done", "已结题": "done", "座谈已结束": "done", "6月20日前已完成": "done", "完成": "done",
    "5名研究生承诺全部重签，已完成": "done", "已完成：开放16次，有困难学生5名参加": "done",
    "推进中": "ongoing", "推进中：完成两次座谈": "ongoing", "正在联系": "ongoing", "继续听课": "ongoing", "已听课3次": "ongoing",
    "听课各两次，小王公开课定在9月": "ongoing", "没完成": "ongoing", "未完成，还差两次": "ongoing", "还没完成": "ongoing", "完成了一半": "ongoing", "完成80%": "ongoing",
    "已完成80%": "ongoing", "基本完成": "ongoing", "已完成3次听课": "ongoing", "完成了3次听课": "ongoing", "尚未全部完成": "ongoing", "走访困难学生3户": "ongoing",
    "没有困难，听课两次": "ongoing", "已完成前期准备": "ongoing", "原定6月30日没完成": "ongoing", "预计月底完成": "ongoing", "完成三分之二": "ongoing",
    "已谈21人，剩13人暑假前谈完": "ongoing", "争取按时完成": "ongoing", "定在9月完成": "ongoing", "会议结束，继续推进": "ongoing", "下周三前完成": "ongoing",
    "没动": "not_started", "未启动": "not_started", "还没开始": "not_started", "尚未开展": "not_started", "没有启动，等通知": "not_started", "还没做": "not_started",
    "有困难": "difficult", "有困难，学生凑不齐": "difficult", "卡住了": "difficult", "推不动": "difficult", "缺经费": "difficult", "场地不够": "difficult",
    "遇到一些困难": "difficult", "有困难：没完成": "difficult",
    "无": "none", "无。": "none", "没有": "none", "没有进展": "none", "无进展": "none", "本月无进展": "none", "暂无进展": "none", "没什么进展": "none",
    "无进展，等通知": "none",
    "": None, " ，。": None,
}
STRIPPED = {
    "已完成，开放了16次，学生来了210人次": "开放了16次，学生来了210人次", "推进中：听课各两次": "听课各两次", "已完成": "", "听课各两次": "听课各两次", "有困难：缺经费": "缺经费",
    "没动": "", "已完成公开课": "已完成公开课", "困难学生走访3户": "困难学生走访3户", "完成了。效果好": "效果好", "正在联系": "正在联系",
}
# fmt: on


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_one_message_answers_two_items(text, parts):
    assert split_items(text, [1, 2]) == parts


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize(("text", "parts"), SINGLE)
def test_with_one_item_the_whole_text_is_the_answer(text, parts):
    assert split_items(text, [1]) == parts


def test_numbers_that_are_not_asked_for_stay_text():
    assert split_items("2 听课；3 年级会；5 完成", [2, 5]) == {2: "听课；3 年级会", 5: "完成"}


@pytest.mark.row(1)
@pytest.mark.requirement("R-221")
def test_answers_come_in_any_order_if_each_number_is_named_once():
    assert split_items("2 已完成；1 听课", [1, 2]) == {2: "已完成", 1: "听课"}
    assert split_items("2 做了两件：1 备课\n2 上课；1 听课", [1, 2]) == {
        2: "做了两件：1 备课\n2 上课；1 听课"
    }
    assert split_items("2 开放16次；1 次停电", [1, 2]) == {2: "开放16次；1 次停电"}


@pytest.mark.requirement("R-221")
@pytest.mark.parametrize(
    ("text", "count", "beyond"),
    [
        ("1 听课两次；2 已完成，来了18人", 1, 2),
        ("1 听课；2 上课；3 无进展", 2, 3),
        ("1 备课\n2 上课三次", 1, 0),
        ("听课两次，已完成", 1, 0),
        ("1 听课两次；2 已完成", 2, 0),
    ],
)
def test_an_answer_for_an_item_that_is_not_on_the_list_is_noticed(text, count, beyond):
    assert number_beyond(text, count) == beyond


@pytest.mark.requirement("R-220")
@pytest.mark.parametrize(("text", "status"), STATUS.items())
def test_words_say_how_an_item_stands(text, status):
    assert status_of(text) == status


@pytest.mark.requirement("R-220")
@pytest.mark.parametrize(("text", "facts"), STRIPPED.items())
def test_the_facts_are_kept_without_the_status_word(text, facts):
    assert strip_status(text) == facts


answers = st.text(st.sampled_from("听课开放学生谈话本周小次，了"), min_size=2, max_size=12).map(
    lambda text: text.strip("，")
)


@pytest.mark.requirement("R-221")
@given(
    st.lists(answers.filter(len), min_size=2, max_size=9),
    st.sampled_from(["{} ", "{}、", "{}. ", "{}：", "（{}）"]),
    st.sampled_from(["；", "\n", "。"]),
)
def test_labelled_answers_come_back_as_they_went_in(parts, label, joint):
    text = joint.join(label.format(number) + part for number, part in enumerate(parts, 1))
    assert split_items(text, range(1, len(parts) + 1)) == dict(enumerate(parts, 1))


pieces = st.lists(st.sampled_from([*STATUS, *"12３①②一二第件、.；。 \n（）次名"]), max_size=10).map("".join)


@given(st.one_of(st.text(), pieces))
def test_no_word_is_added_and_any_text_may_come(text):
    parts = split_items(text, [1, 2, 3])
    assert parts is None or set(parts) <= {1, 2, 3}
    for part in (parts or {}).values():
        characters = iter(text)
        assert part and all(character in characters for character in part)
    status_of(text)
    assert strip_status(text) in text
