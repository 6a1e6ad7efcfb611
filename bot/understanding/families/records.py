"""写实 and 台账: the monthly record, one's own archive and other people's."""

from __future__ import annotations

from typing import Any

from bot.understanding.rules import LIKELY, SCORE, Fields, Match, ask, lead, whole
from bot.understanding.said import Said
from domain import items
from domain.period_words import read_period

_NUMBERS = tuple(range(1, 10))


def _report(said: Said, match: Match) -> Fields:
    rest = said.rest(match.end())
    behind = read_period(rest[:8], said.ctx.today)
    month = _month(said, match[0]) or _month(said, rest[:8])
    if behind and behind.span[0] == 0 and behind.period.kind == "month":
        rest = rest[behind.span[1] :].lstrip(" 的,，:：、")
    return {"month": month, "items": items_of(rest)}


def _month(said: Said, words: str) -> str | None:
    word = read_period(words, said.ctx.today)
    return word.period.label if word and word.period.kind == "month" else None


def items_of(words: str) -> list[dict[str, Any]]:
    """Numbered answers (`n` counts the open items as the bot listed them); one without a number has n 0."""
    if not any(letter.isalnum() for letter in words):
        return []
    parts = items.split_items(words, _NUMBERS) or {0: words}
    return [
        {"n": n, "status": items.status_of(part), "text": items.strip_status(part)}
        for n, part in parts.items()
    ]


def _only_items(said: Said, match: Match) -> Fields | None:
    parts = items_of(said.rest(0))
    stated = [one for one in parts if one["status"] not in (None, "ongoing")]
    if len(parts) < 2 and not (parts and stated and parts[0]["n"]):
        return None
    return {"items": parts}


def _deeds(said: Said, match: Match) -> Fields:
    return {"month": _month(said, match[0]), "items": items_of(said.rest(0))}


def _archive(said: Said, match: Match) -> Fields | None:
    found = said.names.within(said.plain[match.end() :])
    return {"person": found.value} if found else {SCORE: 0.6}


def _named_archive(said: Said, match: Match) -> Fields | None:
    found = said.names.whole(match["who"])
    return {"person": found.value} if found else None


_MONTH = "(?:[0-9一二三四五六七八九十]{1,3}月份?|本月份?|这个?月|上上?个?月份?|当月|[12][0-9]{3}[年.-]?[0-9]{1,2}月?)"
_LOOK = "(?:(?:看一?[看下]?|查一?[查下]?|查看|查询|打开|调一?[下出]?|翻一?下?|要看?|找)(?:一下)?)?"
_DO = "(?:写|填|交|报|做|作|补|录|提交)(?:一?下)?"
_END = "(?=[,.;:!?、。\\s0-9①-⑳]|吧|啊|了|$)"
_RECORD = "(?:自我)?写实(?:鉴定|材料|情况)?"
_WHO = "(?P<who>(?!我)[\u4e00-\u9fff0-9a-z]{2,14}?)"

RULES = (
    ask("my_archive", "我(?:个人|自己)?写?(?:实)?(?:台账|档案|记录|历史|写实)(?:内容|多少)?|我(?:交|写|报)(?:过)?(?:什么|哪些|谁|写实)"),
    lead("archive", rf"{_LOOK}(?:写实)?台账[,:、\s]*(?=\S)", _archive, required=("person",)),
    whole("archive", f"{_LOOK}台账", required=("person",)),
    whole("archive", rf"{_LOOK}{_WHO}(?:同志)?的?(?:写实|个人)?(?:台账|档案|写实记录|写实情况|写实内容|写实)", _named_archive, required=("person",)),
    whole("archive", rf"{_LOOK}{_WHO}(?:{_MONTH}|今年|最近|都)*(?:写|交|做|干)了?(?:些|哪些)?(?:什么|啥|写实)", _named_archive, required=("person",)),
    lead("report", rf"(?:{_DO})?(?:我的)?(?:{_MONTH}的?)?{_RECORD}(?:{_MONTH})?{_END}", _report),
    lead("report", rf"(?:补报|补交|补填|补写|补一?下|提前[交报写填])(?:一下)?(?:{_MONTH})?的?(?:{_RECORD})?(?:{_MONTH})?{_END}", _report),
    lead("report", rf"{_DO}{_MONTH}的?(?:{_RECORD}|自我鉴定|鉴定|情况)?{_END}", _report),
    lead("report", rf"{_MONTH}的?{_RECORD}(?!谁|还|有|没|怎|什|要|几|是|交|写|截)", _report),
    lead("report", r"(?=[(]?[1一①第])", _only_items, score=LIKELY),
    lead("report", rf"{_MONTH}(?:我)?(?:主要|共|已经?|一共|都|还是)*(?:完成|做|开展|组织|参加|听课|带|无进展|没有?进展|没动|开了|谈了)", _deeds, score=LIKELY),
    whole("report", "(?:都|本月|这个月)?(?:无|没有?)进展", lambda said, match: {"items": items_of(said.rest(0))}),
)  # fmt: skip
