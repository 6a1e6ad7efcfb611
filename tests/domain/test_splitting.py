"""A leader's words are split into cells and stay his words (R-119, R-121)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.splitting import requirement_in, secretary_part, split_review

# fmt: off
REVIEWS = [
    # (words, merits, gaps, directions)
    ("暑期实验室安全改造抓得细，台账清楚；不足是夜间值班记录不全，下一步把值班表上墙", "暑期实验室安全改造抓得细，台账清楚", "夜间值班记录不全", "把值班表上墙"),
    ("上半年承诺总体推进好，服务学生有实效；不足是写实偏笼统；下半年把目标量化", "上半年承诺总体推进好，服务学生有实效", "写实偏笼统", "下半年把目标量化"),
    ("带青年教师扎实，公开课要加快", "带青年教师扎实", None, "公开课要加快"),
    ("竞赛指导成绩突出，值班有缺勤，按表到岗", "竞赛指导成绩突出", "值班有缺勤", "按表到岗"),
    ("就业帮扶好，没有明显不足，继续保持", "就业帮扶好", "没有明显不足", "继续保持"),
    ("坚持以普通党员身份参加支部大会，联系师生多；不足是两次组织生活请假；下季度保证到会",
     "坚持以普通党员身份参加支部大会，联系师生多", "两次组织生活请假", "下季度保证到会"),
    ("实验室开放和就业帮扶师生认可；问题是研究生支部承诺空、公示不及时；建议月底前重审研究生承诺。",
     "实验室开放和就业帮扶师生认可", "研究生支部承诺空、公示不及时", "月底前重审研究生承诺"),
    ("书记建国同志带头上思政课，要多下支部", "书记建国同志带头上思政课", None, "要多下支部"),
    ("成绩：听课认真；不足：记录少；努力方向：每周一记", "听课认真", "记录少", "每周一记"),
    ("成绩：听课认真\n不足：记录少\n建议：每周一记", "听课认真", "记录少", "每周一记"),
    ("成绩\n听课认真\n存在问题\n记录少\n意见建议\n每周一记", "听课认真", "记录少", "每周一记"),
    ("1.成绩：听课认真。2.不足：记录少。3.努力方向：每周一记。", "听课认真", "记录少", "每周一记"),
    ("【成绩】听课认真。【不足】记录少。【努力方向】每周一记。", "听课认真", "记录少", "每周一记"),
    ("听课认真，不足：无，继续保持", "听课认真", "无", "继续保持"),
    ("听课认真，但记录少，希望每周一记", "听课认真", "记录少", "每周一记"),
    ("听课认真但记录少", "听课认真", "记录少", None),
    ("听课认真，不过公开课偏少", "听课认真", "公开课偏少", None),
    ("听课认真，美中不足的是记录少", "听课认真", "记录少", None),
    ("听课认真，存在的主要问题是记录少，今后要每周一记", "听课认真", "记录少", "今后要每周一记"),
    ("不但听课认真，而且记录全", "不但听课认真，而且记录全", None, None),
    ("主要精力放在学生身上，重要材料齐全", "主要精力放在学生身上，重要材料齐全", None, None),
    ("克服人手不足，按时完成归档", "克服人手不足，按时完成归档", None, None),
    ("从不缺勤，听课认真", "从不缺勤，听课认真", None, None),
    ("问题解决及时，学生认可", "问题解决及时，学生认可", None, None),
    ("做得好的是听课，需要改进的是记录，请每周一记", "听课", "记录", "请每周一记"),
    ("优点：讲课好；缺点：不记录；下一步：每周一记，月底检查", "讲课好", "不记录", "每周一记，月底检查"),
    ("不足是记录少", None, "记录少", None),
    ("下一步把值班表上墙", None, None, "把值班表上墙"),
    ("成绩突出", "成绩突出", None, None),
    ("听课认真，记录有待加强，进一步规范填写", "听课认真", "记录有待加强", "进一步规范填写"),
    ("今天看了实验室，安全责任牌没有挂，下周一前挂好", "今天看了实验室", "安全责任牌没有挂", "下周一前挂好"),
    ("实验室卫生差，灭火器过期，两周内整改", None, "实验室卫生差，灭火器过期", "两周内整改"),
    ("没有发现问题，工作到位，继续努力", None, "没有发现问题，工作到位", "继续努力"),
    ("承诺兑现好。不足：1.写实少；2.会议缺席。方向：1.每月写；2.按时到会", "承诺兑现好", "1.写实少；2.会议缺席", "1.每月写；2.按时到会"),
    ("党建工作有声有色；但理论学习抓得不紧；要坚持每月一次", "党建工作有声有色", "理论学习抓得不紧", "要坚持每月一次"),
    ("", None, None, None),
    ("，。", None, None, None),
]
GRADES = [
    ("听课认真；记录少；等次优秀", "excellent"), ("听课认真，评优秀", "excellent"), ("听课认真，不足是记录少，优秀", "excellent"), ("听课认真。等次：良好。", "good"),
    ("等次一般；听课认真", "fair"), ("听课不多，差", "poor"), ("等次良", "good"), ("表现优秀，讲课良好", None), ("听课一般，记录少", None), ("优秀，听课认真", None),
    ("听课认真，优秀", "excellent"), ("听课认真", None),
]
REQUIREMENTS = [
    ("两周内整改", "两周内整改"), ("确认 两周内整改", "两周内整改"), ("值班记录不全，请在8月14日前完成整改。", "请在8月14日前完成整改"), ("要求：重审研究生承诺，月底前公示", "重审研究生承诺，月底前公示"),
    ("整改要求：值班表上墙", "值班表上墙"), ("记录不全，限期一个月补齐", "限期一个月补齐"), ("限两周内补齐记录", "限两周内补齐记录"), ("记录不全，立即整改", "立即整改"),
    ("暑期整改抓得细", None), ("工作要求严，整改落实好", None), ("听课认真", None), ("", None),
]
SECRETARIES = [
    ("师生认可；问题是承诺空；建议月底前重审。书记建国同志带头上思政课，要多下支部", "书记建国同志带头上思政课，要多下支部"), ("工作扎实\n对支部书记：要多下支部", "对支部书记：要多下支部"),
    ("工作扎实；党总支书记带头好。", "党总支书记带头好"), ("书记带头上思政课", None), ("支部工作扎实，书记带头", None), ("", None),
]
# fmt: on


@pytest.mark.requirement("R-119")
@pytest.mark.requirement("R-121")
@pytest.mark.parametrize(("text", "merits", "gaps", "directions"), REVIEWS)
def test_words_find_their_cells(text, merits, gaps, directions):
    split = split_review(text)
    cells = [span and span.of(text) for span in (split.merits, split.gaps, split.directions)]
    assert cells == [merits, gaps, directions]
    assert split.rest == ()


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_a_grade_is_only_read_where_it_is_said(text, grade):
    assert split_review(text).grade == grade


def test_a_grade_is_not_left_in_a_cell():
    text = "听课认真；不足是记录少，优秀"
    split = split_review(text)
    assert (split.merits.of(text), split.gaps.of(text), split.grade) == ("听课认真", "记录少", "excellent")


@pytest.mark.requirement("R-119")
@pytest.mark.parametrize(
    ("text", "no_gap"),
    [
        ("听课认真，不足：无", True), ("就业帮扶好，没有明显不足，继续保持", True), ("不足：暂无；下一步继续保持", True), ("没什么问题", True),
        ("听课认真，不足是记录少", False), ("听课认真", False), ("没有记录", False), ("没有明显不足，但记录少", False),
    ],
)  # fmt: skip
def test_nothing_wanting_is_noticed(text, no_gap):
    assert split_review(text).no_gap == no_gap


def test_what_comes_back_to_a_part_is_kept_as_rest():
    text = "听课认真；不足是记录少；建议每周一记；不足还有：公示慢；成绩：开放好"
    split = split_review(text)
    assert [span.of(text) for span in split.rest] == ["公示慢", "开放好"]


@pytest.mark.parametrize(("text", "words"), REQUIREMENTS)
def test_a_demand_is_found(text, words):
    span = requirement_in(text)
    assert (span and span.of(text)) == words


@pytest.mark.parametrize(("text", "words"), SECRETARIES)
def test_words_about_the_secretary_stand_apart(text, words):
    span = secretary_part(text)
    assert (span and span.of(text)) == words


def test_one_message_speaks_of_the_organisation_and_of_its_secretary():
    text = "实验室开放师生认可；问题是公示不及时；建议月底前重审。书记建国同志带头上思政课，要多下支部"
    part = secretary_part(text)
    split = split_review(text, part)
    assert split.merits.of(text) == "书记建国同志带头上思政课"
    assert split.directions.of(text) == "要多下支部"
    assert split.gaps is None


def test_a_flood_of_turns_is_split_all_the_same():
    text = "听课认真，" + "不过" * 9000 + "记录少"
    assert split_review(text).gaps.of(text) == "记录少"


pieces = st.lists(
    st.sampled_from(
        [text for text, *_ in REVIEWS + GRADES + REQUIREMENTS]
        + list("，；。：\n但要是请无 ")
        + ["不足是", "成绩：", "下一步"]
    ),
    max_size=5,
).map("".join)


@pytest.mark.requirement("R-121")
@given(st.one_of(st.text(), pieces))
def test_every_cell_is_a_stretch_of_the_original_and_none_overlap(text):
    split = split_review(text)
    spans = [span for span in (split.merits, split.gaps, split.directions, *split.rest) if span]
    covered = [place for span in spans for place in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    for span in (requirement_in(text), secretary_part(text)):
        assert span is None or 0 <= span.start < span.end <= len(text)
