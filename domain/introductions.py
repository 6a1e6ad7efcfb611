"""How somebody unknown says who they are: a name and a branch in any order and wrapping (R-292)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.intake import halfwidth
from domain.people import WITH_MEMBERS, Organisation, Roster

_LONGEST = 120
_UNIT = re.compile(r"[\u4e00-\u9fff0-9]{1,20}支部")
_SAID = re.compile(
    r"(?:我叫|名叫|叫|姓名|名字|我是)\s*(?:是|叫)?[:,\s]*(?P<name>[\u4e00-\u9fff·]{2,15})(?![\u4e00-\u9fff])"
)
_TOKEN = re.compile(r"[\u4e00-\u9fff·]+")
_BEFORE = re.compile(r"(?:您好|你好|老师|我的|我是|我叫|我|名字|姓名|党员|是|叫|的)+")
_AFTER = re.compile(r"(?:老师|同志|书记|教授|主任|同学|的)+$")
_NO_NAME = re.compile(
    "学院|支部|总支|党委|大学|机关|绑定|[系处室]$|新来|加入|进入|转[到来]|谁|没|吗|什么|怎么|帮助|写实|点评|承诺|台账|交了|您好|你好|谢谢|所在|来自"
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What was understood; `org` is the id of a branch. Empty where nothing was."""

    name: str = ""
    org: str = ""


def read_introduction(text: str, roster: Roster, alone: bool = False) -> Introduction:
    """Name and branch as somebody gives them; `alone` says that a mere name was asked for and counts."""
    plain = halfwidth(text)[:_LONGEST]
    org, rest = _branch(plain, roster)
    return Introduction(_name(rest, alone or bool(org)), org.id if org else "")


def _branch(plain: str, roster: Roster) -> tuple[Organisation | None, str]:
    """The one branch that is named, and the words without it."""
    for match in _UNIT.finditer(plain):
        for start in range(match.start(), match.end() - 2):
            words = plain[start : match.end()]
            fitting = [org for org in roster.org_named(words) if org.kind in WITH_MEMBERS]
            if len(fitting) == 1:
                return fitting[0], f"{plain[:start]};{plain[match.end() :]}"
    return None, plain


def _name(rest: str, bare: bool) -> str:
    said = _SAID.search(rest)
    if said and _is_name(_AFTER.sub("", said["name"])):
        return _AFTER.sub("", said["name"])
    tokens = (
        (_AFTER.sub("", _BEFORE.sub("", token, count=1)) for token in _TOKEN.findall(rest)) if bare else ()
    )
    return next((token for token in tokens if _is_name(token)), "")


def _is_name(token: str) -> bool:
    longest = 15 if "·" in token else 4
    return 2 <= len(token) <= longest and not _NO_NAME.search(token)
