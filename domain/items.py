"""Splits a monthly report into its numbered answers and reads how each stands (R-220, R-221)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain import numerals
from domain.intake import halfwidth
from domain.status_words import DIFFICULT, DONE, LEADING, LEADING_WORD, NOT_STARTED, NOTHING, UNDONE, Status

_ONE = "一二三四五六七八九十"
# A number with one of these behind it counts something and labels nothing: 2次, but not 2本月没动.
_MEASURE = (
    "(?:[个名次人件篇项份期户组遍万元天日号年余几至到%间台套家栋轮届班例步](?![位会])|小时|学[时分]|课时|月|度|堂|页|字"
    "|课(?![程题])|位(?!于)|场(?!地)|节(?![前后日])|门(?!口)|条(?!件)|支(?!部)|批(?![准改])|分(?![别批管])"
    "|周(?![一二三四五六日末])|点(?!评)|部(?!分)|本(?![月周学人支项科])|处(?!理))"
)
_SEPARATOR = r"\s*[.、:)\]](?![0-9])\s*"
_LABEL = re.compile(
    rf"(?P<circled>[{numerals.CIRCLED}])[\s.、:]*"
    rf"|第(?P<nth>[0-9]{{1,2}}|[{_ONE}]{{1,3}})[件项条个](?:[是:,、.\s]|承诺|事项?)*"
    rf"|[(\[]?(?P<digits>[0-9]{{1,2}})"
    rf"(?:{_SEPARATOR}|(?P<space>\s+)|(?=;)|(?![0-9.,/~;-])(?!{_MEASURE})(?=.))"
    rf"|[(\[]?(?P<written>[{_ONE}]{{1,3}})(?:{_SEPARATOR}|\s+)"
)
_COUNTED = re.compile(_MEASURE)
_EDGES = " \n;；,，、。"
_MOST = 30


@dataclass(frozen=True)
class _Mark:
    number: int
    start: int
    end: int


def split_items(text: str, numbers: Sequence[int]) -> dict[int, str] | None:
    """The answer to each item number that is labelled; None when several are asked for and no label is found.

    With one item the whole text is its answer. Words before the first label belong to the first answer.
    """
    marks = list(_marks(halfwidth(text), frozenset(numbers)))
    if not marks:
        whole = text.strip()
        return {numbers[0]: whole} if len(numbers) == 1 and whole else None
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    parts = {mark.number: text[mark.end : end].strip(_EDGES) for mark, end in zip(marks, ends, strict=True)}
    parts[marks[0].number] = (text[: marks[0].start].lstrip() + parts[marks[0].number]).strip(_EDGES)
    return {number: part for number, part in parts.items() if part} or None


def number_beyond(text: str, count: int) -> int:
    """A number above `count` whose words say how an item stands (2 已完成); 0 without one.

    Other numbers inside an answer are somebody's own list of what he did.
    """
    plain = halfwidth(text)
    marks = list(_marks(plain, frozenset(range(1, _MOST + 1))))
    if not marks or marks[0].number > count:
        return 0
    ends = [mark.start for mark in marks[1:]] + [len(plain)]
    pairs = zip(marks, ends, strict=True)
    return next(
        (mark.number for mark, end in pairs if mark.number > count and _leads(plain[mark.end : end])), 0
    )


def _leads(words: str) -> bool:
    return _leading_status(words.strip(_EDGES + ".!")) is not None


def status_of(text: str) -> Status | None:
    """How an item stands by its words; facts without such a word are ongoing, no words at all are None."""
    plain = re.sub(r"\s+", " ", halfwidth(text)).strip(_EDGES + ".!")
    if not plain:
        return None
    leading = _leading_status(plain)
    if leading and leading != "done":
        return leading
    if NOTHING.fullmatch(plain):
        return "none"
    if _is_done(plain):
        return "done"
    if DIFFICULT.search(plain):
        return "difficult"
    return "not_started" if NOT_STARTED.search(plain) else "ongoing"


def strip_status(text: str) -> str:
    """The facts without the leading word for how it stands (已完成，…); empty when there is nothing else."""
    match = LEADING_WORD.match(halfwidth(text.strip()))
    return text.strip()[match.end() :].strip() if match else text.strip()


def _marks(plain: str, numbers: frozenset[int]) -> Iterator[_Mark]:
    """The labels that stand at a boundary: in any order if each is named once, else the increasing ones."""
    known = [match for match in _LABEL.finditer(plain) if _number(match) in numbers]
    found = [match for match in known if _at_boundary(plain, match)]
    once = len({_number(match) for match in found}) == len(found)
    last = 0
    for match in found:
        number = _number(match)
        counts = bool(match["space"] and _COUNTED.match(plain, match.end()))
        if number > last or (once and not counts):
            last = max(number, last)
            yield _Mark(number, match.start(), match.end())


def _at_boundary(plain: str, match: re.Match[str]) -> bool:
    before = plain[: match.start()]
    words = before.rstrip()
    gap = before[len(words) :]
    if match["circled"] or not words or words[-1] in ";。!?" or "\n" in gap:
        return True
    if match["nth"]:
        return bool(gap) or words[-1] == ","
    # Between mere spaces a number may count what follows: 听课 2 次.
    return bool(gap) and not (match["space"] and _COUNTED.match(plain, match.end()))


def _number(match: re.Match[str]) -> int:
    if match["circled"]:
        return numerals.CIRCLED.index(match["circled"]) + 1
    return numerals.read(match["nth"] or match["digits"] or match["written"]) or 0


def _leading_status(plain: str) -> Status | None:
    match = LEADING_WORD.match(plain)
    return next((code for code, _ in LEADING if match[code]), None) if match else None


def _is_done(plain: str) -> bool:
    """Whether it is said to be finished and nothing says that it is only so in part."""
    return bool(DONE.search(plain)) and not UNDONE.search(plain)
