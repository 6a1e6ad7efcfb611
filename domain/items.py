"""Splits one message of a monthly report into its numbered answers and reads how each stands (R-220, R-221)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from domain import numerals
from domain.intake import halfwidth

Status = Literal["not_started", "ongoing", "done", "difficult", "none"]

_ONE = "一二三四五六七八九十"
# A number with one of these behind it counts something and labels nothing: 2次, but not 2本月没动.
_MEASURE = (
    "(?:[个名次人件篇项份期户组遍万元天日号年余几至到%间台套家栋轮届班例步](?!位|会)|小时|学[时分]|课时|课(?![程题])|位(?!于)|场(?!地)|节(?![前后日])"
    "|门(?!口)|条(?!件)|支(?!部)|批(?![准改])|分(?![别批管])|周(?![一二三四五六日末])|月|点(?!评)|部(?!分)|本(?![月周学人支项科])|处(?!理)|度|堂|页|字)"
)
_SEPARATOR = r"\s*[.、:)\]](?![0-9])\s*"
_LABEL = re.compile(
    rf"(?P<circled>[{numerals.CIRCLED}])[\s.、:]*"
    rf"|第(?P<nth>[0-9]{{1,2}}|[{_ONE}]{{1,3}})[件项条个](?:[是:,、.\s]|承诺|事项?)*"
    rf"|[(\[]?(?P<digits>[0-9]{{1,2}})(?:{_SEPARATOR}|(?P<space>\s+)|(?=;)|(?![0-9.,/~;-])(?!{_MEASURE})(?=.))"
    rf"|[(\[]?(?P<written>[{_ONE}]{{1,3}})(?:{_SEPARATOR}|\s+)"
)
_COUNTED = re.compile(_MEASURE)
_EDGES = " \n;；,，、。"

_LEADING: tuple[tuple[Status, str], ...] = (
    ("done", "(?:现|均|都|全部)?已?经?(?:全部|如期|按时|提前|圆满)?(?:完成|办结|做完|兑现)了?"),
    ("ongoing", "(?:正在)?(?:推进中|进行中|推进|进行)|正在(?:做|办)"),
    ("not_started", "未启动|没启动|没动|未开始|还没开始|没开始|尚未启动"),
    ("difficult", "有(?:些|点)?困难|遇到困难|困难"),
    ("none", "本月无进展|无进展|没有进展|没进展|暂无进展"),
)
_LEADING_WORD = re.compile(
    "(?:状态[是为::]*)?(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _LEADING)
    + r")(?:[\s,::;。.!、-]+|$)"
)
_NOTHING = re.compile(
    "(?:这个月|本月)?(?:还|也|都|暂时?)?(?:无|没有|没|没什么|没啥|无新)(?:新的?|任何)?(?:进展|变化|动静)?了?"
)
_NOT_STARTED = re.compile(
    "没动|未动|(?:未|没有?|没能)(?:启动|开始|开展|着手|实施)|还没(?:有)?(?:做|弄|办)(?!完|好)"
)
_DIFFICULT = re.compile(
    "(?<!没)(?<!没有)有(?:一?些|一?点|较大|很大|不少)?(?:困难|难度|阻力)(?![学职党群家户生师补])|遇到.{0,6}(?:困难|问题|阻力)(?!已|都)"
    "|卡住|卡在|推不动|推进不动|缺(?:少|乏)?(?:经费|人手|设备|场地|资金)|(?:经费|人手|场地)(?:不足|不够|没有|没到位)|受阻|停滞|搁置|没法|进行不下去"
)
_UNDONE = re.compile(
    r"(?:没有?|未|尚未|不能|无法|没能|还?差|待|尚待|即将|计划|准备|预计|争取)(?:能|全部?|按时|如期|完全|月底|年底)*(?:完成|办结|做完|兑现)"
    r"|(?:完成|做完)了?(?:一半|大半|多半|一多半|一?部分|大部分|过半|近半|将近|差不多|约|百分之(?!百)|[0-9.]+\s*[%％](?<!100%)|[一二三四五六七八九]成|三分之|[0-9]+/[0-9]+)"
    r"|(?:基本|大部分|部分|快要?|接近|差不多|初步|阶段性)(?:上)?(?:完成|做完|办结)"
)
_DONE = re.compile(
    r"(?:完成|办结|做完|办完|结束|兑现|落实到位|完毕)(?:了|啦)?(?=[\W]|$)|(?:已经?|均已|都|全部|全都)(?:全部|如期|按时|提前|圆满|顺利)*(?:完成|办结|做完|办完|兑现)了?"
    r"(?!前期|初|准备|方案|筹备|调研|部分|阶段|了?\s*[0-9一二两三四五六七八九十几])|完成(?:率)?100%|完成了(?!\s*[0-9一二两三四五六七八九十几前初准方筹调部阶])|圆满结束|已结[题项束]"
)


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


def status_of(text: str) -> Status | None:
    """How an item stands by its words; facts without such a word are ongoing, no words at all are None."""
    plain = re.sub(r"\s+", " ", halfwidth(text)).strip(_EDGES + ".!")
    if not plain:
        return None
    leading = _leading_status(plain)
    if leading and leading != "done":
        return leading
    if _NOTHING.fullmatch(plain):
        return "none"
    if _is_done(plain):
        return "done"
    if _DIFFICULT.search(plain):
        return "difficult"
    return "not_started" if _NOT_STARTED.search(plain) else "ongoing"


def strip_status(text: str) -> str:
    """The facts without the leading word for how it stands (已完成，…); empty when there is nothing else."""
    match = _LEADING_WORD.match(halfwidth(text.strip()))
    return text.strip()[match.end() :].strip() if match else text.strip()


def _marks(plain: str, numbers: frozenset[int]) -> Iterator[_Mark]:
    """The labels that stand at a boundary, in increasing order of the numbers asked for."""
    last = None
    for match in _LABEL.finditer(plain):
        number = _number(match)
        if number not in numbers or (last is not None and number <= last):
            continue
        if _at_boundary(plain, match):
            last = number
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
    match = _LEADING_WORD.match(plain)
    return next((code for code, _ in _LEADING if match[code]), None) if match else None


def _is_done(plain: str) -> bool:
    """Whether it is said to be finished and nothing says that it is only so in part."""
    return bool(_DONE.search(plain)) and not _UNDONE.search(plain)
