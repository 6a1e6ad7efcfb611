"""Splits a leader's words into 成绩, 不足 and 努力方向 without changing a letter of them (R-119, R-121)."""

import re
from dataclasses import dataclass

from domain.intake import halfwidth
from domain.review_cues import CLAUSE_END, Grade, Part, grade_in, lead, says_no_gap

_SECRETARY = re.compile(
    r"(?<=[。;\n])\s*(?P<part>(?:另外|其中|同时)?,?对?(?:党总支|总支|党支部|支部|分党委|党委)?书记)"
)
_REQUIREMENT = re.compile(
    r"(?:整改)?要求\s*:\s*(?P<named>[^\n。]+)"
    r"|(?P<within>(?:请|须|务必)?在?[^,;。\n,\s]{1,12}(?:内|前|底)(?:完成)?整改[^,;。\n]{0,30})"
    r"|(?P<limited>限(?:期|[^,;。\n]{1,8}(?:内|前))[^,;。\n]{1,40}|(?:列为|立即|马上|抓紧)整改[^,;。\n]{0,30})"
)
_EDGES = ",;。.、!?:"


@dataclass(frozen=True)
class Span:
    """A stretch of an original text, the end not included."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Split:
    """The cells of a review; `rest` are stretches that come back to a part after another had begun."""

    merits: Span | None
    gaps: Span | None
    directions: Span | None
    grade: Grade | None
    rest: tuple[Span, ...]
    no_gap: bool


def split_review(text: str, within: Span | None = None) -> Split:
    """Each part as one contiguous stretch of the original text, or of the stretch of it that is given."""
    plain = halfwidth(text)
    parts: dict[Part, Span] = {}
    rest: list[Span] = []
    runs, grade = _runs(plain, within or Span(0, len(text)))
    for part, span in runs:
        if part in parts:
            rest.append(span)
        else:
            parts[part] = span
    gaps = parts.get("gaps")
    no_gap = gaps is not None and says_no_gap(gaps.of(plain))
    return Split(parts.get("merits"), gaps, parts.get("directions"), grade, tuple(rest), no_gap)


def secretary_part(text: str) -> Span | None:
    """Where words about an organisation turn to its 书记 in a new sentence, to the end of the text (R-124)."""
    match = _SECRETARY.search(halfwidth(text))
    return _trimmed(text, match.start("part"), len(text)) if match else None


def requirement_in(text: str) -> Span | None:
    """The demand for a rectification: 两周内整改, 要求：…, 限期…; praise of a 整改 is none."""
    match = _REQUIREMENT.search(halfwidth(text))
    if match is None:
        return None
    name = match.lastgroup or "named"
    return _trimmed(text, match.start(name), match.end(name))


def _runs(plain: str, within: Span) -> tuple[list[tuple[Part, Span]], Grade | None]:
    """Neighbouring clauses of one part joined, and the grade, which belongs to none."""
    runs: list[tuple[Part, Span]] = []
    state: Part | None = None
    grade: Grade | None = None
    joins = False
    clauses = _clauses(plain, within)
    for clause in clauses:
        named = grade_in(clause.of(plain), is_last=clause == clauses[-1])
        if named:
            grade, joins = named, False
            continue
        part, cue = lead(clause.of(plain), state)
        body = _trimmed(plain, clause.start + cue, clause.end)
        joins, state = joins and part == state, part
        if body is None:
            continue
        if joins:
            body = Span(runs.pop()[1].start, body.end)
        runs.append((part, body))
        joins = True
    return runs, grade


def _clauses(plain: str, within: Span) -> list[Span]:
    cuts = [(match.start(), match.end()) for match in CLAUSE_END.finditer(plain, within.start, within.end)]
    starts = [within.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), within.end]
    trimmed = (_trimmed(plain, start, end) for start, end in zip(starts, ends, strict=True))
    return [span for span in trimmed if span is not None]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without blanks and punctuation at its edges; None when nothing is left."""
    words = halfwidth(text[start:end])
    kept = [
        place
        for place, character in enumerate(words, start)
        if not (character.isspace() or character in _EDGES)
    ]
    return Span(kept[0], kept[-1] + 1) if kept else None
