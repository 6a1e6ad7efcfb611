"""A rule says which handler an entrance leads to and how its words become fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.turn import Understanding
from bot.understanding.said import Said

WHOLE, CLEAR, LIKELY, WEAK = 1.0, 0.95, 0.7, 0.4

Fields = Mapping[str, Any]
Reader = Callable[[Said, "re.Match[str]"], Fields | None]

_TAIL = r"(?:[\s,.。!?~…]|一下|吧|啊|呀|哈|呢|好吗|行吗|可以吗|谢谢您?|麻烦了|辛苦了)*"


def _nothing(said: Said, match: re.Match[str]) -> Fields | None:
    return {}


@dataclass(frozen=True)
class Rule:
    """`read` may return None: the pattern fits, the words behind it do not. A field SCORE overrides `score`."""

    handler: str
    pattern: re.Pattern[str]
    read: Reader = _nothing
    score: float = CLEAR
    required: tuple[str, ...] = ()

    def understand(self, said: Said) -> Understanding | None:
        """What this rule makes of a message, if anything."""
        match = self.pattern.match(said.plain)
        fields = self.read(said, match) if match else None
        if fields is None:
            return None
        known = {name: value for name, value in fields.items() if value not in (None, "", [])}
        score = known.pop(SCORE, self.score)
        missing = tuple(name for name in self.required if name not in known)
        return Understanding(self.handler, known, missing, score)


SCORE = "__score"


def whole(handler: str, pattern: str, read: Reader = _nothing, required: tuple[str, ...] = ()) -> Rule:
    """An entrance that is the whole message but for particles and thanks."""
    return Rule(handler, re.compile(rf"(?:{pattern}){_TAIL}\Z"), read, WHOLE, required)


def lead(
    handler: str, pattern: str, read: Reader = _nothing, score: float = CLEAR, required: tuple[str, ...] = ()
) -> Rule:
    """An entrance at the beginning, with words behind it which `read` judges."""
    return Rule(handler, re.compile(pattern), read, score, required)
