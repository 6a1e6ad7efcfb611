"""Who an external leader is, out of what a 书记 writes of him (R-040)."""

from __future__ import annotations

import pytest

from domain.external import is_known, read, shown

SAID = {
    "市教育工委王强处长": ("市教育工委", "王强", "处长"),
    "市教育工委 王强 处长": ("市教育工委", "王强", "处长"),
    "市教育工委，王强处长": ("市教育工委", "王强", "处长"),
    "市教育工委处长王强": ("市教育工委", "王强", "处长"),
    "市教工委王处长": ("市教工委", "王", "处长"),
    "省委巡视组李国强组长": ("省委巡视组", "李国强", "组长"),
    "市委组织部 陈大为 副部长": ("市委组织部", "陈大为", "副部长"),
    "由哈尔滨工程大学张建书记来": ("哈尔滨工程大学", "张建", "书记"),
    "市委组织部": ("市委组织部", None, None),
    "副部长": (None, None, "副部长"),
    "李国强": (None, "李国强", None),
    "": (None, None, None),
}


@pytest.mark.requirement("R-040")
@pytest.mark.parametrize("words", SAID)
def test_unit_name_and_post_are_read_in_any_order(words: str) -> None:
    unit, name, post = SAID[words]
    said = {key: value for key, value in (("unit", unit), ("name", name), ("post", post)) if value}
    assert read(words) == said


def test_a_surname_alone_is_not_yet_somebody() -> None:
    assert not is_known(read("市教工委王处长"))
    assert is_known(read("市教工委王强处长")) and shown(read("市教工委王强处长")) == "市教工委处长王强"
