"""The pieces of a form: one thing it wants to know, the choices offered for it, how an answer was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import texts
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from domain.intake import bare_number


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why an answer was not taken: a full sentence that says what would be right.

    `is_blank` says that nothing at all was made of the words, so that they may belong to what was said before.
    """

    sentence: str
    is_blank: bool = False


def unread(text: str) -> Complaint:
    """The complaint about words at a read-back that change nothing; 对 and 没错 hear which word confirms."""
    is_near = text.strip("。！!，, 的") in texts.NEARLY_CONFIRM
    return Complaint(texts.SAY_CONFIRM if is_near else texts.NOT_UNDERSTOOD_AT_CONFIRM, is_blank=not is_near)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question: what is stored, what people read, other words that mean it."""

    value: Any
    label: str
    words: tuple[str, ...] = ()


# A reading that is a whole turn ends or replaces the question: 没有 after 还有第二件吗？, or a list to choose from.
Reading = Mapping[str, Any] | Complaint | Turn
Options = Sequence[Option]


def _always(ctx: Context, draft: Draft) -> bool:
    return True


def _no_options(ctx: Context, draft: Draft) -> Options:
    return ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form wants to know.

    `read` turns an answer into values of this or several fields; where it is None the options decide alone.
    `skip` is the value that 跳过 stands for; None means that it cannot be skipped. A field without `show`
    stays out of the read-back and cannot be amended by number. `further` takes more words to an answer
    already given, for what people write in several messages.
    """

    name: str
    label: str
    ask: Callable[[Context, Draft], str]
    read: Callable[[Context, Draft, str], Reading] | None = None
    needed: Callable[[Context, Draft], bool] = _always
    options: Callable[[Context, Draft], Options] = _no_options
    show: Callable[[Context, Draft], str] | None = None
    skip: Any = None
    example: str = ""
    further: Callable[[Context, Draft, str], Reading] | None = None


def choose(options: Options, text: str) -> Option | None:
    """The option meant by a digit, its label or one of its words."""
    n = bare_number(text)
    if n is not None:
        return options[n - 1] if 1 <= n <= len(options) else None
    said = text.strip("。！! ")
    return next((one for one in options if said == one.label or said in one.words), None)


def meanings(asked: Field, options: Options) -> dict[str, str]:
    """What each digit of a question stands for, to be kept with it."""
    return {f"{asked.name} {n}": str(one.value) for n, one in enumerate(options, 1)}


def is_moved(asked: Field, options: Options, shown: Mapping[str, str], text: str) -> bool:
    """Whether a digit means another choice than it did when the question was asked."""
    digit = f"{asked.name} {bare_number(text)}"
    return digit in shown and meanings(asked, options).get(digit) != shown[digit]


# 并书面反馈, 另外还要交总结: such words go on with what was said, whatever is being asked.
GOING_ON = re.compile(
    "(?:并且?|还要|再(?![想看说等问定考])|同时|另外|此外|然后|以及|外加|最后)[\u4e00-\u9fff]{2,}"
)
_SHORTEST = 4
_ORDERS = (
    "改",
    "不",
    "换",
    "删",
    "去掉",
    "取消",
    "确认",
    "没错",
    "对",
    "错",
    "算了",
    "重",
    "好",
    "很好",
    "辛苦",
    "谢",
)
_ASKING = ("?", "？", "吗", "吧", "呢")


def goes_on(words: str) -> bool:
    """Whether words which change nothing may be more of what was said before, rather than a failed order."""
    return len(words) >= _SHORTEST and not words.startswith(_ORDERS) and not words.endswith(_ASKING)


_ENDS = "。，；！？：、,.;!?:\n"


def joined(before: str, words: str) -> str:
    """Two sayings as one, with a comma where the first has no end."""
    return f"{before}{'' if before[-1:] in _ENDS else '，'}{words}"


def listed(options: Options) -> str:
    """The choices as numbered lines, each on a new one."""
    return "".join(f"\n{n} {one.label}" for n, one in enumerate(options, 1))
