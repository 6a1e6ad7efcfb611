"""The signs in a sentence, each there or not, and the month it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding import cues
from bot.understanding.clauses import Clause
from bot.understanding.said import Said
from bot.understanding.vocabulary import is_bare
from domain.dates import DateReading, deadline_in, find_dates
from domain.review_cues import names_gap
from domain.vagueness import has_measure

_READ = 800
_EARLY = 4
_LONG = re.compile("[年月季旬节]|学期")
_PAUSE = re.compile(r"[\s,.;:!?~。]")
_TITLE = re.compile("老师|书记|同志|同学|主任|院长|他|她")
_HEADED = re.compile(
    "(?:主要|就?忙|一共|总共)|的?(?:工作)?(?:情况|小结|总结|工作|任务)?(?:如下|汇报|是)?(?::|(?<=情况)|(?<=小结)|(?<=总结))"
)
# An event for a deadline: 答辩前, 放假前, 开学前.
_EVENT = re.compile(
    "(?:我|本人|争取|保证|在|把[^,;:]{2,12}?在?)*(?P<event>[\u4e00-\u9fff]{2,5}?)(?:(?:之前|以前|前)(?![后天往台面途期几两三])|(?<=假)(?:里|内|期间))"
)
_MANY = 4
_CLAUSES = 3


def read_signs(said: Said, parts: Sequence[Clause]) -> dict[str, bool]:
    """Every sign by its name; `parts` are the clauses of the message."""
    plain = said.plain[:_READ]
    due = deadline_in(plain, said.ctx.today)
    limited = due.day is not None and not due.problem and due.marked
    gaps, praises = len(cues.GAP.findall(plain)), len(cues.PRAISE.findall(plain))
    deed = bool(cues.DEED.search(plain))
    event = _event(plain) if due.day is None else None
    return {
        "gap": gaps > 0 or names_gap(plain),
        "gaps": gaps > 1,
        "praises": praises > 1,
        "wish": bool(cues.WISH.search(plain)),
        "praise": praises > 0,
        "part": bool(cues.PART.search(plain)),
        "turn": bool(cues.TURN.search(plain)),
        "several": sum(one.tells for one in parts) >= _CLAUSES,
        "work": bool(cues.WORK.search(plain)),
        "grade": bool(cues.GRADE.search(plain)),
        "visit": bool(cues.VISIT.search(plain)),
        "trouble": bool(cues.TROUBLES.search(plain)),
        "foreign": bool(cues.FOREIGN.search(plain)),
        "own": bool(cues.OWN.search(plain)),
        "done": bool(cues.DONE.search(plain)),
        "past": bool(cues.PAST.search(plain)),
        "undone": not cues.PAST.search(plain),
        "nothing": bool(cues.NOTHING.search(plain)),
        "deed": deed,
        "act": deed or bool(cues.SHAPE.search(plain)),
        "plan": bool(cues.PLAN.search(plain)),
        "vow": bool(cues.VOW.search(plain)),
        "measure": has_measure(plain, said.ctx.today) or _counts(said, plain),
        "month": month_of(said, parts) is not None,
        "headed": _is_headed(said),
        "deadline": limited,
        "event": event is not None,
        "leads": limited and _opens(plain, due.span),
        "others": (limited or event is not None) and _is_anothers(plain, due.span[0], event or due.span[1]),
        "span": _has_span(said, due),
    }


def month_of(said: Said, parts: Sequence[Clause]) -> str | None:
    """The month it is about: named early and before anything is told, or in words that only say what it is."""
    word = said.period
    if word is None or word.period.kind != "month" or word.period.start > said.ctx.today:
        return None
    early = len(_PAUSE.split(said.plain[: word.span[0]])) <= _EARLY
    framed = any(one.is_frame and one.start <= word.span[0] < one.end for one in parts)
    return word.period.label if framed or (early and _begins_clause(said.plain, word.span[0])) else None


def _event(plain: str) -> int | None:
    """Where an event named as a deadline at the beginning ends."""
    match = _EVENT.match(plain)
    return match.end() if match and not cues.COUNT.search(match["event"]) else None


def _is_anothers(plain: str, start: int, end: int) -> bool:
    """Whether somebody else has to keep the deadline that stands there."""
    return bool(cues.OTHERS.match(plain, end) or cues.TOLD.search(plain[:start]))


def _opens(plain: str, span: tuple[int, int]) -> bool:
    """Whether a deadline stands at the head of something long enough to be a goal."""
    return is_bare(plain[: span[0]]) and len(plain[span[1] :].strip(" ,.!。吧啊了")) >= _MANY


def _is_headed(said: Said) -> bool:
    """本月情况：…, 十月：…."""
    word = said.period
    return word is not None and word.span[0] <= 2 and bool(_HEADED.match(said.plain, word.span[1]))


def _counts(said: Said, plain: str) -> bool:
    """Whether something other than time is counted."""
    if not cues.COUNT.search(plain):
        return False
    gone = [one.span for one in find_dates(plain, said.ctx.today)]
    gone += [said.period.span] if said.period else []
    return any(
        not any(start < match.end() and match.start() < end for start, end in gone)
        for match in cues.COUNT.finditer(plain)
    )


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
    before = _PAUSE.split(plain[:start])[-1]
    return is_bare(before) and not _TITLE.search(before)
