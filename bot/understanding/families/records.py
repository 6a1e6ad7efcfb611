"""写实 and 台账: the monthly record, one's own archive and other people's."""

from __future__ import annotations

import re
from typing import Any

from bot.understanding.rules import Fields, lead, whole
from bot.understanding.said import Said
from domain import items
from domain.period_words import read_period

_NUMBERS = tuple(range(1, 10))


def _report(said: Said, match: re.Match[str]) -> Fields:
    month = _month(said, match[0]) or _month(said, said.plain[match.end() :][:8])
    rest = said.rest(match.end())
    return {"month": month, "items": items_of(rest)}


def _month(said: Said, words: str) -> str | None:
    word = read_period(words, said.ctx.today)
    return word.period.label if word and word.period.kind == "month" else None


def items_of(words: str) -> list[dict[str, Any]]:
    """Numbered answers (`n` counts the open items as the bot listed them); one without a number has n 0."""
    if not words:
        return []
    parts = items.split_items(words, _NUMBERS) or {0: words}
    return [
        {"n": n, "status": items.status_of(part), "text": items.strip_status(part)}
        for n, part in parts.items()
    ]


def _archive(said: Said, match: re.Match[str]) -> Fields | None:
    found = said.names.within(said.plain[match.end() :])
    return {"person": found.value} if found else {"__score": 0.6}


_MONTH = (
    "(?:[0-9一二三四五六七八九十]{1,3}月份?|本月|这个?月|上个?月|当月|上个月|[12][0-9]{3}年?[0-9]{1,2}月)"
)
_LOOK = "(?:(?:看看?|查看?|查询|看一?下|查一?下|查查|打开|调出?|翻)(?:一下)?)?"
_END = "(?=[,.;:!、。\\s0-9①-⑳]|$)"

RULES = (
    whole(
        "my_archive",
        f"{_LOOK}我(?:自己)?的?(?:个人)?(?:台账|写实台账|档案|记录|写实记录|写实情况)(?:情况|内容)?",
    ),
    lead("archive", rf"{_LOOK}(?:台账|写实台账)[,:、\s]*(?=\S)", _archive, required=("person",)),
    whole("archive", "台账|看台账|查台账", required=("person",)),
    lead(
        "report",
        rf"(?:写|填|交|报|做|作|补)?(?:一下)?(?:我的)?(?:{_MONTH}的?)?(?:自我)?写实(?:鉴定|材料|情况)?(?:{_MONTH})?{_END}",
        _report,
    ),
    lead(
        "report",
        rf"(?:补报|补交|补填|补写|提前交|提前报|提前写)(?:一下)?(?:{_MONTH})?的?(?:自我)?(?:写实)?(?:{_MONTH})?{_END}",
        _report,
    ),
    lead("report", rf"(?:写|填|交|报|做)(?:一下)?{_MONTH}的?(?:自我)?(?:写实|鉴定|情况){_END}", _report),
    lead("report", rf"{_MONTH}的?(?:自我)?写实", _report),
)
