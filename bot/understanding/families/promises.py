"""承诺: making one, and asking for one's own."""

from __future__ import annotations

import re

from bot.understanding.rules import LIKELY, Fields, lead, whole
from bot.understanding.said import Said
from domain.dates import deadline_in
from domain.vagueness import goal_without_date

_KINDS = (("immediate", "即时"), ("term", "任期"), ("annual", "年度"))
_MATTERS = (
    ("duty", "履行岗位职责"),
    ("first_class", "争创一流业绩"),
    ("attitude", "改进工作态度"),
    ("service", "服务群众"),
)
_NEEDED = ("goal", "due")


def _promise(said: Said, match: re.Match[str]) -> Fields:
    words = said.rest(match.end())
    return {**_kind(match[0]), **_matter(words), **goal_and_due(said, words)}


def goal_and_due(said: Said, words: str) -> Fields:
    """What is promised and until when; a day that cannot serve as deadline is left to the form's question."""
    if not words:
        return {}
    reading = deadline_in(words, said.ctx.today)
    if reading.day is None or reading.problem:
        return {"goal": words}
    return {"goal": goal_without_date(words, reading.span), "due": reading.day.isoformat()}


def _kind(entrance: str) -> Fields:
    return {"kind": next((code for code, word in _KINDS if word in entrance), None)}


def _matter(words: str) -> Fields:
    return {"matter": next((code for code, label in _MATTERS if label in words), None)}


def _unmarked(said: Said, match: re.Match[str]) -> Fields | None:
    """A sentence with a deadline and a deed is perhaps a promise."""
    reading = deadline_in(said.plain, said.ctx.today)
    if reading.day is None or reading.problem or not reading.marked or len(said.plain) < 10:
        return None
    return goal_and_due(said, said.rest(0))


_MAKE = "(?:(?:作|做|写|提|报|填|定|交|签|立)(?:出|个|一个|一项|一条|一件|份|一份|一下|新的?)*)"
_WHAT = "(?:(?:我的|公开|个人|本人|党员|今年的?|本年度?的?)*(?:年度|即时|任期)?(?:公开)?承诺(?:书|事项)?)"
_END = "(?=[,.;:!、。\\s]|$)"

RULES = (
    whole(
        "my_commitments",
        "(?:(?:看看?|查看?|查询|看一?下|查一?下|查查)(?:一下)?)?(?:我(?:自己)?(?:的|今年的?|都|作的|做的)*)承诺(?:了?(?:些?什么|啥|哪些|哪几件|几件|情况|进展|事项|清单)|到哪一?步了?|怎么样了?|有哪些|列表)?|我(?:都|今年)*(?:作|做)(?:过|了)(?:哪些|什么|几[件个项])承诺",
    ),
    lead("commit", rf"{_MAKE}{_WHAT}(?:吧|啊|呀|了)?{_END}", _promise, required=_NEEDED),
    lead(
        "commit",
        rf"(?:新的?|再|加|增加|补充?)(?:来|作|做|加|一[个件项条])*(?:年度|即时|任期)?承诺{_END}",
        _promise,
        required=_NEEDED,
    ),
    lead("commit", rf"(?:年度|即时|任期|公开|个人)+承诺(?:事项|书)?{_END}", _promise, required=_NEEDED),
    lead(
        "commit",
        r"(?:我|本人)(?:郑重|公开|现在?|今年|在此|年度|即时)*(?:作出|做出)?承诺(?:是|如下)?(?!书|了|过|的|什么|哪|几|怎)",
        _promise,
        required=_NEEDED,
    ),
    lead("commit", r"承诺(?:事项|内容)?(?:一|1|是|如下)?[,:、\s]+(?=\S)", _promise, required=_NEEDED),
    whole("commit", "承诺", required=_NEEDED),
    lead("commit", r"(?=.*\S)", _unmarked, score=LIKELY - 0.1, required=_NEEDED),
)
