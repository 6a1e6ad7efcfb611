"""A rule says which handler an entrance leads to and how its words become fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.turn import Understanding
from bot.understanding.said import Said

WHOLE, CLEAR, LIKELY, WEAK = 1.0, 0.95, 0.7, 0.4
SCORE = "__score"

Fields = Mapping[str, Any]
Match = re.Match[str]
Reader = Callable[[Said, Match], Fields | None]
Finder = Callable[[Said], Match | None]

_TAIL = r"(?:[\W_]|一下|吧|一哈|啊|呀|哈|呢|呗|嘛|咯|哟|哒|滴|行不行?|可以不|好不好|哦|啦|好吗|行吗|可以吗|谢谢[您你]?|麻烦了|辛苦了|老师|\[[\u4e00-\u9fff]+\])*"


def nothing(said: Said, match: Match) -> Fields | None:
    """The entrance brings no fields."""
    return {}


@dataclass(frozen=True)
class Rule:
    """`read` may return None: the pattern fits, the words behind it do not. A field SCORE overrides `score`.

    `opening` is the pattern with which a message must begin, where the rule has one.
    """

    handler: str
    find: Finder
    read: Reader
    score: float
    required: tuple[str, ...]
    opening: str = ""

    def understand(self, said: Said) -> Understanding | None:
        """What this rule makes of a message, if anything."""
        match = self.find(said)
        fields = self.read(said, match) if match else None
        if fields is None:
            return None
        known = {name: value for name, value in fields.items() if value not in (None, "", [])}
        score = min(known.pop(SCORE, self.score), said.surety)
        missing = tuple(name for name in self.required if name not in known)
        return Understanding(self.handler, known, missing, score)


def whole(handler: str, pattern: str, read: Reader = nothing, required: tuple[str, ...] = ()) -> Rule:
    """An entrance that is the whole message but for particles and thanks."""
    compiled = re.compile(rf"(?:{pattern}){_TAIL}")
    return Rule(handler, lambda said: compiled.fullmatch(said.plain), read, WHOLE, required, pattern)


def lead(
    handler: str, pattern: str, read: Reader = nothing, score: float = CLEAR, required: tuple[str, ...] = ()
) -> Rule:
    """An entrance at the beginning, with words behind it which `read` judges."""
    compiled = re.compile(pattern, re.DOTALL)
    return Rule(handler, lambda said: compiled.match(said.plain), read, score, required, pattern)


def ask(handler: str, pattern: str, *fields: str, read: Reader = nothing, score: float = CLEAR) -> Rule:
    """A question, compared once its period, organisation and little words are taken out.

    `fields` says which of the two, `period` and `org`, the handler takes.
    """
    compiled = re.compile(pattern)

    def with_common(said: Said, match: Match) -> Fields | None:
        own = read(said, match)
        place = said.place.value if said.place else None
        common = {"period": said.period_code, "org": place}
        return None if own is None else {**{name: common[name] for name in fields}, **own}

    return Rule(handler, lambda said: compiled.fullmatch(said.bones), with_common, score, ())
