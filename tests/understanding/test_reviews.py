"""点评 in leaders' own words."""

from __future__ import annotations

import pytest

from tests.understanding.hearing import Ear

TEACHER, SECRETARY, ABOVE, LEADER, OFFICES = "2010018", "2005007", "2003011", "2001002", "2004009"


@pytest.mark.requirement("R-129")
@pytest.mark.parametrize(
    ("speaker", "words", "target", "text"),
    [
        (SECRETARY, "点评张伟：带青年教师扎实；公开课要加快", "2010018", "带青年教师扎实；公开课要加快"),
        (ABOVE, "点评张伟：台账清楚", ["2010018", "2012034"], "台账清楚"),
        (ABOVE, "点评 刘洋 谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "我要点评一下刘洋，谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "点评刘杨：谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "点平刘洋：谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "电评刘洋 谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "对刘洋同志点评：谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "给许老师点评一下：<实验>准备足", "2007033", "<实验>准备足"),
        (SECRETARY, "点评小宋，备课认真", "2016011", "备课认真"),
        (SECRETARY, "刘洋点评：谈话很细", "2011045", "谈话很细"),
        (SECRETARY, "点评2011045 谈话很细", "2011045", "谈话很细"),
        (ABOVE, "点评二支部：活动扎实", "教工第二党支部", "活动扎实"),
        (ABOVE, "点评研究生支部书记：抓得紧", "2015021", "抓得紧"),
        (ABOVE, "点评李书记：抓得紧", "2005007", "抓得紧"),
        (LEADER, "点评机械学院党总支：实验室开放好", "机械学院党总支", "实验室开放好"),
        (OFFICES, "点评马校长：到会多", "2001002", "到会多"),
        (OFFICES, "点评马骏", "2001002", None),
        (SECRETARY, "点评林涛：好", "2015021", "好"),
    ],
)
def test_a_review_knows_its_target_and_keeps_the_words(
    ear: Ear, speaker: str, words: str, target: str | list[str], text: str | None
) -> None:
    found = ear.best(speaker, words)
    assert (found.handler, found.fields["target"], found.fields.get("text")) == ("review", target, text)
    assert found.score >= 0.9


@pytest.mark.parametrize("words", ["点评", "点评一下", "我要点评", "做个点评", "点平"])
def test_a_bare_review_asks_for_target_and_words(ear: Ear, words: str) -> None:
    found = ear.best(SECRETARY, words)
    assert (found.handler, found.missing) == ("review", ("target", "text"))


@pytest.mark.requirement("R-125")
def test_manner_place_and_grade_are_taken_from_the_words(ear: Ear) -> None:
    found = ear.best(SECRETARY, "点评张伟：现场看了，在实验楼302，设备摆放好，等次优秀")
    assert found.fields["manner"] == "onsite" and found.fields["place"] == "实验楼302"
    assert found.fields["grade"] == "excellent"
    assert found.fields["text"] == "现场看了，在实验楼302，设备摆放好，等次优秀"


@pytest.mark.parametrize(
    "words", ["集中点评", "支部大会集中点评", "今天开会集中点评一下大家", "支委会上集中点评"]
)
def test_a_meeting_is_reviewed_as_a_whole(ear: Ear, words: str) -> None:
    assert ear.best(SECRETARY, words).handler == "review_session"


@pytest.mark.requirement("R-134")
@pytest.mark.parametrize(
    ("words", "n", "org"),
    [
        ("抽3人", 3, None),
        ("随机抽取三名党员点评", 3, None),
        ("从教工二支部抽2个人", 2, "教工第二党支部"),
        ("二支部抽两个人", 2, "教工第二党支部"),
        ("抽5个党员", 5, None),
    ],
)
def test_a_draw_knows_how_many_and_where(ear: Ear, words: str, n: int, org: str | None) -> None:
    found = ear.best(ABOVE, words)
    assert (found.handler, found.fields["n"], found.fields.get("org")) == ("draw", n, org)


@pytest.mark.requirement("R-303")
@pytest.mark.parametrize(
    "words", ["还欠谁", "我还欠谁", "我还有谁没点评", "我还没点评谁", "我还欠几个点评", "还欠谁的点评"]
)
def test_a_leader_asks_what_is_still_owed(ear: Ear, words: str) -> None:
    assert ear.best(ABOVE, words).handler == "owing"


def test_what_is_owed_may_be_asked_for_a_period(ear: Ear) -> None:
    found = ear.best(ABOVE, "我三季度还欠谁")
    assert (found.handler, found.fields["period"]) == ("owing", "2026-Q3")


@pytest.mark.parametrize("words", ["我的点评", "看点评", "看看给我的点评", "谁点评我了", "领导对我的点评"])
def test_reviews_received_and_given_are_one_word_away(ear: Ear, words: str) -> None:
    assert ear.best(TEACHER, words).handler == "my_reviews"


@pytest.mark.parametrize(
    ("words", "text"), [("回应 谢谢提醒，已补值班表", "谢谢提醒，已补值班表"), ("回应点评：已改", "已改")]
)
def test_an_answer_keeps_its_words(ear: Ear, words: str, text: str) -> None:
    found = ear.best(TEACHER, words)
    assert (found.handler, found.fields["text"]) == ("answer_review", text)


@pytest.mark.parametrize(
    "words", ["点评这个功能怎么用", "点评写得真好", "昨天点评会开到很晚", "点评什么时候截止"]
)
def test_talk_about_reviews_is_no_review(ear: Ear, words: str) -> None:
    found = ear.best(SECRETARY, words)
    assert found.handler != "review" or found.score < 0.5


@pytest.mark.requirement("R-040")
@pytest.mark.parametrize(
    ("words", "by", "target", "text"),
    [
        ("登记外部点评 市教工委王处长点评教工一支部：活动扎实", "市教工委王处长", "教工第一党支部", "活动扎实"),
        ("登记外单位领导的点评 省委巡视组李国强组长点评赵敏 台账清楚", "省委巡视组李国强组长", "2017019", "台账清楚"),
        ("补录上级领导点评：市纪委陈书记点评刘洋：谈话很细", "市纪委陈书记", "2011045", "谈话很细"),
    ],
)  # fmt: skip
def test_an_external_review_knows_who_said_it_of_whom(
    ear: Ear, words: str, by: str, target: str, text: str
) -> None:
    found = ear.best(ABOVE, words)
    assert found.handler == "external_review"
    assert (found.fields["by"].strip(), found.fields["target"], found.fields["text"]) == (by, target, text)


def test_an_external_review_may_be_begun_by_its_word_alone(ear: Ear) -> None:
    assert ear.best(ABOVE, "登记外部点评").handler == "external_review"
    assert ear.best(ABOVE, "点评刘洋：外部活动积极").handler == "review"
