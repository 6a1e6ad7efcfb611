"""承诺 in people's own words."""

from __future__ import annotations

import pytest

from tests.understanding.hearing import Ear

TEACHER = "2010018"


@pytest.mark.requirement("R-302")
@pytest.mark.parametrize(
    "words",
    [
        "作承诺",
        "做承诺",
        "坐承诺",
        "我要作承诺",
        "您好，我想做个承诺",
        "写一条承诺",
        "新承诺",
        "再作一个承诺",
        "承诺",
        "怎么作承诺",
        "作承若",
        "填承诺书",
    ],
)
def test_the_wish_to_promise_opens_the_form_with_everything_still_missing(ear: Ear, words: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, dict(found.fields), found.missing) == ("commit", {}, ("goal", "due"))
    assert found.score >= 0.7


@pytest.mark.requirement("R-301")
@pytest.mark.parametrize(
    ("words", "goal", "due"),
    [
        ("我承诺2027年6月30日前带2名青年教师各听课4次", "带2名青年教师各听课4次", "2027-06-30"),
        ("作承诺：12月15日前为本班34名学生每人谈话1次", "为本班34名学生每人谈话1次", "2026-12-15"),
        ("承诺 年底前把实验室安全台账补齐", "把实验室安全台账补齐", "2026-12-31"),
        ("我想承诺一件事，下月底前开2场就业讲座", "开2场就业讲座", "2026-12-31"),
        ("我公开承诺：一周内把 A&B 教室的灯修好", "把 A&B 教室的灯修好", "2026-11-30"),
    ],
)
def test_a_promise_in_one_sentence_is_taken_apart(ear: Ear, words: str, goal: str, due: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, found.fields["goal"], found.fields["due"]) == ("commit", goal, due)
    assert found.missing == () and found.score >= 0.9


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("我作个承诺，明年3月底前发表1篇论文", "发表1篇论文"),
        ("我今年承诺的内容是：12月底前清点完实验室", "清点完实验室"),
        ("突发任务，即时承诺，三天内修好水管", "修好水管"),
    ],
)
def test_what_leads_up_to_the_promise_is_no_part_of_it(ear: Ear, words: str, goal: str) -> None:
    assert ear.best(TEACHER, words).fields["goal"] == goal


@pytest.mark.requirement("R-068")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("即时承诺：暴雪期间每天查看3栋宿舍供暖，到12月14日", "immediate"),
        ("年度承诺", "annual"),
        ("作年度承诺", "annual"),
        ("我要作一个即时承诺", "immediate"),
        ("任期承诺 三年内建成省级党员工作室", "term"),
    ],
)
def test_the_kind_of_a_promise_is_taken_from_its_name(ear: Ear, words: str, kind: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, found.fields["kind"]) == ("commit", kind)


def test_a_sentence_with_deed_and_deadline_is_a_reasonable_guess(ear: Ear) -> None:
    found = ear.best(TEACHER, "12月20日前帮3名毕业生改好简历")
    assert found.handler == "commit" and 0.5 <= found.score < 0.9


@pytest.mark.parametrize(
    "words",
    [
        "我的承诺",
        "看看我的承诺",
        "我承诺了什么",
        "我今年承诺了哪些事",
        "查一下我的承诺",
        "我作了哪些承诺",
        "我的承诺怎么样了",
    ],
)
def test_asking_for_own_promises_opens_the_list(ear: Ear, words: str) -> None:
    found = ear.best(TEACHER, words)
    assert found.handler == "my_commitments" and found.score >= 0.9


@pytest.mark.parametrize("words", ["承诺太多了真累", "什么是承诺", "承诺书弄丢了", "他承诺过的事都忘了"])
def test_talk_about_promises_promises_nothing(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).score < 0.9
