"""One first message as the rules read it: plain for matching, letter for letter as long as its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from bot.engine.turn import Context
from bot.understanding import skeleton, spellings
from bot.understanding.cues import ASKS
from bot.understanding.mentions import mentions
from bot.understanding.names import Found, Names
from bot.understanding.places import Place, Places
from domain.intake import halfwidth
from domain.period_words import PeriodWord, read_period

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_PAUSE = r"[\s,，.。!！~～、…:：;；]*"
_GREETING = (
    "(?:[\u4e00-\u9fff]{0,2}(?:老师|书记|同志|主任|领导|助手|秘书))?(?:您好|你好|早上好|上午好|中午好|下午好|晚上好|好|在吗|在不在)(?:啊"
    "|呀)?(?=[,.。!?~、 ]|请|我|麻烦|帮)"
    "|(?:老师|书记|同志|领导|小助手|小写|写实助手|机器人|亲)(?=[,.。!~、 ]|我|帮|请)"
)
_ASKING = (
    "请问一?下?|麻烦(?:一下|您|你)?|劳驾|拜托|打扰一?下?了?|不好意思|能不能|可不可以|可否|能否|(?:可以|能)(?=帮|给|看|查|催)|[帮替](?:我|忙"
    "|个忙)(?:一下)?|给我(?=[看查列出生导催发打])"
    "|我(?:现在|今天|就|也)*(?:想|要|来|需要|得|准备|打算)(?:要|请(?=问|您|你|教)|问一?下?|再)?(?![^的]?的)|想(?![想念法不起到象着出开要一二])"
    "|(?:那)?(?:我)?(?:来)?(?:先)?(?=(?:作|做|写|补)承诺)|来(?=作|做|写|交|补|点评|承诺)|请(?:您|你)?(?!.{0,5}假|示|求|问)"
)
_FILLING = (
    "那个|这个(?=[,。、 ])|嗯+|呃+|额+|啊|哦|喂|对了|然后|就是|那(?=[,、 ]|我|请)|现在(?=[,作做写点补])"
)
_PREFACE = re.compile(f"(?:{_GREETING}|{_ASKING}|{_FILLING}){_PAUSE}")
_HOW = re.compile(
    "(?:我)?(?:怎么|怎样|如何|咋|在哪里?|从哪里?)(?:才能|样)?(?=作|做|写|交|填|点评|补|签|查|看|请假|公开|承诺)"
)
_LEADING = re.compile(_PAUSE)
_SHORT, _ENDING = 30, 14


@dataclass(frozen=True)
class Said:
    """`plain` is half-width, lower case, with entrance words spelt right; it begins at `start` of the text.

    `surety` is the most a rule may be sure of: less when somebody asks how it is done.
    """

    ctx: Context
    text: str
    plain: str
    start: int
    names: Names
    places: Places
    surety: float = 1.0

    def words(self, start: int, end: int) -> str:
        """The person's own words between two positions of `plain`."""
        return self.text[self.start + start : self.start + end]

    def rest(self, position: int) -> str:
        """The person's own words from a position of `plain` on, without leading punctuation."""
        return self.words(position, len(self.plain)).lstrip(" \n,，.。:：;；、!！-—=").rstrip()

    def sounding(self) -> Said | None:
        """The same with an entrance in place of what sounds like one."""
        behind = self.period.span[1] if self.period else 0
        behind += self.plain[behind : behind + 1] == "的"
        plain = spellings.by_sound(self.plain) or spellings.by_sound(self.plain, behind)
        return replace(self, plain=plain, surety=min(self.surety, 0.9)) if plain else None

    @cached_property
    def period(self) -> PeriodWord | None:
        """The window the message names."""
        return read_period(self.plain, self.ctx.today)

    @property
    def period_code(self) -> str | None:
        """The window as the contract writes it."""
        return self.period.period.label if self.period else None

    @cached_property
    def place(self) -> Place | None:
        """The first organisation the message names."""
        return self.places.within(self.plain)

    @cached_property
    def people(self) -> tuple[Found, ...]:
        """Everybody within reach whom the message names."""
        return mentions(self.names, self.plain)

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question; in a long message its end tells."""
        return bool(ASKS.search(self.plain if len(self.plain) <= _SHORT else self.plain[-_ENDING:]))

    @cached_property
    def bones(self) -> str:
        """The message as a question without its period, organisation and little words."""
        return skeleton.bones(self.plain, [one.span for one in (self.place, self.period) if one])


def hear(ctx: Context, text: str) -> Said:
    """A message with its polite preface left aside."""
    text = spellings.joined(text)
    plain = spellings.simplified(halfwidth(text).translate(_LOWER))
    start = _LEADING.match(plain).end()  # type: ignore[union-attr]
    while (preface := _PREFACE.match(plain, start)) and start < preface.end() < len(plain):
        start = preface.end()
    how = _HOW.match(plain, start)
    if how:
        start = how.end()
    names = Names(ctx, f"{text}\n{plain}\n{spellings.corrected(plain)}")
    return Said(
        ctx, text, spellings.corrected(plain[start:]), start, names, Places(ctx, names), 0.8 if how else 1.0
    )
