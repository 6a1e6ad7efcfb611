"""Expressions of time become days (R-301). Today is Wednesday 11 March 2026 unless a test says otherwise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import date_forms, date_patterns, dates, festivals
from domain.date_steps import add_months

TODAY = date(2026, 3, 11)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))

# fmt: off
READ = {
    "6月底前": "2026-06-30", "6月30日前": "2026-06-30", "六月三十号": "2026-06-30", "６月３０日": "2026-06-30",
    "6 月 30 日": "2026-06-30", "6月30": "2026-06-30", "6月30前": "2026-06-30", "6月份": "2026-06-30", "6月完成": "2026-06-30",
    "六月": "2026-06-30", "7月前": "2026-06-30", "6月末": "2026-06-30", "11月中旬": "2026-11-20", "11月上旬": "2026-11-10",
    "11月下旬": "2026-11-30", "11月中": "2026-11-15", "11月初": "2026-11-10", "3月11日": "2026-03-11", "3月10日": "2027-03-10",
    "十一月二十五日": "2026-11-25", "十二月底": "2026-12-31", "二月底": "2027-02-28", "6月1日至30日": "2026-06-30",
    "月底": "2026-03-31", "本月底": "2026-03-31", "这个月底": "2026-03-31", "月底前": "2026-03-31", "下月底": "2026-04-30",
    "下个月底前": "2026-04-30", "下个月15号": "2026-04-15", "下月20日前": "2026-04-20", "本月20号": "2026-03-20",
    "本月内": "2026-03-31", "月中": "2026-03-15", "月内": "2026-03-31", "中旬": "2026-03-20", "下个月": "2026-04-30",
    "次月10日": "2026-04-10", "15号前": "2026-03-15", "到10日": "2026-04-10", "15号": "2026-03-15",
    "年底": "2026-12-31", "今年年底": "2026-12-31", "今年底前": "2026-12-31", "年底前": "2026-12-31", "年内": "2026-12-31",
    "今年内": "2026-12-31", "2026年底": "2026-12-31", "2027年前": "2026-12-31", "明年3月": "2027-03-31",
    "明年3月底": "2027-03-31", "明年2月15日": "2027-02-15", "今年6月30日": "2026-06-30", "年中": "2026-06-30",
    "本学期末": "2026-07-31", "学期末": "2026-07-31", "本学期": "2026-07-31", "学期结束前": "2026-07-31", "期末前": "2026-07-31",
    "下学期末": "2026-12-31", "下学期前": "2026-07-31", "本季度末": "2026-03-31", "季度末": "2026-03-31", "季末": "2026-03-31",
    "下季度末": "2026-06-30", "三季度末": "2026-09-30", "第三季度": "2026-09-30", "二季度内": "2026-06-30",
    "第四季度前": "2026-09-30", "上半年": "2026-06-30", "下半年": "2026-12-31", "今年上半年": "2026-06-30",
    "两周内": "2026-03-25", "两周内整改": "2026-03-25", "两星期内": "2026-03-25", "2个星期以内": "2026-03-25", "一周内": "2026-03-18",
    "10天内": "2026-03-21", "十天之内": "2026-03-21", "3日内": "2026-03-14", "三天后": "2026-03-14", "一个月内": "2026-04-11",
    "1个月内": "2026-04-11", "半个月内": "2026-03-26", "一个半月内": "2026-04-26", "三个月内": "2026-06-11", "半年内": "2026-09-11",
    "一年内": "2027-03-11", "5个工作日内": "2026-03-18", "48小时内": "2026-03-13", "两周": "2026-03-25", "限期一个月内": "2026-04-11",
    "下周五": "2026-03-20", "下星期五前": "2026-03-20", "本周五": "2026-03-13", "这周日": "2026-03-15", "周五前": "2026-03-13",
    "星期三": "2026-03-11", "周二": "2026-03-17", "礼拜天": "2026-03-15", "下下周一": "2026-03-23", "周末": "2026-03-15",
    "下周": "2026-03-22", "本周内": "2026-03-15", "下周末前": "2026-03-22",
    "今天": "2026-03-11", "明天": "2026-03-12", "明天前": "2026-03-12", "后天": "2026-03-13", "大后天": "2026-03-14",
    "今晚": "2026-03-11",
    "2026-06-30": "2026-06-30", "2026.6.30": "2026-06-30", "2026/6/30": "2026-06-30", "20260630": "2026-06-30",
    "2026-06": "2026-06-30", "26年6月": "2026-06-30", "26年6月15日": "2026-06-15", "2026年6月30日": "2026-06-30",
    "二〇二六年六月三十日": "2026-06-30", "6.30": "2026-06-30", "6/30": "2026-06-30", "6.30前": "2026-06-30", "6.5前": "2026-06-05",
    "国庆前": "2026-09-30", "国庆节前": "2026-09-30", "元旦前": "2026-12-31", "五一前": "2026-04-30", "五一劳动节前": "2026-04-30",
    "七一前": "2026-06-30", "教师节前": "2026-09-09", "十一前": "2026-09-30", "国庆节": "2026-10-01", "清明前": "2026-04-04",
    "中秋节前": "2026-09-24", "春节前": "2027-02-05", "明年三八节前": "2027-03-07", "2027年春节前": "2027-02-05",
    "双十一前": "2026-11-10", "重阳节前": "2026-10-17", "元宵节前": "2027-02-19", "除夕前": "2027-02-04", "小年前": "2027-01-29",
    "农历六月初十前": "2026-07-23", "腊月二十五前": "2027-02-01", "正月十五前": "2027-02-20", "八月初八": "2026-09-18",
    "阴历二月底": "2026-04-16", "4月第二个周五前": "2026-04-10", "下个月最后一个周一": "2026-04-27", "明年1月第1个星期三": "2027-01-06",
}
TROUBLED = {
    "2月30日": "impossible", "13月5日": "impossible", "2026年2月29日": "impossible", "6月31日前": "impossible", "2026-02-30": "impossible",
    "6/31": "impossible", "2026-13": "impossible", "下个月31号": "impossible",
    "去年6月": "past", "昨天": "past", "本周一": "past", "2026年1月": "past", "上个月底": "past", "2026-03-10": "past", "本月5日": "past",
    "后年": "missing", "明年底": "far", "2027年4月12日": "far", "两年内": "far", "2月29日": "far",
    "尽快": "vague", "适时": "vague", "今年内努力": "vague", "长期坚持": "vague", "近期": "vague", "及时反馈": "vague", "早日完成": "vague",
    "暑假前": "vague", "开学前": "vague", "毕业前": "vague", "期末考试前": "vague", "明年初": "vague", "2042年春节前": "vague",
    "": "missing", "好的": "missing", "没有": "missing", "听课6次": "missing", "每周五": "missing", "每月15日": "missing",
    "每学期末": "missing", "一周一次": "missing", "2小时内回复": "missing", "三个季度": "missing", "3.5小时": "missing",
    "2/3的学生": "missing", "C-2026-0153-1": "missing", "3号楼宿舍": "missing", "周一至周五": "missing", "五一表彰": "missing",
    "2005007": "missing", "三年前": "missing",
}
# fmt: on


@pytest.mark.requirement("R-301")
@pytest.mark.parametrize(("text", "day"), READ.items())
def test_an_expression_becomes_a_day(text, day):
    reading = dates.read_date(text, TODAY)
    assert (str(reading.day), reading.problem) == (day, None)


def test_the_table_is_longer_than_what_is_asked():
    assert len(READ) >= 60


@pytest.mark.requirement("R-061")
@pytest.mark.requirement("R-064")
@pytest.mark.parametrize(("text", "problem"), TROUBLED.items())
def test_what_is_no_deadline_says_why(text, problem):
    reading = dates.read_date(text, TODAY)
    assert reading.problem == problem
    assert (reading.day is None) == (problem not in ("past", "far"))


# fmt: off
DEADLINES = [
    ("带2名青年教师，每人听课6次，11月底前帮他们各完成一次公开课", "11月底前", "2026-11-30"),
    ("34人每人一次，6月底前", "6月底前", "2026-06-30"),
    ("5月31日前，为本班34名学生每人谈话1次", "5月31日前", "2026-05-31"),
    ("暴雪期间每天查看3栋宿舍供暖，到11月14日", "11月14日", "2026-11-14"),
    ("国庆节慰问3户老党员，10月20日前写出总结", "10月20日前", "2026-10-20"),
    ("每周五开放实验室，年底前不少于30次", "年底前", "2026-12-31"),
    ("3月20日启动，6月底完成", "6月底", "2026-06-30"),
    ("6月底前完成，3月20日启动", "6月底前", "2026-06-30"),
    ("3月15日动员，4月2日总结", "4月2日", "2026-04-02"),
    ("1 改到7月15日，出差两周", "7月15日", "2026-07-15"),
    ("月底前重审研究生承诺", "月底前", "2026-03-31"),
    ("6月2次公开课", "6月", "2026-06-30"),
    ("6月30名学生毕业", "6月", "2026-06-30"),
    ("完成１２月１５日前的材料", "１２月１５日前", "2026-12-15"),
    ("12月10日（周四）前交稿", "12月10日（周四）前", "2026-12-10"),
    ("3月20日下午3点前交稿", "3月20日下午3点前", "2026-03-20"),
    ("下周三下班前", "下周三下班前", "2026-03-18"),
    ("3月25、26日检查", "3月25、26日", "2026-03-26"),
    ("最晚4月2日，4月1日先试", "4月2日", "2026-04-02"),
    ("6月30日前往北京，7月5日前报告", "7月5日前", "2026-07-05"),
]
# fmt: on


@pytest.mark.requirement("R-301")
@pytest.mark.parametrize(("text", "expression", "day"), DEADLINES)
def test_the_deadline_is_found_in_a_sentence(text, expression, day):
    reading = dates.deadline_in(text, TODAY)
    assert (text[slice(*reading.span)], str(reading.day)) == (expression, day)


def test_all_dates_are_found_in_their_order():
    found = dates.find_dates("3月20日启动，尽快动员，4月底检查，2月30日总结", TODAY)
    assert [(str(each.day), each.problem) for each in found] == [
        ("2026-03-20", None), ("2026-04-30", None), ("None", "impossible"),
    ]  # fmt: skip


def test_a_vague_word_is_only_told_when_there_is_no_day():
    assert dates.deadline_in("尽快完成，6月底前", TODAY).problem is None
    assert dates.deadline_in("做好学生谈话，尽快完成", TODAY).problem == "vague"


def test_a_day_just_gone_means_next_year():
    assert dates.read_date("6月底前", date(2026, 7, 1)).day == date(2027, 6, 30)
    assert dates.read_date("年底前", date(2026, 12, 31)).day == date(2026, 12, 31)


@given(days)
def test_what_is_shown_reads_back(day):
    assert dates.read_date(dates.show(day), TODAY).day == day


@given(days)
def test_a_day_in_numbers_reads_back(day):
    assert dates.read_date(f"于{day.isoformat()}前完成", TODAY).day == day


fragments = st.lists(
    st.sampled_from([*READ, *TROUBLED, *"年月日号底末前内到周季学期上下本每第半个两三十0123456789.-/，。 "]),
    max_size=6,
).map("".join)


@pytest.mark.requirement("R-301")
@given(st.one_of(st.text(), fragments), days)
def test_no_text_brings_a_day_that_is_wrong_unsaid(text, today):
    for reading in [
        *dates.find_dates(text, today),
        dates.deadline_in(text, today),
        dates.read_date(text, today),
    ]:
        start, end = reading.span
        assert 0 <= start <= end <= len(text)
        if reading.day is None:
            assert reading.problem in ("vague", "missing", "impossible")
        elif reading.problem is None:
            assert today <= reading.day <= add_months(today, dates.FARTHEST_MONTHS)
        else:
            assert (reading.day < today) == (reading.problem == "past")


@given(fragments)
def test_spans_follow_each_other(text):
    ends = [0]
    for reading in dates.find_dates(text, TODAY):
        assert reading.span[0] >= ends[-1]
        ends.append(reading.span[1])


@given(st.integers(0, 999), days)
def test_days_are_counted_from_today(count, today):
    assert dates.read_date(f"{count}天内", today).day == today + timedelta(days=count)


@pytest.mark.requirement("R-301")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("元月15日前", date(2027, 1, 15)),
        ("元月底前", date(2027, 1, 31)),
        ("捐3万元月底前到账", date(2026, 11, 30)),
    ],
)
def test_the_first_month_has_a_name_that_money_does_not_take(text, day):
    assert dates.deadline_in(text, date(2026, 11, 23)).day == day


_LETTERS = "0123456789.-/ 年月日号周星礼期拜季半天旬学度第每上下本这个当前底末初中内逢双一二三四五六七八九十廿元正冬腊农历明今昨后大早晚工作小时之以里"


@pytest.mark.parametrize("form", date_forms.FORMS, ids=lambda form: form.resolve.__name__)
@given(text=st.text(_LETTERS, max_size=12) | st.sampled_from(sorted(READ)))
def test_a_form_is_only_passed_over_where_no_time_of_its_shape_stands(form, text):
    if form.pattern.search(text):
        assert form.may_be_in(frozenset(text))


@given(data=st.data())
@pytest.mark.parametrize("pattern", [date_patterns.VAGUE, festivals.CLEAR_NAMES, festivals.SHORT_NAMES])
def test_every_feast_and_every_vague_word_holds_one_of_the_letters_it_is_told_by(pattern, data):
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    letters = date_patterns.VAGUE_LETTERS if pattern == date_patterns.VAGUE else festivals.LETTERS
    assert set(text) & set(letters), text


def test_every_form_that_has_marks_is_passed_over_where_none_of_them_stands():
    marked = [form for form in date_forms.FORMS if form.marks]
    assert len(marked) == len(date_forms.FORMS)
    assert not any(form.may_be_in(frozenset("走访企业，写好报告")) for form in marked)
