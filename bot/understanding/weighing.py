"""Sentences without an entrance: the signs in them are weighed for a review, a monthly record and a promise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.engine.turn import Understanding
from bot.understanding import cues, subjects
from bot.understanding.clauses import Clause, clauses
from bot.understanding.families.promises import goal_and_due
from bot.understanding.families.records import items_of
from bot.understanding.names import Found
from bot.understanding.said import Said
from bot.understanding.targets import details
from domain.dates import deadline_in
from domain.vagueness import has_measure

ENOUGH = 4.0
_LIKELY, _MOST, _STEP = 0.7, 0.88, 0.02
_SHORTEST = 5
_EARLY = 16

_RECORD = re.compile("写实(?!主义|派|画|手法|风格)|月报|自我鉴定|[践履]诺|兑现情况")
_PROMISE = re.compile("承诺(?!达标|合格)")
_REVIEW = re.compile("点评(?!网)|(?<!自)评(?:一下|一评|价)|评语")
_FIRST_WORDS = re.compile(r"(?:我|俺|本人)?(?:来|再|郑重|公开|现在?|就|在此)*承诺(?:一[下条个件]事?)?[,:\s]*")

# What each sign is worth; below zero it speaks against.
_WORTH: Mapping[str, Mapping[str, float]] = {
    "review": {
        "word": 3, "gap": 2.5, "grade": 3, "turn": 1.5, "wish": 2, "praise": 2, "visit": 1.5, "towards": -3, "own": -1.5, "trouble": -1.5,
        "foreign": -1, "deadline": -0.5,
    },
    "report": {
        "word": 3, "month": 2, "done": 1.5, "nothing": 3, "measure": 1, "deed": 1, "own": 0.5, "deadline": -2, "plan": -0.5, "trouble": -1.5,
        "foreign": -3, "vow": -2, "gap": -0.5,
    },
    "commit": {
        "word": 2.5, "deadline": 2.5, "span": 1.5, "measure": 1.5, "plan": 0.5, "vow": 2.5, "own": 1, "deed": 1, "done": -1, "trouble": -2.5,
        "foreign": -2, "nothing": -2,
    },
}  # fmt: skip


def weigh(said: Said) -> list[Understanding]:
    """What a telling sentence may be, each with what it is worth; questions are none of these."""
    if len(said.plain) < _SHORTEST or said.asks:
        return []
    signs = _signs(said)
    found = (reading(said, signs) for reading in (_review, _report, _commit))
    return [one for one in found if one]


def _signs(said: Said) -> dict[str, bool]:
    plain, due = said.plain, deadline_in(said.plain, said.ctx.today)
    return {
        "gap": bool(cues.GAP.search(plain)),
        "wish": bool(cues.WISH.search(plain)),
        "praise": bool(cues.PRAISE.search(plain)),
        "turn": bool(cues.TURN.search(plain)),
        "grade": bool(cues.GRADE.search(plain)),
        "visit": bool(cues.VISIT.search(plain)),
        "trouble": bool(cues.TROUBLES.search(plain)),
        "foreign": bool(cues.FOREIGN.search(plain)),
        "own": bool(cues.OWN.search(plain)),
        "done": bool(cues.DONE.search(plain)),
        "nothing": bool(cues.NOTHING.search(plain)),
        "deed": bool(cues.DEED.search(plain)),
        "plan": bool(cues.PLAN.search(plain)),
        "vow": bool(cues.VOW.search(plain)),
        "measure": has_measure(plain),
        "month": _has_month(said),
        "deadline": due.day is not None and not due.problem and due.marked,
        "span": due.day is not None and not due.problem and not due.marked,
    }


def _has_month(said: Said) -> bool:
    word = said.period
    return word is not None and word.period.kind == "month" and word.span[0] <= _EARLY and word.period.start <= said.ctx.today


def _weight(name: str, signs: Mapping[str, bool], **more: bool) -> float:
    shown = {**signs, **more}
    return sum(worth for sign, worth in _WORTH[name].items() if shown.get(sign))


def _reading(name: str, weight: float, fields: Mapping[str, Any], needed: tuple[str, ...]) -> Understanding | None:
    if weight < ENOUGH:
        return None
    known = {key: value for key, value in fields.items() if value not in (None, "", [])}
    missing = tuple(key for key in needed if key not in known)
    return Understanding(name, known, missing, min(_MOST, _LIKELY + _STEP * (weight - ENOUGH)))


def _review(said: Said, signs: Mapping[str, bool]) -> Understanding | None:
    """One who leads judges somebody of his reach, or an organisation of it."""
    word = bool(_REVIEW.search(said.plain))
    if _weight("review", signs, word=word) < ENOUGH or not said.names.leads:
        return None
    about = _about(said)
    if about is None:
        return None
    target, start, end = about
    towards = bool(cues.TOWARDS.search(said.plain[max(0, start - 2) : start]))
    text = said.rest(end) if start == 0 else said.rest(0)
    fields = {"target": target, "text": text, **details(said.plain)}
    return _reading("review", _weight("review", signs, word=word, towards=towards), fields, ("target", "text"))


def _about(said: Said) -> tuple[str | list[str], int, int] | None:
    """Whom or what a judgement is about, and where that stands."""
    place = said.place if said.names.leads else None
    own = {org.id for org in said.names.reach}
    near = place is not None and all(org.id in own for org in place.orgs)
    person = _person(said)
    if place and near and (person is None or place.span[0] < person.span[0]) and place.span[0] <= _EARLY:
        found = subjects.several(said, said.plain[place.span[0] :])
        if found and (person is None or found.is_person or not said.plain[place.span[1] :].startswith(("的", "看", "里"))):
            return found.value, place.span[0], place.span[0] + found.end
    if person is None:
        return None
    listed = subjects.several(said, said.plain[person.span[0] :]) if said.names.exact(said.plain[person.span[0] :]) else None
    if listed:
        return listed.value, person.span[0], person.span[0] + listed.end
    return person.value, *person.span


def _person(said: Said) -> Found | None:
    """The one behind 点评, else the first who is not merely helped by somebody."""
    others = [one for one in said.people if any(each.id != said.ctx.actor.id for each in one.people)]
    named = [one for one in others if _REVIEW.search(said.plain[max(0, one.span[0] - 6) : one.span[0]])]
    acting = [one for one in others if not cues.TOWARDS.search(said.plain[max(0, one.span[0] - 2) : one.span[0]])]
    return next(iter((*named, *acting, *others)), None)


def _report(said: Said, signs: Mapping[str, bool]) -> Understanding | None:
    parts = _clauses(said)
    framed = any(one.is_frame and _RECORD.search(one.words) for one in parts)
    told = _told(said, parts) if framed else said.rest(0)
    weight = _weight("report", signs, word=framed)
    if framed and not told:
        return None
    month = said.period.period.label if said.period and said.period.period.kind == "month" else None
    return _reading("report", weight + (1 if framed else 0), {"month": month, "items": items_of(told)}, ())


def _commit(said: Said, signs: Mapping[str, bool]) -> Understanding | None:
    parts = _clauses(said)
    framed = any(one.is_frame and _PROMISE.search(one.words) for one in parts)
    first = _FIRST_WORDS.match(said.plain)
    words = _told(said, parts) if framed else said.rest(first.end() if first else 0)
    weight = _weight("commit", signs, word=framed or first is not None)
    return _reading("commit", weight, goal_and_due(said, words), ("goal", "due")) if words else None


def _clauses(said: Said) -> list[Clause]:
    return clauses(said.plain, [said.period.span] if said.period else [])


def _told(said: Said, parts: list[Clause]) -> str:
    """The person's own words from the first clause that tells something to the last, letter for letter."""
    telling = [one for one in parts if one.tells]
    return said.words(telling[0].start, telling[-1].end).strip() if telling else ""
