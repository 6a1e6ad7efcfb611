"""What leaders say at the read-back is read as the change they mean, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.review_corrections import occasion_in, read_correction
from domain.review_moments import Moment

TODAY = date(2026, 7, 31)
ONSITE = {"manner": "onsite", "occasion": ""}
# fmt: off
CHANGES = [
    ("现场，实验楼302", {**ONSITE, "place": "实验楼302"}), ("现场", ONSITE), ("改成现场", ONSITE), ("现场点评，在机械楼215", {**ONSITE, "place": "机械楼215"}),
    ("谈话", {"manner": "individual", "occasion": ""}), ("个别谈话", {"manner": "individual", "occasion": ""}),
    ("集中，民主生活会", {"manner": "collective", "occasion": "民主生活会"}),
    ("地点实验楼302", {"place": "实验楼302"}), ("地点改成机械楼215", {"place": "机械楼215"}), ("在实验楼302", {"place": "实验楼302"}),
    ("不足改成值班没人", {"replace": {"gaps": "值班没人"}}), ("不足：无", {"replace": {"gaps": "无"}}), ("成绩改为听课认真。", {"replace": {"merits": "听课认真"}}),
    ("建议换成每周一记", {"replace": {"directions": "每周一记"}}), ("把不足改成记录少", {"replace": {"gaps": "记录少"}}),
    ("请把不足改成记录少", {"replace": {"gaps": "记录少"}}), ("不足那里改成记录少", {"replace": {"gaps": "记录少"}}), ("存在问题写成记录少", {"replace": {"gaps": "记录少"}}),
    ("对象改成方明", {"whom": "方明"}), ("名字错了，是张伟", {"whom": "张伟"}), ("不是韩雪，是方明", {"whom": "方明"}),
    ("照片不要了", {"no_photos": True}), ("去掉照片", {"no_photos": True}),
    ("再加一句：值班认真", {"more": "值班认真"}), ("补充一点，材料也全", {"more": "材料也全"}), ("不足再加：公示慢", {"add": {"gaps": "公示慢"}}),
    ("下一步把表上墙", {"more": "下一步把表上墙"}), ("另外不足是公示慢", {"more": "另外不足是公示慢"}),
    ("优秀", {"kind": "periodic", "grade": "excellent"}), ("等次：良", {"kind": "periodic", "grade": "good"}), ("定期，一般", {"kind": "periodic", "grade": "fair"}),
    ("定期", {"kind": "periodic", "grade": None}), ("计为本季度定期点评", {"kind": "periodic", "grade": None}), ("暂不评", {"kind": "periodic", "grade": None}),
    ("日常", {"kind": "daily"}), ("不计", {"kind": "daily"}), ("作为党员", {"as_member": True}),
    ("时间昨天", {"when": Moment(date(2026, 7, 30), None)}), ("时间改成7月28日", {"when": Moment(date(2026, 7, 28), None)}),
    ("两周内整改", {"demand": True, "due": date(2026, 8, 14), "problem": None, "requirement": ""}),
    ("列为整改", {"demand": True, "due": None, "problem": "missing", "requirement": ""}), ("不用整改", {"demand": False}),
]
NONE = ["很好", "这个同志不错", "好的", "谁没交", "辛苦大家了，很好很好", "时间很紧", "时间前年", "", "优秀的同志", "。"]
# fmt: on


@pytest.mark.requirement("R-129")
@pytest.mark.parametrize(("words", "change"), CHANGES)
def test_a_correction_is_read(words: str, change: dict[str, object]) -> None:
    assert read_correction(words, TODAY) == change


@pytest.mark.parametrize("words", NONE)
def test_what_asks_for_no_change_is_left_alone(words: str) -> None:
    assert read_correction(words, TODAY) is None


@pytest.mark.requirement("R-123")
@pytest.mark.requirement("R-124")
def test_an_occasion_belongs_to_its_manner() -> None:
    assert occasion_in("组织生活会上说的", "collective") == "组织生活会"
    assert occasion_in("机械楼215，座谈会", "onsite") == "座谈会"
    assert occasion_in("组织生活会", "onsite") == ""


@pytest.mark.requirement("R-121")
@given(st.text(max_size=60), st.sampled_from(["不足改成", "再加一句：", "成绩再加", "地点", "现场，", ""]))
def test_words_are_only_ever_taken_as_they_stand(words: str, opening: str) -> None:
    change = read_correction(opening + words, TODAY) or {}
    taken = [*change.get("replace", {}).values(), *change.get("add", {}).values()]
    taken += [change[key] for key in ("more", "place") if key in change]
    assert all(one and one in opening + words for one in taken)


# Only a pattern that goes through all ways of splitting the words comes near this.
@settings(deadline=timedelta(seconds=10))
@given(st.sampled_from(["改", "把不足", "时间", "限", "整改"]), st.integers(1, 4000))
def test_a_flood_is_read_at_once(word: str, times: int) -> None:
    read_correction(word * times, TODAY)
