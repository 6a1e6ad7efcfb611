"""What the words behind 已办 mean: which paper, done when (已办 三季度写实 9月28日, 已办 6月25日点评登记 6月27日)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.handlers._attest_choice import Paper
from domain.duties import filed
from domain.effective import Day, days_in
from domain.intake import halfwidth
from domain.period_words import read_period
from domain.periods import Period

_YEAR = re.compile("[0-9]{4}|年")
AHEAD = timedelta(days=92)
"""A day further ahead is meant as last year's; a nearer one is a slip that is asked about."""
_PAUSE = re.compile(r"[,，。;；:：\n]")
_BLANK = re.compile(r"\s+(?=\S)")
_KINDS = (("季度", "quarter"), ("半年", "half"), ("学期", "half"), ("年度", "year"))


@dataclass(frozen=True, slots=True)
class Said:
    """The name of the matter as said, the period or days of reviews it is of, the day of the deed, and a note behind."""

    matter: str
    period: Period | None
    reviewed_on: tuple[date, ...]
    done_on: date | None
    note: str


def days_told(words: str, today: date) -> Sequence[Day]:
    """The days some words name; a month and day without a year lie behind, since it is told afterwards."""
    return [_behind(one, words[slice(*one.span)], today) for one in days_in(words, today)]


def _behind(one: Day, said: str, today: date) -> Day:
    is_last_years = one.day > today and "月" in said and not _YEAR.search(said)
    far = is_last_years and one.day - today > AHEAD and (one.day.month, one.day.day) != (2, 29)
    return replace(one, day=one.day.replace(year=one.day.year - 1)) if far else one


def hear(words: str, papers: Sequence[Paper], today: date) -> Said:
    """The words behind 已办 apart; whose day is that of a review can only be told from the papers there are."""
    told, period = days_told(words, today), read_period(halfwidth(words), today)
    # 2026年6月27日 is a day, though its year alone would be a period.
    if period and period.period.kind == "year" and any(_is_part(period.span, one.span) for one in told):
        period = None
    days = [one for one in told if not period or _apart(one.span, period.span)]
    pause = _PAUSE.search(words)
    head = words[: pause.start()] if pause else words
    reviews = _reviews(head, days, papers)
    deed = next((one for one in days if one not in reviews), None)
    end, begin = _note(words, deed, pause)
    return Said(
        words[:end],
        period.period if period else None,
        tuple(one.day for one in reviews),
        deed.day if deed else None,
        _without(words[begin:].strip(), today),
    )


def _is_part(one: tuple[int, int], whole: tuple[int, int]) -> bool:
    return one != whole and whole[0] <= one[0] and one[1] <= whole[1]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]


def _reviews(words: str, days: Sequence[Day], papers: Sequence[Paper]) -> list[Day]:
    """6月25日、26日点评登记: days in front of the name are those of reviews, if there were any; another is the deed's."""
    word = _word_in(words)
    known = {one.asked.reviewed_on for one in papers if word in one.row.words}
    return [one for one in days if one.span[1] <= words.rfind(word) and one.day in known]


def _note(words: str, deed: Day | None, pause: re.Match[str] | None) -> tuple[int, int]:
    """Where the matter ends and a note begins: at the first pause, or the blank behind the day that came last."""
    blank = _BLANK.match(words, deed.span[1]) if deed else None
    if blank and not _word_in(words[blank.end() :]) and (pause is None or blank.end() <= pause.start()):
        return blank.span()
    return pause.span() if pause else (len(words), len(words))


def _without(note: str, today: date) -> str:
    """A note that only says the day is none."""
    days = days_in(note, today)
    return "" if days and len(note) - (days[0].span[1] - days[0].span[0]) <= 1 else note


def meant(papers: Sequence[Paper], said: Said, today: date) -> Sequence[Paper]:
    """What the words mean: what waits, else what is asked for and was entered already, else the latest window of each."""
    fits = [one for one in papers if _fits(one, said)]
    asked = [one for one in fits if filed.is_asked_on(one.asked, today)]
    return [one for one in fits if one.is_waiting(today)] or asked or _latest(fits)


def _fits(paper: Paper, said: Said) -> bool:
    period, asked = paper.asked.period, paper.asked
    kind = next((kind for word, kind in _KINDS if word in said.matter), None)
    if said.period is not None and said.period.kind != "month":
        if period != said.period:
            return False
    elif kind is not None and (period is None or period.kind != kind):
        return False
    if said.reviewed_on and asked.reviewed_on not in said.reviewed_on:
        return False
    number = re.search("[一二三]", said.matter.partition("汇总表")[2])
    return _word_in(said.matter) in paper.row.words and (not number or asked.name.endswith(number[0]))


def _word_in(matter: str) -> str:
    """The paper that is named last: 承诺写实结果公示 is a 公示."""
    words = (word for row in filed.ROWS for word in row.words if word in matter)
    return max(words, key=matter.rfind, default="")


def _latest(papers: Sequence[Paper]) -> list[Paper]:
    found: dict[tuple[str, str, str], Paper] = {}
    for one in papers:
        found[one.row.code, one.org.id, one.asked.name] = one
    return list(found.values())
