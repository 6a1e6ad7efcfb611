"""承诺: making one, and asking for one's own."""

from __future__ import annotations

import re

from bot.understanding.rules import LIKELY, Fields, Match, ask, lead, whole
from bot.understanding.said import Said
from domain.dates import deadline_in
from domain.vagueness import goal_without_date

_KINDS = {"即时": "immediate", "任期": "term", "年度": "annual"}
_KIND = re.compile("(即时|任期|年度)(?:公开)?承诺")
_MATTERS = (
    ("duty", "履行岗位职责"),
    ("first_class", "争创一流业绩"),
    ("attitude", "改进工作态度"),
    ("service", "服务群众"),
)
_NEEDED = ("goal", "due")


def _promise(said: Said, match: Match) -> Fields:
    words = said.rest(match.end())
    matter = next((code for code, label in _MATTERS if label in words), None)
    return {"kind": kind_in(match[0]), "matter": matter, **goal_and_due(said, words)}


def kind_in(words: str) -> str | None:
    """The kind of promise that some words name: 年度承诺."""
    match = _KIND.search(words)
    return _KINDS[match[1]] if match else None


def goal_and_due(said: Said, words: str) -> Fields:
    """What is promised and until when; a day that cannot serve as deadline is left to the form's question."""
    if not words:
        return {}
    reading = deadline_in(words, said.ctx.today)
    if reading.day is None or reading.problem:
        return {"goal": words}
    return {"goal": goal_without_date(words, reading.span), "due": reading.day.isoformat()}


def _numbered(said: Said, match: Match) -> Fields:
    return {"number": match["number"].upper()}


def _mended(said: Said, match: Match) -> Fields:
    return {"number": match["number"].upper(), **goal_and_due(said, said.rest(match.end()))}


_MAKE = "(?:(?:作|记|做|写|提|报|填|定|交|签|立|发)(?:出|个|一个|一项|一条|一件|一份|一下|份|条|项|新的?|我的|今年的?)*)"
_WHAT = "(?:(?:公开|个人|本人|党员|党组织|党?支部|党?总支|分党委|今年的?|本年度?的?)*(?:年度|即时|任期)?(?:公开)?承诺(?:书|事项)?)"
_PARTICLES = "(?:吧|啊|呀|了)?"
_END = r"(?=[,.;:!、。\s]|$)"
_DEED = "(?:在|于|将|把|为|给|每|帮|带|尽快|争取|力争|坚持|组织|开展|完成|做好|元月|元旦|春节|[本下今明年月学这]|[0-9一二三四五六七八九十])"
_THING = "(?:(?:一|1|下面这?|这|几|两|2)(?:件|个|项|条)(?:事情?|事项)?|一下|如下|以下(?:事项)?|是)?"

_NUMBER = r"(?P<number>(?:c-)?(?:[0-9]{4}-)?[0-9a-z]{3,8}-[0-9]{1,4})"

RULES = (
    lead("opinion", rf"意见[,:、\s]*{_NUMBER}", _numbered),
    lead("my_commitments", rf"我的承诺[\s:]*{_NUMBER}\Z", _numbered),
    whole("commit", "(?:修?改|重写|重新提交)(?:一下)?(?:我?(?:被)?退回的?)?承诺"),
    lead("commit", rf"修?改(?:一下)?(?:承诺)?[\s:]*{_NUMBER}", _mended),
    ask(
        "my_commitments",
        "(?:我|本人)(?:作|做|写|交)?承诺(?:谁|什么|啥|哪.{0,2}|几.|事情?|列表|清单|内容|状态|到?哪一?步|多少|过)*",
    ),
    ask("my_commitments", "(?:我|本人)(?:作|做|写|交)(?:过)?(?:谁|什么|啥|哪些|哪几[个件项]|几[个件项])承诺"),
    lead("commit", rf"{_MAKE}{_WHAT}{_PARTICLES}{_END}", _promise, required=_NEEDED),
    lead(
        "commit",
        rf"(?:新的?|再|加|增加|补充?|还有)(?:来|作|做|加|一[个件项条])*(?:年度|即时|任期)?承诺{_END}",
        _promise,
        required=_NEEDED,
    ),
    lead(
        "commit",
        rf"(?:年度|即时|任期|公开|个人)+承诺(?:事项|书)?{_PARTICLES}{_END}",
        _promise,
        required=_NEEDED,
    ),
    lead(
        "commit",
        rf"(?:我|本人)(?:郑重|公开|现在?|今年|在此|年度|即时)*(?:作出|做出)?承诺(?!书|了|过|的|什么|哪|几|怎|没){_THING}",
        _promise,
        required=_NEEDED,
    ),
    lead("commit", rf"承诺(?:事项|内容)?{_THING}[,:、\s]+(?=\S)", _promise, required=_NEEDED),
    lead("commit", rf"承诺(?={_DEED})", _promise, required=_NEEDED),
    whole(
        "commit",
        "(?:党?支部|党?总支|党组织|分党委)?承诺|(?:公开|个人|年度|即时)?承诺(?:书)?(?:怎么|如何|咋|在哪里?|从哪里?)(?:写|作|做|交|填|弄)",
        required=_NEEDED,
    ),
    lead(
        "commit",
        rf"(?:我)?(?:还|一直)*没有?{_MAKE}{_WHAT}(?=.*(?:补|现在|想|怎么|来得及))",
        score=LIKELY,
        required=_NEEDED,
    ),
)
