"""One first message as the rules read it: plain for matching, letter for letter the same length as its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.engine.turn import Context
from bot.understanding.names import Names
from domain.intake import halfwidth
from domain.period_words import PeriodWord, read_period

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_PREFACES = re.compile(
    "(?:(?:[\u4e00-\u9fff]{0,2}(?:老师|书记|同志|主任|领导|助手))?(?:您好|你好|早上好|上午好|下午好|晚上好|好)(?=[,.。!~、 ]|请|我|麻烦)"
    "|(?:老师|书记|同志|领导|小助手|小写|机器人)(?=[,。!~、 ])"
    "|请问一?下?|麻烦(?:一下|您|你)?|劳驾|拜托|打扰一?下?了?|不好意思|那个|这个(?=[,。、 ])|嗯+|呃+|额+|啊|哦|喂|对了"
    "|(?:能|可)?(?:不能|不可以|否|以)(?=帮|给|看|查)|帮(?:我|忙|个忙)(?:一下)?|给我(?=[看查发列出生导催])|我(?:现在|今天)?(?:想|要|来|需要|得)(?:要|请|问一?下?)?(?!.?的)|想(?=[看查问作做写点补])"
    "|请(?:您|你)?(?!假|示|求|问)|现在(?=[,作做写点补])"
    ")[,.。!~、:;…\\s]*"
)
_LEADING = re.compile(r"[\s,.。!~、…]*")


@dataclass(frozen=True)
class Said:
    """`plain` is half-width and lower case and starts at `start` of the text; typing faults may be mended in it."""

    ctx: Context
    text: str
    plain: str
    start: int
    names: Names

    def words(self, span: tuple[int, int]) -> str:
        """The person's own words at a span of `plain`."""
        return self.text[self.start + span[0] : self.start + span[1]]

    def rest(self, position: int) -> str:
        """The person's own words from a position of `plain` to the end, leading punctuation removed."""
        return self.words((position, len(self.plain))).lstrip(" \n,，.。:：;；、-—=").rstrip()

    @cached_property
    def period(self) -> PeriodWord | None:
        """The window the message names."""
        return read_period(self.plain, self.ctx.today)


def hear(ctx: Context, text: str) -> Said:
    """A message with its polite preface left aside."""
    plain = halfwidth(text).translate(_LOWER)
    start = _LEADING.match(plain).end()  # type: ignore[union-attr]
    while (preface := _PREFACES.match(plain, start)) and start < preface.end() < len(plain):
        start = preface.end()
    return Said(ctx, text, plain[start:], start, Names(ctx))
