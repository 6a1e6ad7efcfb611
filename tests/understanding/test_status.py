"""The questions of secretaries in their own words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE, OFFICE = "2010018", "2005007", "2003011", "2008030"


@pytest.mark.requirement("R-304")
@pytest.mark.parametrize(
    ("speaker", "words", "fields"),
    [
        (SECRETARY, "谁没交", {}),
        (SECRETARY, "谁还没交", {}),
        (SECRETARY, "谁没叫", {}),
        (SECRETARY, "谁没缴", {}),
        (SECRETARY, "还有谁没交", {}),
        (SECRETARY, "有几个人没交", {}),
        (SECRETARY, "没交的有哪些人？", {}),
        (SECRETARY, "哪些同志还没有交写实", {"duty": "K-05"}),
        (SECRETARY, "写实还有谁没写", {"duty": "K-05"}),
        (SECRETARY, "写实交齐了吗", {"duty": "K-05"}),
        (SECRETARY, "谁没作承诺", {"duty": "K-01"}),
        (SECRETARY, "还差谁没交承诺书", {"duty": "K-01"}),
        (SECRETARY, "谁还没点评", {"duty": "K-08"}),
        (SECRETARY, "这季度谁还没点评", {"duty": "K-08", "period": "2026-Q4"}),
        (SECRETARY, "10月谁没交", {"period": "2026-10", "duty": "K-05"}),
        (SECRETARY, "上个月还有哪些人没交写实", {"period": "2026-10", "duty": "K-05"}),
        (ABOVE, "二支部谁没交", {"org": "教工第二党支部"}),
        (ABOVE, "研究生支部10月份谁没交写实呢", {"org": "研究生党支部", "period": "2026-10", "duty": "K-05"}),
        (SECRETARY, "请问我们支部谁没交", {"org": "教工第一党支部"}),
        (OFFICE, "机械学院还有谁没交", {"org": "机械学院党总支"}),
    ],
)
def test_who_has_not_done_it(ear: Ear, speaker: str, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(speaker, words)
    assert (found.handler, dict(found.fields)) == ("missing", fields) and found.score >= 0.9


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("哪些支部还没点评", {"duty": "K-09"}),
        ("上半年哪些组织没点评", {"duty": "K-09", "period": "2026-H1"}),
        ("机械学院哪些支部还没点评", {"duty": "K-09", "org": "机械学院党总支"}),
        ("下半年组织点评还差哪些", {"duty": "K-09", "period": "2026-H2"}),
        ("普遍点评还差谁", {"duty": "K-10"}),
        ("哪些支部还没作承诺", {"duty": "K-01", "objects": "org"}),
        ("谁的承诺还没签", {"duty": "K-02"}),
        ("谁的承诺还没公开", {"duty": "K-03"}),
        ("二支部谁的承诺还没公开", {"duty": "K-03", "org": "教工第二党支部"}),
        ("哪些支部写实没交齐", {"duty": "K-05"}),
        ("这季度谁还没点评", {"duty": "K-08", "period": "2026-Q4"}),
    ],
)
def test_the_duty_and_whom_it_is_about_are_told_apart(ear: Ear, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(ABOVE, words)
    assert (found.handler, dict(found.fields)) == ("missing", fields)


@pytest.mark.parametrize("words", ["还有没签的承诺吗", "还有谁的承诺我没签字", "还有哪些没签"])
def test_what_waits_for_ones_own_signature_is_another_question(ear: Ear, words: str) -> None:
    assert ear.best(SECRETARY, words).handler == "to_sign"


@pytest.mark.parametrize(
    ("words", "fields"),
    [("代 宋佳", {"person": "2016011"}), ("代3", {"line": "3"}), ("代填 许峰", {"person": "2007033"})],
)
def test_a_record_for_somebody_else_knows_for_whom(ear: Ear, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(SECRETARY, words)
    assert (found.handler, dict(found.fields)) == ("proxy", fields)


@pytest.mark.parametrize("words", ["代表我们支部发言", "代课两次，学生满意", "这事算了，不用叫外卖"])
def test_words_that_only_sound_alike_are_neither(ear: Ear, words: str) -> None:
    assert ear.best(SECRETARY, words).handler not in ("proxy", "watch", "unwatch")


@pytest.mark.parametrize(
    "words", ["催一下", "催一催", "提醒一下没交的", "催一下没交的人", "再催催", "崔一下"]
)
def test_a_nudge_is_one_word(ear: Ear, words: str) -> None:
    assert ear.best(SECRETARY, words).handler == "nudge"


@pytest.mark.parametrize(
    ("words", "reason"),
    [("免 许峰 住院", "住院"), ("免许峰，住院了", "住院了"), ("免填 许老师 住院", "住院")],
)
def test_a_waiver_knows_whom_and_why(ear: Ear, words: str, reason: str) -> None:
    found = ear.best(SECRETARY, words)
    assert (found.handler, dict(found.fields)) == ("waive", {"person": "2007033", "reason": reason})


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("点评覆盖", {}),
        ("点评覆盖率", {}),
        ("三季度点评覆盖率是多少", {"period": "2026-Q3"}),
        ("二支部的点评覆盖情况", {"org": "教工第二党支部"}),
        ("点评率", {}),
    ],
)
def test_how_far_the_reviews_are(ear: Ear, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(ABOVE, words)
    assert (found.handler, dict(found.fields)) == ("coverage", fields)


@pytest.mark.requirement("R-112")
@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("哪些书记还没点评过", {}),
        ("还有哪几位书记没有点评？", {}),
        ("哪个支部书记一次都没点评", {}),
        ("支部书记还有谁没点评过", {}),
        ("没点评过的书记有哪些", {}),
        ("书记们点评了多少", {}),
        ("书记都点评了吗", {}),
        ("三季度哪些书记还没有作点评", {"period": "2026-Q3"}),
        ("机械学院哪些书记还没点评过", {"org": "机械学院党总支"}),
    ],
)
def test_which_secretaries_have_not_reviewed(ear: Ear, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(OFFICE, words)
    assert (found.handler, dict(found.fields)) == ("coverage", {"reviewers": True, **fields})


@pytest.mark.parametrize(
    "words",
    ["这季度点评了多少", "上半年点评完成得怎么样", "点评覆盖率多少了", "各支部点评进度", "第三季度点评做到哪了", "全校点评完成率",
     "点评完成了百分之多少", "我们总支点评得怎么样了"],
)  # fmt: skip
def test_how_far_it_is_in_other_words(ear: Ear, words: str) -> None:
    found = ear.best(ABOVE, words)
    assert found.handler == "coverage" and "reviewers" not in found.fields


@pytest.mark.parametrize("words", ["书记还没点评我", "书记点评了我什么", "请书记点评", "我还没被书记点评过"])
def test_what_a_member_says_of_his_own_secretary_is_no_question_about_secretaries(
    ear: Ear, words: str
) -> None:
    assert ear.best(TEACHER, words).handler != "coverage"


@pytest.mark.parametrize(
    ("words", "fields"),
    [("逾期", {}), ("有哪些逾期的", {}), ("二支部逾期的承诺", {"org": "教工第二党支部"}), ("谁逾期了", {})],
)
def test_what_is_overdue(ear: Ear, words: str, fields: dict[str, Any]) -> None:
    found = ear.best(ABOVE, words)
    assert (found.handler, dict(found.fields)) == ("overdue", fields)


@pytest.mark.parametrize(
    ("words", "handler"),
    [
        ("名单", "roster_list"),
        ("支部名单", "roster_list"),
        ("未绑定", "unbound"),
        ("谁还没绑定", "unbound"),
        ("开始", "open_unit"),
    ],
)
def test_the_secretarys_small_words(ear: Ear, words: str, handler: str) -> None:
    assert ear.best(SECRETARY, words).handler == handler


@pytest.mark.parametrize(
    "words", ["谁没交党费", "谁没交作业", "谁没来开会", "班里还有谁没打疫苗", "这件事谁没意见"]
)
def test_other_things_not_handed_in_are_none_of_ours(ear: Ear, words: str) -> None:
    assert ear.best(SECRETARY, words).handler == "none"
