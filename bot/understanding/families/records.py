"""写实 and 台账: the monthly record, one's own archive and other people's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.understanding import cues, subjects
from bot.understanding.rules import CLEAR, LIKELY, SCORE, WEAK, Fields, Match, ask, lead, whole
from bot.understanding.said import Said
from bot.understanding.vocabulary import is_bare, is_ours
from domain import items
from domain.period_words import PeriodWord, read_period
from domain.periods import Period
from domain.vagueness import has_measure

_NUMBERS = tuple(range(1, 10))
_QUESTION = re.compile(
    "谁|哪|是|收|和|与|跟|系统|功能|平台|这|有没有|齐|什么|怎么样|截止|截至|多少|几|要不要|是不是|难|太|真|比|.{0,6}(?:交|写|报)了?没有?[?]?$"
    "|.{0,6}[吗不][?]?$"
)
_ASKED = re.compile("谁|哪[个些几位]|几[个位人]|齐")
_OWN = re.compile(
    "(?:也|都|给|我|现在|一起|刚才|昨天|今天|没|忘|还|想|要)*(?:交|写|报|补|填|落下|漏|晚|做|上)"
)
_DONE_YET = re.compile(
    "[交写报填做上](?:上去|上来|掉|完|好)?了?(?:没有?|不|吗)[?]?$|[写交报填做][的了过](?:些|点)?(?:什么|啥)[?]?$"
)
_SOME = 5
_BEFORE_ITEMS = re.compile(r"[^。;:,\n]{0,16}[。;:,\n]\s*(?=[(]?[1一①第])")


def _report(said: Said, match: Match) -> Fields | None:
    """The month before or behind the entrance, and whatever is reported at once."""
    rest = said.rest(match.end())
    spoken = rest.lstrip("啊呀吧呢哈嘛")
    rest = spoken if spoken.startswith(("这", "本", "上", "今")) else rest
    month = _month(said, match[0])
    behind = read_period(rest[:8], said.ctx.today)
    if behind and behind.span[0] == 0 and behind.period.kind == "month":
        month, rest = month or behind.period.label, rest[behind.span[1] :].lstrip(" 的,，:：、")
    stuck = rest and said.plain[match.end() - 1 : match.end() + 1].isalpha()
    if stuck and _QUESTION.match(rest) and "补" not in rest:
        return None
    if said.asks and (_ASKED.search(rest) if said.names.leads else is_ours(rest) and _DONE_YET.search(rest)):
        return None
    if stuck and _OWN.match(rest):
        return {SCORE: 0.8, "month": month, "items": items_of(_told(rest, said.ctx.today))}
    told = (
        not stuck or cues.DONE.search(rest) or cues.NOTHING.search(rest) or has_measure(rest, said.ctx.today)
    )
    return {SCORE: WEAK if not told else LIKELY if stuck else CLEAR, "month": month, "items": items_of(rest)}


def _told(words: str, today: date) -> str:
    """What is told behind 我补上 and the like: behind the pause, or, dictated without one, at once."""
    if re.search("[,，:：。;； ]", words):
        return re.split("[,，:：。;； ]", words, maxsplit=1)[-1]
    own = _OWN.match(words)
    rest = words[own.end() :].lstrip("了一下吧啊") if own else words
    return rest if has_measure(rest, today) or cues.DONE.search(rest) and len(rest) > _SOME else ""


def _month(said: Said, words: str) -> str | None:
    word = read_period(words, said.ctx.today)
    if word is None or word.period.kind != "month":
        return None
    return _early(word, words, said.ctx.today) if "提前" in said.plain else word.period.label


def _early(word: PeriodWord, words: str, today: date) -> str:
    """Who hands in early means the month to come, unless he names a year that is past."""
    period, named = word.period, words[slice(*word.span)]
    bare = "年" not in named and not named.startswith(("上", "这", "本"))
    return (
        f"{period.start.year + 1}-{period.start.month:02}"
        if bare and _is_long_past(period, today)
        else period.label
    )


def _is_long_past(period: Period, today: date) -> bool:
    return period.start.year < today.year


def items_of(words: str) -> list[dict[str, Any]]:
    """Numbered answers (`n` counts the open items as the bot listed them); one without a number has n 0."""
    if not any(letter.isalnum() for letter in words):
        return []
    parts = items.split_items(words, _NUMBERS) or {0: words}
    if set(parts) == {0} and is_bare(words):
        return []
    return [{"n": n, "status": items.status_of(part), "text": part} for n, part in parts.items()]


def _only_items(said: Said, match: Match) -> Fields | None:
    """Numbered answers without an entrance."""
    parts = items_of(said.rest(match.end()))
    return {"items": parts} if parts and parts[0]["n"] == 1 and len(said.plain) > 6 else None


def _deeds(said: Said, match: Match) -> Fields:
    return {"month": _month(said, match[0]), "items": items_of(said.rest(0))}


def _archive(said: Said, match: Match) -> Fields | None:
    subject = subjects.at(said, said.plain[match.end() :])
    if subject and subject.is_person:
        return {"person": subject.value}
    found = said.names.within(said.plain[match.end() :])
    return (
        {"person": found.value}
        if found
        else {SCORE: 0.6 if len(said.rest(match.end())) <= 4 and not said.asks else WEAK}
    )


def _for_another(said: Said, match: Match) -> Fields | None:
    """代 周福生 写实: entered for somebody else (R-225); 代表 is no 代."""
    subject = subjects.whole(said, match["who"])
    if subject is None:
        return {} if match[0][1:2].isspace() else None
    return {"person": subject.value} if subject.is_person else None


def _entered_for(said: Said, match: Match) -> Fields | None:
    """代 宋佳, 代张伟填: behind a list of those who have not handed in."""
    subject = subjects.whole(said, match["who"])
    return {"person": subject.value} if subject and subject.is_person else None


def _named_archive(said: Said, match: Match) -> Fields | None:
    subject = subjects.whole(said, match["who"])
    return {"person": subject.value} if subject and subject.is_person else None


_MONTH = "(?:(?:今年|去年)?(?:[0-9一二三四五六七八九十]{1,3}月份?)|本月份?|这个?月|上上?个?月份?|当月|[12][0-9]{3}[年.-]?[0-9]{1,2}月?)"
_LOOK = "(?:(?:看一?[看下]?|查一?[查下]?|查看|查询|打开|调一?[下出]?|翻一?下?|要看?|找|发)(?:一下)?)?"
_SHOW = "(?:发?给我|发我|调出来|给我看一?[看下]|看一?[看下])?(?:看一?[看下])?"
_DO = "(?:更正|写|填|交|报|做|作|补|录|提交|上报)(?:一?下|个)?"
_END = r"(?=[^\u4e00-\u9fffa-z]|吧|啊|了|哈|呗|$)"
_RECORD = "(?:(?:自我|每月)?写实(?!主义|派|画|手法|风格|小说|摄影)(?:鉴定|材料|情况)?|自我鉴定|月报)"
_WHO = "(?P<who>(?!我)[\u4e00-\u9fff0-9a-z]{2,14}?)"

RULES = (
    whole(
        "proxy",
        r"代(?:填|写|交|报|录)?[,:、\s]*(?P<n>[0-9]{1,2})号?",
        lambda said, match: {"line": match["n"]},
    ),
    whole("proxy", rf"代(?:填|写|交|报|录)?[,:、\s]*{_WHO}(?:同志)?的?(?:{_DO})?", _entered_for),
    lead("proxy", rf"(?:代|替|帮)\s*{_WHO}\s*(?:同志)?的?(?:{_DO})?(?:{_MONTH}的?)?{_RECORD}", _for_another),
    ask(
        "my_archive",
        "我(?:个人)?写?(?:实)?(?:台账|档案|记录|历史|写实)(?:内容|多少)?|我(?:交|写|报)(?:什么|哪些|谁|写实)",
    ),
    lead("archive", rf"{_LOOK}(?:写实)?台账[,:、\s]*(?=\S)", _archive, required=("person",)),
    whole("archive", f"{_LOOK}台账", required=("person",)),
    whole(
        "archive",
        rf"{_LOOK}{_WHO}(?:同志)?的?(?:{_MONTH}|今年|去年|本年度?|最近|全年)?的?(?:写实|个人)?(?:台账|档案|写实记录|写实情况|写实内容"
        rf"|写实){_SHOW}",
        _named_archive,
        required=("person",),
    ),
    whole(
        "archive",
        rf"{_LOOK}{_WHO}(?:{_MONTH}|今年|最近|都)*+(?:写|交|做|干)了?(?:些|哪些)?(?:什么|啥)",
        _named_archive,
        required=("person",),
    ),
    lead("report", rf"(?:{_DO})?(?:我?(?:自己)?的)?(?:{_MONTH}的?)?{_RECORD}(?:{_MONTH})?", _report),
    lead("report", rf"(?:我)(?:自己)?(?:的)?(?:{_MONTH}的?)?{_RECORD}(?=.*(?:交|写|报|补|落下|忘))", _report),
    lead(
        "report",
        rf"(?:补报|补交|补填|补写|补一?下|提前[交报写填])(?:一下)?(?:{_MONTH})?的?(?:{_RECORD})?(?:{_MONTH})?{_END}",
        _report,
    ),
    lead(
        "report",
        rf"(?:想|我)*提前把?(?:{_MONTH}的?)?{_RECORD}(?:交|报|写|填)?(?:了|掉)?",
        lambda said, match: {"month": _month(said, match[0])},
        score=LIKELY,
    ),
    lead("report", rf"{_DO}{_MONTH}的?(?:{_RECORD}|自我鉴定|鉴定|情况)?{_END}", _report),
    lead(
        "report",
        rf"[^,。;:]{{0,6}}(?:让|要|叫|催)(?:我们?|大家)?(?:交|写|报){_RECORD}[,:、。 ]*(?:我写|我的是)?",
        _report,
        score=LIKELY,
    ),
    whole("report", "写实(?:怎么|如何|咋|在哪里?|从哪里?)(?:交|写|填|报|弄)(?:[,、 ].*)?"),
    lead("report", r"(?=[(]?[1一①第][^月日号]|[(]?1[.])", _only_items, score=LIKELY),
    lead("report", _BEFORE_ITEMS.pattern, _only_items, score=LIKELY - 0.1),
    lead("report", rf"{_MONTH}[:]", _deeds, score=LIKELY),
    whole(
        "report", "(?:都|本月|这个月)?(?:无|没有?)进展", lambda said, match: {"items": items_of(said.rest(0))}
    ),
)
