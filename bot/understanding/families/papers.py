"""Official papers: 汇总表, 登记表, 写实簿, and the mass evaluation."""

from __future__ import annotations

from bot.understanding import subjects
from bot.understanding.rules import Fields, Match, lead
from bot.understanding.said import Said

_TABLES = {"一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}


def _summary(said: Said, match: Match) -> Fields:
    return {
        "table": _TABLES.get(match["table"] or match.groupdict().get("short") or ""),
        "period": said.period_code,
    }


def _form(said: Said, match: Match) -> Fields | None:
    subject = _subject(said, match)
    if subject is None and (match["who"] or "").strip("的 "):
        return None
    if subject is None:
        return {}
    return {"subject": subject.value, "code": "HA1-2" if subject.is_person else "HA1-1"}


def _booklet(said: Said, match: Match) -> Fields | None:
    subject = _subject(said, match)
    if subject is None and (match["who"] or "").strip("的 "):
        return None
    period = said.period
    year = period.period.label[:4] if period and period.period.kind == "year" else None
    return {"subject": subject.value if subject else None, "year": year}


def _subject(said: Said, match: Match) -> subjects.Subject | None:
    """Whom or what a paper is about, named before it or behind; 我 is the speaker."""
    for words in (match["who"] or "", said.plain[match.end() :].lstrip(" ,:、")):
        if words in ("我", "我的", "本人"):
            return subjects.Subject(said.ctx.actor.id, 0, is_person=True)
        subject = subjects.at(said, words) if words else None
        if subject:
            return subject
    inside = said.people if match["who"] else ()
    return subjects.Subject(inside[0].value, 0, is_person=True) if len(inside) == 1 else None


def _evaluation(said: Said, match: Match) -> Fields:
    return {"org": said.place.value if said.place else None}


_WANT = "(?:(?:要|出|导出|生成|看一?[看下]?|查一?[查下]?|打印|做|填|报|拿|发|下载|打)(?:一下|一?份|一?个|一?张|我)?)*+"
_WHO = "(?P<who>[\u4e00-\u9fff0-9a-z]{2,14}?|我)?(?:的)?(?:[0-9]{4}年?|今年|去年|本年度?)?(?:的)?"
_PERIODS = "(?:[0-9一二三四]{1,4}年?(?:度|第?[一二三四]季度)?|今年|去年|本季度|上季度|本年度?|[上下]半年|[一二三四]季度|.{0,12}?)(?:的)?"
_END = r"(?=[,.;:!?、。\s]|$|吧|在|[\u4e00-\u9fff])"

RULES = (
    lead(
        "summary",
        rf"{_WANT}{_PERIODS}(?:那个)?汇总(?:表[,(\s]*第?(?P<table>[一二三123])?(?:张|个)?\)?"
        rf"|(?P<short>[一二三123])(?![下次遍些份]))",
        _summary,
        required=("table",),
    ),
    lead(
        "summary",
        rf"{_WANT}{_PERIODS}第?(?P<table>[一二三123])(?:张|个|号)汇总表",
        _summary,
        required=("table",),
    ),
    lead("form", rf"{_WANT}{_WHO}(?:点评)?登记表{_END}", _form),
    lead("booklet", rf"{_WANT}{_WHO}写实簿{_END}", _booklet),
    lead(
        "evaluation",
        r"(?:(?:组织|开展|发起|启动|安排|开始|搞|做)(?:一?次|一?下|个)?)?.{0,12}?(?:群众|民主)?(?:评议|测评)(?:一下)?(?=[,:\s]|$"
        r"|[\u4e00-\u9fff0-9]{1,12}(?:支部|总支|党委|学院|机关))",
        _evaluation,
        required=("org",),
    ),
)
