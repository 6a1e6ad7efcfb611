"""A sentence apart: the clauses that only say what it is (这是我的承诺, 写实先这样报), and those that tell something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.spans import Span, without
from bot.understanding.vocabulary import is_bare
from domain.confirmation import is_courtesy

_CLAUSE = re.compile(r"[^,;:!?。~\n—\s.]+(?:[.:](?=[0-9])[^,;:!?。~\n—\s.]+)*")
_POLITE = re.compile(
    "(?:[\u4e00-\u9fff]{0,3}(?:老师|书记|同志|主任|领导|院长|校长|科长|教授|助手|大家))?(?:您|你)?们?(?:早上|上午|中午|下午|晚上)?[早好]啊?|打扰[一您你下了]*"
    "|(?:先)?(?:谢谢|感谢|多谢|辛苦|麻烦|拜托)(?:[您你]|[\u4e00-\u9fff]{0,3}(?:老师|书记|同志|主任|领导|院长|校长))?[了啦啊]*|(?:实在)?(?:不好意思|抱歉|对不起)|请(?:查收|审阅|指正|收下|过目)|祝.{1,6}|在吗|[\u4e00-\u9fff]{1,3}(?:老师|书记)"
)
_LONGEST_FRAME = 18
_MOST = 40


@dataclass(frozen=True)
class Clause:
    """A stretch between pauses; a frame says nothing but what the message is."""

    start: int
    end: int
    words: str
    is_frame: bool
    is_polite: bool

    @property
    def tells(self) -> bool:
        """Whether it says something of its own."""
        return not (self.is_frame or self.is_polite)


def clauses(plain: str, gone: list[Span]) -> list[Clause]:
    """The clauses of a message, judged without what stands at the spans `gone` (its period, its names)."""
    found = []
    for n, match in enumerate(_CLAUSE.finditer(plain)):
        if n == _MOST:
            break
        start, end = match.span()
        rest = without(plain, gone, start, end)
        frame = end - start <= _LONGEST_FRAME and is_bare(rest)
        found.append(
            Clause(start, end, match[0], frame, is_courtesy(match[0]) or bool(_POLITE.fullmatch(match[0])))
        )
    return found
