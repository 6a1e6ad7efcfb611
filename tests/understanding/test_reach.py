"""Whom a name means depends on who says it: the own people first, others only when none of them fits."""

from __future__ import annotations

import pytest

from tests.understanding.hearing import Ear

FIRST, SECOND, STUDENTS, ENGINEERING, LEADER, OFFICES, SCHOOL, OFFICE, TEACHER = (
    "2005007", "2006015", "2015021", "2003011", "2001002", "2004009", "2000001", "2008030", "2010018"
)  # fmt: skip


@pytest.mark.requirement("R-135")
@pytest.mark.parametrize(
    ("speaker", "target"),
    [
        (FIRST, "2010018"),
        (SECOND, "2012034"),
        (ENGINEERING, ["2010018", "2012034"]),
        (LEADER, ["2010018", "2012034"]),
        (SCHOOL, ["2010018", "2012034"]),
        (STUDENTS, ["2010018", "2012034"]),
    ],
)
def test_a_shared_name_means_the_own_one_or_all_of_them(
    ear: Ear, speaker: str, target: str | list[str]
) -> None:
    assert ear.best(speaker, "点评张伟：备课认真").fields["target"] == target


@pytest.mark.requirement("R-013")
@pytest.mark.parametrize(
    "words",
    [
        "点评二支部张伟：细致",
        "点评实验师张伟：细致",
        "点评张伟（教工二支部）：细致",
        "点评张伟 实验师，细致",
        "点评2012034：细致",
    ],
)
def test_a_branch_a_post_or_a_number_parts_people_of_one_name(ear: Ear, words: str) -> None:
    assert ear.best(ENGINEERING, words).fields["target"] == "2012034"


def test_somebody_outside_the_reach_is_still_found(ear: Ear) -> None:
    assert ear.best(FIRST, "点评孙丽：热心").fields["target"] == "S2024015"


def test_nobody_means_himself_by_his_own_title(ear: Ear) -> None:
    assert ear.best(ENGINEERING, "点评王老师：耐心").fields["target"] == "2010052"


@pytest.mark.parametrize(
    ("speaker", "words", "org"),
    [
        (ENGINEERING, "一支部谁没交", "教工第一党支部"),
        (ENGINEERING, "研究生支部谁没交", "研究生党支部"),
        (ENGINEERING, "教工2支部谁没交", "教工第二党支部"),
        (TEACHER, "我们支部谁没交", "教工第一党支部"),
        (OFFICE, "机械学院党总支谁没交", "机械学院党总支"),
        (OFFICES, "三支部谁没交", "机关第三党支部"),
    ],
)
def test_places_are_called_as_people_call_them(ear: Ear, speaker: str, words: str, org: str) -> None:
    assert ear.best(speaker, words).fields["org"] == org


@pytest.mark.requirement("R-132")
def test_several_people_may_be_named_at_once(ear: Ear) -> None:
    found = ear.best(FIRST, "点评高远、宋佳和赵敏：带学生认真")
    assert found.fields["target"] == ["2013008", "2016011", "2017019"]
    assert found.fields["text"] == "带学生认真"
