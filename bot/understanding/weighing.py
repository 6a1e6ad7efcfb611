"""Sentences without an entrance: the signs in them are weighed for a review, a monthly record and a promise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.turn import Understanding
from bot.understanding import cues, subjects
from bot.understanding.clauses import Clause, clauses
from bot.understanding.families.promises import goal_and_due, kind_in
from bot.understanding.families.records import items_of
from bot.understanding.names import Found
from bot.understanding.said import Said
from bot.understanding.targets import details
from bot.understanding.vocabulary import is_bare
from domain.dates import DateReading, deadline_in
from domain.review_cues import names_gap
from domain.vagueness import has_measure

ENOUGH = 4.0
_LIKELY, _MOST, _STEP = 0.7, 0.88, 0.02
_SHORTEST = 5
_EARLY = 4
_HEAD = 16
_READ = 800

_RECORD = re.compile("写实(?!主义|派|画|手法|风格)|月报|自我鉴定|[践履]诺|兑现情况")
_PROMISE = re.compile("承诺(?!达标|合格)")
_REVIEW = re.compile("点评(?!网)|(?<!自)评(?:一下|一评|价)|评语")
_LONG = re.compile("[年月季旬节]|学期")
_OPENING = re.compile(
    r".{0,14}?承诺(?!书)(?:的?(?:内容|事项))?(?:是|如下)?(?:一[下条个项件](?:事情?|呗|吧|哈)?)?[,:、\s]+(?=\S)|[^,:]{0,10}承诺(?:的?(?:内容|事项))?是"
    r"|(?:我|俺|本人)?(?:来|再|也|郑重|公开|现在?|就|在此|自愿|今年|以[^,]{1,6}身份)*(?:作出|做出)?承诺(?!书|过|了)"
)

# What each sign is worth; below zero it speaks against.
_WORTH: Mapping[str, Mapping[str, float]] = {
    "review": {
        "word": 3, "gap": 2, "gaps": 1, "grade": 3, "turn": 1.5, "wish": 2, "praise": 2, "praises": 1, "visit": 2.5, "subject": 1,
        "part": 1.5, "towards": -3, "own": -1.5, "trouble": -0.5, "foreign": -1, "deadline": -0.5,
    },
    "report": {
        "word": 4, "month": 2, "done": 1, "nothing": 3, "measure": 2, "deed": 1.5, "own": 0.5, "deadline": -2, "plan": -0.5,
        "trouble": -1.5, "foreign": -3, "vow": -2, "gap": -0.5, "judged": -2, "promised": -2,
    },
    "commit": {
        "word": 2.5, "deadline": 2.5, "span": 2, "measure": 1.5, "plan": 0.5, "vow": 2.5, "own": 1, "deed": 1, "undone": 0.5, "done": -1,
        "trouble": -2.5, "foreign": -2, "nothing": -2, "judged": -3, "recorded": -4,
    },
}  # fmt: skip


def weigh(said: Said) -> list[Understanding]:
    """What a telling sentence may be, each with what it is worth; questions are none of these."""
    if len(said.plain) < _SHORTEST or said.asks:
        return []
    signs = _signs(said)
    parts = clauses(said.plain, [said.period.span] if said.period else [])
    review = _review(said, signs)
    signs |= {
        "judged": review is not None,
        "recorded": any(one.is_frame and _RECORD.search(one.words) for one in parts),
        "promised": not signs["nothing"]
        and any(one.is_frame and _PROMISE.search(one.words) for one in parts),
    }
    return [one for one in (review, _report(said, signs, parts), _commit(said, signs, parts)) if one]


def _signs(said: Said) -> dict[str, bool]:
    plain = said.plain[:_READ]
    due = deadline_in(plain, said.ctx.today)
    gaps, praises = len(cues.GAP.findall(plain)), len(cues.PRAISE.findall(plain))
    return {
        "gap": gaps > 0 or names_gap(plain),
        "gaps": gaps > 1,
        "praises": praises > 1,
        "wish": bool(cues.WISH.search(plain)),
        "praise": praises > 0,
        "part": bool(cues.PART.search(plain)),
        "turn": bool(cues.TURN.search(plain)),
        "grade": bool(cues.GRADE.search(plain)),
        "visit": bool(cues.VISIT.search(plain)),
        "trouble": bool(cues.TROUBLES.search(plain)),
        "foreign": bool(cues.FOREIGN.search(plain)),
        "own": bool(cues.OWN.search(plain)),
        "done": bool(cues.DONE.search(plain)),
        "undone": not cues.DONE.search(plain),
        "nothing": bool(cues.NOTHING.search(plain)),
        "deed": bool(cues.DEED.search(plain)),
        "plan": bool(cues.PLAN.search(plain)),
        "vow": bool(cues.VOW.search(plain)),
        "measure": has_measure(plain),
        "month": _month(said) is not None,
        "deadline": due.day is not None and not due.problem and due.marked,
        "span": _has_span(said, due),
    }


def _has_span(said: Said, due: DateReading) -> bool:
    """Whether a clause begins with a time by which it may be done, not marked as a deadline: 上半年, 今年."""
    if due.day is not None and not due.problem:
        start, end = due.span
        return (
            not due.marked and bool(_LONG.search(said.plain[start:end])) and _begins_clause(said.plain, start)
        )
    word = said.period
    coming = word is not None and word.period.kind != "month" and word.period.end >= said.ctx.today
    return coming and word is not None and _begins_clause(said.plain, word.span[0])


def _begins_clause(plain: str, start: int) -> bool:
    return is_bare(re.split(r"[\s,.;:!?~]", plain[:start])[-1])


def _month(said: Said) -> str | None:
    """The month it is about: named early, and before anything else is told."""
    word = said.period
    if word is None or word.period.kind != "month" or word.period.start > said.ctx.today:
        return None
    early = len(re.split(r"[\s,.;:!?~]", said.plain[: word.span[0]])) <= _EARLY
    return word.period.label if early and _begins_clause(said.plain, word.span[0]) else None


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
    word = bool(_REVIEW.search(said.plain))
    if _weight("review", signs, word=word, subject=True) < ENOUGH or not said.names.leads:
        return None
    about = _about(said)
    if about is None:
        return None
    target, start, end = about
    towards = not word and bool(cues.TOWARDS.search(said.plain[max(0, start - 2) : start]))
    subject = not said.plain.startswith("的", end) and (start == 0 or said.plain[start - 1] in " ,.;:!")
    text = said.rest(end) if start == 0 else said.rest(0)
    fields = {"target": target, "text": text, **details(said.plain)}
    return _reading(
        "review",
        _weight("review", signs, word=word, towards=towards, subject=subject),
        fields,
        ("target", "text"),
    )


def _about(said: Said) -> tuple[str | list[str], int, int] | None:
    """Whom or what a judgement is about, and where that stands."""
    place = said.place if said.names.leads else None
    own = {org.id for org in said.names.reach}
    near = place is not None and all(org.id in own for org in place.orgs)
    person = _person(said)
    visited = place is not None and said.plain[max(0, place.span[0] - 1) : place.span[0]] in (
        "到",
        "在",
        "去",
        "来",
    )
    first = (
        place is not None and place.span[0] <= _HEAD and (person is None or place.span[0] < person.span[0])
    )
    if place and near and first and not (visited and person):
        found = subjects.several(said, said.plain[place.span[0] :])
        if found and (
            person is None
            or found.is_person
            or not said.plain[place.span[1] :].startswith(("的", "看", "里"))
        ):
            return found.value, place.span[0], place.span[0] + found.end
    if person is None:
        return None
    listed = (
        subjects.several(said, said.plain[person.span[0] :])
        if said.names.exact(said.plain[person.span[0] :])
        else None
    )
    if listed:
        return listed.value, person.span[0], person.span[0] + listed.end
    return person.value, *person.span


def _person(said: Said) -> Found | None:
    """The one behind 点评, else the first who is not merely helped by somebody."""
    others = [one for one in said.people if any(each.id != said.ctx.actor.id for each in one.people)]
    named = [one for one in others if _REVIEW.search(said.plain[max(0, one.span[0] - 6) : one.span[0]])]
    acting = [
        one for one in others if not cues.TOWARDS.search(said.plain[max(0, one.span[0] - 2) : one.span[0]])
    ]
    return next(iter((*named, *acting, *others)), None)


def _report(said: Said, signs: Mapping[str, bool], parts: Sequence[Clause]) -> Understanding | None:
    """Loose words about one's work are for the handler that knows whether a month is open."""
    told = _told(said, parts) if signs["recorded"] else said.rest(0)
    if not told or not (signs["recorded"] or signs["month"] or signs["nothing"]):
        return None
    weight = _weight("report", signs, word=signs["recorded"])
    return _reading("report", weight, {"month": _month(said), "items": items_of(told)}, ())


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
