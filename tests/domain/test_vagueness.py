"""A promise must be checkable (R-064); its date is taken out of its goal (R-061)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import deadline_in
from domain.vagueness import DEFAULT_SLOGANS, flags, goal_without_date, has_measure

TODAY = date(2026, 3, 1)
DUE = date(2026, 6, 30)


def judged(text, due=DUE, earlier=(), colleagues=()):
    return set(flags(text, due, earlier, colleagues, DEFAULT_SLOGANS, TODAY))


@pytest.mark.requirement("R-064")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我承诺努力工作，争创一流，全心全意为师生服务", {"slogan", "no_date", "no_measure"}),
        ("做好学生谈话，尽快完成", {"no_measure", "no_date"}),
        ("34人每人一次，6月底前", set()),
    ],
)
def test_liu_yangs_three_messages_of_s03(text, found):
    assert judged(text, deadline_in(text, TODAY).day) == found


# fmt: off
MEASURED = [
    "为2名新教师各听课4次", "每人谈话一次", "每周开放实验室", "给大三学生讲三次论文写作", "走访所有困难学生", "逐一走访", "合格率达到95%", "全部重签", "发表论文1.5万字",
    "带两名青年教师", "每天查看宿舍", "完成２０学时", "事故为零事故", "百分之九十", "写十二篇", "一名学生都不掉队",
]
UNMEASURED = [
    "做好学生谈话", "6月底前完成", "争创一流业绩", "做一名好老师", "第一时间回应", "增强四个意识、做到两个维护", "落实三会一课", "12月31日前做好归档", "提高教学质量", "学习二十大精神",
    "2026年6月30日前", "两周内整理好档案", "每况愈下",
]
SLOGANS = ["努力工作", "我一定努力工作，再接再厉！", "发挥模范带头作用，更上一层楼", "不忘初心、牢记使命", "认真学习，做好本职工作，尽职尽责。"]
NO_SLOGANS = ["努力工作，每周开放实验室", "做好学生谈话", "争创一流课程2门", "全心全意帮扶困难学生", ""]
# fmt: on


@pytest.mark.parametrize("text", MEASURED)
def test_a_number_with_its_object_is_a_measure(text):
    assert has_measure(text, TODAY)


@pytest.mark.parametrize("text", UNMEASURED)
def test_dates_and_set_phrases_are_no_measure(text):
    assert not has_measure(text, TODAY)


def test_a_feast_by_the_farmers_calendar_is_a_date_and_counts_nothing():
    assert not has_measure("腊八节前慰问老人", TODAY)
    assert has_measure("腊八节前慰问老人8名", TODAY)


@pytest.mark.requirement("R-064")
@pytest.mark.parametrize("text", SLOGANS)
def test_nothing_but_slogans_is_a_slogan(text):
    assert "slogan" in judged(text)


@pytest.mark.parametrize("text", NO_SLOGANS)
def test_substance_beside_a_slogan_saves_it(text):
    assert "slogan" not in judged(text)


def test_the_list_of_slogans_is_the_offices_own():
    assert "slogan" in flags("扬帆起航新征程", DUE, (), (), ("扬帆起航", "新征程"), TODAY)
    assert "slogan" not in flags("扬帆起航新征程", DUE, (), (), (), TODAY)


@pytest.mark.requirement("R-064")
def test_ones_own_text_of_last_year_is_a_copy_whatever_its_punctuation():
    assert "copied" in judged("为34名学生每人谈话1次", earlier=["为３４名学生，每人谈话 1 次。"])
    assert "copied" not in judged("为34名学生每人谈话1次", earlier=["为35名学生每人谈话1次"])


@pytest.mark.requirement("R-064")
def test_one_colleague_alike_is_chance_and_two_are_a_copy():
    text = "为34名学生每人谈话1次"
    assert "copied" not in judged(text, colleagues=[text])
    assert "copied" in judged(text, colleagues=[text, text + "。"])


@pytest.mark.requirement("R-064")
@pytest.mark.parametrize(
    ("text", "short"),
    [("听课6次", True), ("每人听课，六次", True), ("给34人每人谈话", False), ("给34人谈话，", True)],
)
def test_fewer_than_eight_characters_are_too_few(text, short):
    assert ("too_short" in judged(text)) == short


# fmt: off
GOALS = {
    "6月底前给大三学生讲3次论文写作": "给大三学生讲3次论文写作",
    "带2名青年教师，每人听课6次，11月底前帮他们各完成一次公开课": "带2名青年教师，每人听课6次，帮他们各完成一次公开课",
    "34人每人一次，6月底前": "34人每人一次",
    "5月31日前，为本班34名学生每人谈话1次": "为本班34名学生每人谈话1次",
    "暴雪期间每天查看3栋宿舍供暖，到11月14日": "暴雪期间每天查看3栋宿舍供暖",
    "给大三学生讲3次论文写作，6月底前完成": "给大三学生讲3次论文写作",
    "给大三学生讲3次论文写作，力争在6月底前完成。": "给大三学生讲3次论文写作",
    "6月底前完成3篇论文": "完成3篇论文",
    "我将于6月30日之前给大三学生讲3次": "我将给大三学生讲3次",
    "给学生讲3次论文写作（6月底前）": "给学生讲3次论文写作",
    "给学生讲3次论文写作 完成时限：6月30日": "给学生讲3次论文写作",
    "给学生讲3次，6月底前，地点302": "给学生讲3次，地点302",
    "６月底前，讲３次": "讲３次",
    "6月底前完成": "",
    "讲3次论文写作": "讲3次论文写作",
}
# fmt: on


@pytest.mark.requirement("R-061")
@pytest.mark.parametrize(("text", "goal"), GOALS.items())
def test_the_goal_keeps_its_own_words_without_the_date(text, goal):
    assert goal_without_date(text, deadline_in(text, TODAY).span) == goal


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_may_come(text, today):
    assert set(flags(text, None, [text], [], DEFAULT_SLOGANS, today)) >= {"no_date"}
    goal = goal_without_date(text, deadline_in(text, today).span)
    assert len(goal) <= len(text)


@given(
    st.lists(st.sampled_from([*GOALS, *SLOGANS, "，", "。", "6月底前", "（", "）"]), max_size=4).map("".join)
)
def test_a_goal_adds_no_character_of_its_own(text):
    goal = iter(text)
    assert all(character in goal for character in goal_without_date(text, deadline_in(text, TODAY).span))
