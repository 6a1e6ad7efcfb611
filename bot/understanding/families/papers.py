"""Official papers: 汇总表, 登记表, 写实簿, and the mass evaluation."""

from __future__ import annotations

import re

from bot.understanding.places import place_at, place_in
from bot.understanding.rules import Fields, lead, whole
from bot.understanding.said import Said

_TABLES = {"一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}


def _summary(said: Said, match: re.Match[str]) -> Fields:
    table = _TABLES.get(match["table"] or "")
    period = said.period.period.label if said.period else None
    return {"table": table, "period": period}


def _form(said: Said, match: re.Match[str]) -> Fields:
    place, found = _subject(said, said.plain[match.end() :])
    code = "HA1-2" if found else "HA1-1" if place else None
    return {"subject": found or place, "code": code}


def _booklet(said: Said, match: re.Match[str]) -> Fields:
    place, found = _subject(said, said.plain[match.end() :])
    period = said.period.period if said.period else None
    return {"subject": found or place, "year": period.label if period and period.kind == "year" else None}


def _subject(said: Said, plain: str) -> tuple[str | list[str] | None, str | list[str] | None]:
    words = plain.lstrip(" ,:、的")
    if not words:
        return None, None
    place = place_in(said, words)
    if place:
        return place.value, None
    found = said.names.at(words)
    return None, found.value if found else None


def _evaluation(said: Said, match: re.Match[str]) -> Fields:
    place = place_in(said, said.plain)
    return {"org": place.value if place else None}


_WANT = "(?:要|出|导出|生成|给我|看看?|打印|做|填|报|拿|发)?(?:一下|一?份|个|我)?(?:的)?"

RULES = (
    lead(
        "summary",
        rf"{_WANT}.{{0,10}}汇总表[,(\s]*第?(?P<table>[一二三123])?\)?",
        _summary,
        required=("table",),
    ),
    lead("form", rf"{_WANT}(?:点评)?登记表[,:\s]*", _form),
    lead("booklet", rf"{_WANT}写实簿[,:\s]*", _booklet),
    lead(
        "evaluation", r"(?:群众|民主)?(?:评议|测评)(?:一下)?[,:\s]*(?=\S|$)", _evaluation, required=("org",)
    ),
)
