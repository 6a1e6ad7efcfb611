"""外部点评人: a leader from outside the school, who never speaks here himself; a 书记 registers his words (R-040)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_UNIT_ENDS = "大学|学院|公司|集团|中心|政府|纪委|工委|党委|委|办|局|部|厅|组|处|院|校|科|所|会|团|室"
_POST = (
    "(?:常务|原)?副?(?:书记|部长|处长|局长|厅长|司长|主任|组长|科长|院长|校长|主席|市长|区长|县长|省长|会长|秘书长|总经理|董事长|常委"
    "|委员|巡视员|调研员|专员|督导员)"
)
_NAME = r"[\u4e00-\u9fff·]"
_UNIT = rf"(?P<unit>\S*(?:{_UNIT_ENDS}))?(?:的)?"
_NAME_FIRST = re.compile(rf"{_UNIT}(?P<name>{_NAME}{{1,4}}?)(?P<post>{_POST})")
_POST_FIRST = re.compile(rf"{_UNIT}(?P<post>{_POST})(?P<name>{_NAME}{{2,4}})")
_BARE_NAME = re.compile(rf"{_NAME}{{2,4}}")
_PARTS = ("unit", "name", "post")
_SPLIT = re.compile(r"[\s,，、;；]+")
_AROUND = re.compile(r"^(?:由|请|是|点评人|领导|[:：\s,，])+|(?:同志|来|对|[\s,，。:：])+$")


def read(words: str) -> dict[str, str]:
    """`unit`, `name` and `post` as far as the words say them, in any order; the name may be a surname only."""
    said = _AROUND.sub("", words.strip())
    known: dict[str, str] = {}
    for piece in _SPLIT.split(said):
        known |= _of_piece(piece)
    return known


def _of_piece(piece: str) -> dict[str, str]:
    """市教育工委王强处长 in one, or 市教育工委 and 王强 and 处长 apart."""
    is_post = re.fullmatch(_POST, piece)
    found = None if is_post else _POST_FIRST.fullmatch(piece) or _NAME_FIRST.fullmatch(piece)
    return {part: found[part] for part in _PARTS if found[part]} if found else _of_one(piece)


def _of_one(piece: str) -> dict[str, str]:
    if re.fullmatch(_POST, piece):
        return {"post": piece}
    if re.fullmatch(rf"\S+(?:{_UNIT_ENDS})", piece):
        return {"unit": piece}
    return {"name": piece} if _BARE_NAME.fullmatch(piece) else {}


def is_known(one: Mapping[str, str]) -> bool:
    """Whether unit, full name and post are all there."""
    return all(one.get(part) for part in _PARTS) and len(one["name"]) > 1


def shown(one: Mapping[str, str]) -> str:
    """市教育工委处长王强."""
    return f"{one.get('unit', '')}{one.get('post', '')}{one.get('name', '')}"
