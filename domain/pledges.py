"""A promise as people write it: goal and date of one sentence, several at once, on whose behalf (R-061, R-066)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.dates import Problem, deadline_in
from domain.intake import halfwidth
from domain.items import split_items
from domain.vagueness import goal_without_date

MOST_AT_ONCE = 9

_UNITS = "支部|党支部|总支|党总支|分党委|直属党支部|党组织"
_OPENING = re.compile(
    rf"(?:(?:我|本人|我们|本)?(?:[\u4e00-\u9fff]{{0,8}}(?:{_UNITS}))?(?:想|要|来|再)*(?:作|做|提|写|报)?(?:出|个|一个|一件)?"
    r"(?:公开|年度|即时|任期)*承诺(?!书|制|率)(?:一下|一个|一件)?)[\s:,。]*"
)
_ANOTHER = re.compile(
    r"(?:还有|另外|再|又)?(?:要|想)?(?:作|做|加|来|提|补|报)?(?:一|两|第[一二三四五六])[个件项条](?:新的)?(?:承诺)?[:,\s]+"
)
_CLOSING = re.compile(r"[\s,。]*(?:我|作|做)*(?:公开)?承诺(?:一下|一个)?[哈吧啊呀了]?[\s。!]*\Z")
_FOR_UNIT = re.compile(
    rf"(?:{_UNITS})[的要来]*(?:作|做|提|写|报)?(?:出|个|一个|一件)?(?:公开|年度|即时|任期)*承诺"
)
_WRITTEN = re.compile(r"(?:^|[,;。\s])\s*(?P<n>[一二三四五六七八九])是[:,]?")
_MORE_THAN_A_LABEL = 4
_LEAST = 4
_AT_LEAST = 2
_CLAUSE = re.compile(r"[^，,；;。\n]+")


@dataclass(frozen=True, slots=True)
class Pledge:
    """What to do, and until when; `problem` says why there is no day."""

    goal: str
    due: date | None
    problem: Problem | None


def read_pledge(words: str, today: date) -> Pledge:
    """Goal and deadline of one promise, the date taken out of the goal's own words."""
    bare = without_entrance(words)
    reading = deadline_in(bare, today)
    due = reading.day if reading.problem is None else None
    return Pledge(goal_without_date(bare, reading.span), due, reading.problem)


def without_entrance(words: str) -> str:
    """The promise itself, without 我承诺 before or after it."""
    plain = halfwidth(words)
    opening = _OPENING.match(plain) or _ANOTHER.match(plain)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(plain, start)
    return words[start : closing.start() if closing else len(words)].strip()


def speaks_for_unit(words: str) -> bool:
    """Whether the promise is announced as that of the Party organisation (支部承诺)."""
    return bool(_FOR_UNIT.search(halfwidth(words)[:30]))


def several(words: str, today: date) -> list[str]:
    """The promises of one message: numbered (1 … 2 …, 一是…二是…), or each with a deadline of its own; else the one it holds."""
    bare = without_entrance(words)
    parts = _written(bare) or _numbered(bare) or _dated(bare, today)
    real = len(parts) > 1 and all(len(part) > _MORE_THAN_A_LABEL for part in parts)
    return parts if real else [bare] if bare else []


def _numbered(words: str) -> list[str]:
    found = split_items(words, range(1, MOST_AT_ONCE + 1)) or {}
    return list(found.values()) if list(found) == list(range(1, len(found) + 1)) else []


def _dated(words: str, today: date) -> list[str]:
    """Clauses that begin a promise with its own deadline, each with what goes on with it; none where one has no date."""
    clauses = list(_CLAUSE.finditer(words))
    if len(clauses) < _AT_LEAST:
        return []
    starts: list[int] = []
    for clause in clauses:
        own = deadline_in(clause[0], today).marked and len(read_pledge(clause[0], today).goal) >= _LEAST
        starts += [clause.start()] if own or not starts else []
    ends = [*starts, len(words)][1:]
    parts = [words[start:end].strip(" \n，,；;。") for start, end in zip(starts, ends, strict=True)]
    return parts if all(deadline_in(part, today).marked for part in parts) else []


def _written(words: str) -> list[str]:
    marks = list(_WRITTEN.finditer(halfwidth(words)))
    if not marks or [mark["n"] for mark in marks] != list("一二三四五六七八九"[: len(marks)]):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    return [words[mark.end() : end].strip(" ，,。；;") for mark, end in zip(marks, ends, strict=True)]
