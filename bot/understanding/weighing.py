"""Sentences without an entrance: the signs in them are weighed for a review, a monthly record and a promise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.turn import Understanding
from bot.understanding import cues
from bot.understanding.clauses import Clause, clauses
from bot.understanding.families.promises import goal_and_due, kind_in
from bot.understanding.families.records import items_of
from bot.understanding.judged import judged
from bot.understanding.said import Said
from bot.understanding.signs import month_of, read_signs
from bot.understanding.targets import details

ENOUGH = 4.0
_LIKELY, _MOST, _STEP = 0.7, 0.88, 0.02
_SHORTEST = 5
_GRADES = re.compile("优|良|一般|差")

_RECORD = re.compile("写实(?!主义|派|画|手法|风格)|月报|自我鉴定|[践履]诺|兑现情况")
_LACKING = re.compile("[不没未缺欠漏迟拖晚]")
_PROMISE = re.compile("承诺(?!达标|合格)")
_OPENING = re.compile(
    r".{0,14}?承诺(?!书)(?:的?(?:内容|事项))?(?:是|如下)?(?:一[下条个项件](?:事情?|呗|吧|哈)?)?[,:、\s]+(?=\S)|[^,:]{0,10}承诺(?:的?(?:内容|事项))?是"
    r"|(?:我|俺|本人)?(?:来|再|也|郑重|公开|现在?|就|在此|自愿|今年|以[^,]{1,6}身份)*(?:作出|做出)?承诺(?!书|过|了)"
)

# What each sign is worth; below zero it speaks against.
_WORTH: Mapping[str, Mapping[str, float]] = {
    "review": {
        "word": 3, "gap": 2, "gaps": 1, "grade": 3, "turn": 1.5, "wish": 2, "praise": 2, "praises": 1, "visit": 2.5, "subject": 1, "several": 0.5, "work": 0.5,
        "part": 1.5, "towards": -3, "own": -1.5, "trouble": -0.5, "foreign": -1, "deadline": -0.5,
    },
    "report": {
        "word": 4, "month": 2, "done": 1, "nothing": 3, "measure": 2, "deed": 1.5, "headed": 2, "own": 0.5, "deadline": -2, "plan": -0.5,
        "trouble": -1.5, "foreign": -3, "vow": -2, "gap": -0.5, "judged": -2, "promised": -2,
    },
    "commit": {
        "word": 2.5, "deadline": 2.5, "event": 2, "span": 2, "measure": 1.5, "plan": 0.5, "vow": 2.5, "own": 1, "act": 1, "leads": 1, "undone": 0.5,
        "past": -2, "others": -3, "trouble": -2.5, "foreign": -1, "nothing": -2, "judged": -3, "recorded": -4,
    },
}  # fmt: skip


def weigh(said: Said) -> list[Understanding]:
    """What a telling sentence may be, each with what it is worth; questions are none of these."""
    if len(said.plain) < _SHORTEST or said.asks:
        return []
    parts = clauses(said.plain, [said.period.span] if said.period else [])
    signs = read_signs(said, parts)
    review = _review(said, signs)
    signs |= {
        "judged": review is not None,
        "recorded": any(one.is_frame and _is_record(one.words, review is not None) for one in parts),
        "promised": not signs["nothing"]
        and any(one.is_frame and _PROMISE.search(one.words) for one in parts),
    }
    return [one for one in (review, _report(said, signs, parts), _commit(said, signs, parts)) if one]


def _is_record(words: str, judged: bool) -> bool:
    """Whether some words say that this is a record; of somebody judged, that he hands in none says nothing."""
    return bool(_RECORD.search(words)) and not (judged and _LACKING.search(words))


def _weight(name: str, signs: Mapping[str, bool], **more: bool) -> float:
    shown = {**signs, **more}
    return sum(worth for sign, worth in _WORTH[name].items() if shown.get(sign))


def _reading(
    name: str, weight: float, fields: Mapping[str, Any], needed: tuple[str, ...]
) -> Understanding | None:
    if weight < ENOUGH:
        return None
    known = {key: value for key, value in fields.items() if value not in (None, "", [])}
    missing = tuple(key for key in needed if key not in known)
    return Understanding(name, known, missing, min(_MOST, _LIKELY + _STEP * (weight - ENOUGH)))


def _review(said: Said, signs: Mapping[str, bool]) -> Understanding | None:
    """One who leads judges somebody of his reach, or an organisation of it."""
    word = bool(cues.REVIEW.search(said.plain))
    # Nobody is looked up for a message that could be no review, whoever it named.
    may_grade = bool(_GRADES.search(said.plain))
    if _weight("review", signs, word=word, grade=may_grade, subject=True) < ENOUGH or not said.names.leads:
        return None
    about = judged(said)
    if about is None:
        return None
    start, end = about.start, about.end
    behind = cues.GRADE.match(said.plain[end:])
    grade = signs["grade"] or behind is not None
    towards = not word and not grade and bool(cues.TOWARDS.search(said.plain[max(0, start - 2) : start]))
    subject = not said.plain.startswith("的", end) and (start == 0 or said.plain[start - 1] in " ,.;:!给")
    text = said.rest(end) if start == 0 else said.rest(0)
    fields = {"target": about.value, "text": text, **details(said.plain, said.plain[end:])}
    return _reading(
        "review",
        _weight("review", signs, word=word, grade=grade, towards=towards, subject=subject),
        fields,
        ("target", "text"),
    )


def _report(said: Said, signs: Mapping[str, bool], parts: Sequence[Clause]) -> Understanding | None:
    """Loose words about one's work are for the handler that knows whether a month is open."""
    told = _told(said, parts) if signs["recorded"] else said.rest(0)
    if not told or not (signs["recorded"] or signs["month"] or signs["nothing"]):
        return None
    weight = _weight("report", signs, word=signs["recorded"])
    if weight < ENOUGH or (not signs["recorded"] and _is_anothers(said)):
        return None
    return _reading("report", weight, {"month": month_of(said, parts), "items": items_of(told)}, ())


def _is_anothers(said: Said) -> bool:
    """Whether a leader begins with somebody else's name: that is no record of his own."""
    first = said.people[0] if said.names.leads and said.people else None
    return (
        first is not None and first.span[0] == 0 and said.ctx.actor.id not in {one.id for one in first.people}
    )


def _commit(said: Said, signs: Mapping[str, bool], parts: Sequence[Clause]) -> Understanding | None:
    opening = _OPENING.match(said.plain)
    behind = said.rest(opening.end() if opening else 0)
    words = _told(said, parts) if signs["promised"] and not opening else behind
    weight = _weight("commit", signs, word=signs["promised"] or opening is not None)
    fields = {"kind": kind_in(said.plain), **goal_and_due(said, words)}
    return _reading("commit", weight, fields, ("goal", "due")) if words else None


def _told(said: Said, parts: Sequence[Clause]) -> str:
    """The person's own words from the first clause that tells something to the last, letter for letter."""
    telling = [one for one in parts if one.tells]
    return said.words(telling[0].start, telling[-1].end).strip() if telling else ""
