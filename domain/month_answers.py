"""How the words of a monthly record become answers: status and facts of each item, one sentence of 自我鉴定."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.dates import Problem, read_date
from domain.intake import halfwidth
from domain.items import number_beyond, split_items, status_of, strip_status
from domain.status_words import UNDONE, Status

# The order in which digits stand for them; 无进展 is an answer like the others.
STATUSES: tuple[Status, ...] = ("ongoing", "done", "difficult", "not_started", "none")

_EDGES = " \n,，.。;；、:："
_STATEMENT = re.compile(
    r"(?:^|[\s,.;。])(?:自我(?:鉴定|评价|总结)|本人鉴定|鉴定|自评)(?:是|为)?\s*[:,\s]\s*(?P<words>.+)",
    re.DOTALL,
)
_ALL = re.compile(r"(?:[两三四五几]件)?(?:全部|全都|都|均)(?:是|在|已经?)?(?=\S)")
_CHOICE = re.compile(
    r"(?P<digit>[1-5])(?:[\s.、:;,)]+|(?![0-9次个名人件场天日月小%]))(?P<rest>.+)", re.DOTALL
)
_SUPPORT = re.compile(r"需要|希望|请.{0,6}(?:支部|书记|帮|协调|支持)|帮忙|协调")
_EFFECT = re.compile("效果|反映|反响|好评|满意|受欢迎|受到欢迎|见效")
_NOTHING = re.compile(r"(?:暂时?)?(?:无|没有?|没了|没什么)(?:特别的?|了)?")
_LEAD = re.compile(r"[\s,，。;；]*我?(?:想|要|申请|请求)*(?:改期?|延期?|推迟|顺延|延长|放)?(?:到|至|在)?\s*$")
_TAIL = re.compile(r"(?:之?前|以前|完成|前完成|吧|行吗|可以吗|[号日])*")

# A message that was nothing but the word for 无进展 speaks of all items.
_SILENT = {"none": "无进展"}


@dataclass(frozen=True)
class Answer:
    """How one item stands and what was done."""

    status: Status
    text: str


@dataclass(frozen=True)
class Said:
    """What one message tells of a month: answers by the item's number, and the 自我鉴定 if it holds one.

    `rest` are words about some item of which nobody knows yet which; `beyond` is the number of an item that is
    not on the list, and then nothing is taken.
    """

    answers: dict[int, Answer] = field(default_factory=dict)
    statement: str = ""
    rest: str = ""
    beyond: int = 0


@dataclass(frozen=True)
class Postponement:
    """A wish for another date; `problem` says why there is no day, `reason` may be empty."""

    day: date | None
    reason: str
    problem: Problem | None = None


def read_month(text: str, count: int) -> Said:
    """The answers to items 1 to `count`; none when several are asked for and it stays open which is meant."""
    if beyond := number_beyond(text, count):
        return Said(beyond=beyond)
    body, statement = _apart(text)
    numbers = range(1, count + 1)
    parts = split_items(body, numbers) if body else None
    if parts is None and count > 1:
        parts = _for_all(body, count)
    answers = {n: read_answer(part) for n, part in (parts or {}).items()}
    return Said(answers, statement, "" if answers else body)


def read_asked(text: str, n: int, count: int, unanswered: Collection[int]) -> Said:
    """The same while item `n` is asked for: words without a number are about it alone, 都… about all `unanswered`."""
    if beyond := number_beyond(text, count):
        return Said(beyond=beyond)
    body, statement = _apart(text)
    parts = split_items(body, range(1, count + 1)) if count > 1 else None
    if parts is not None and len(parts) > 1:
        return Said({at: read_answer(part) for at, part in parts.items()}, statement)
    every = _ALL.match(body)
    if every:
        return Said(dict.fromkeys({n, *unanswered}, read_answer(body[every.end() :])), statement)
    answer = read_choice(body) or (read_answer(body) if body else None)
    return Said({n: answer} if answer else {}, statement)


def from_parts(parts: Sequence[Mapping[str, Any]], count: int) -> Said:
    """The same of a message split already (`n`, `status`, `text`), without knowing how many items there are.

    `n` is 0 where no number was named; the text may still begin with the word for the status.
    """
    words = "；".join(f"{part['n'] or ''}{part['text']}" for part in parts)
    if not all(1 <= part["n"] <= count for part in parts):
        return read_month(words or _SILENT.get(parts[0]["status"], ""), count)
    apart = {part["n"]: (part["status"], *_apart(part["text"])) for part in parts}
    answers = {n: _as(status, body) for n, (status, body, _) in apart.items()}
    return Said(answers, next((words for _, _, words in apart.values() if words), ""))


def _as(status: Status | None, words: str) -> Answer:
    said = read_answer(words)
    return Answer(status or said.status, said.text)


def read_answer(text: str) -> Answer:
    """How an item stands by somebody's words about it."""
    facts = strip_status(text).strip(_EDGES)
    return Answer(status_of(text) or "ongoing", "" if is_nothing(facts) else facts)


def read_choice(text: str) -> Answer | None:
    """A digit of `STATUSES` with words behind it; words that say plainly how it stands outweigh the digit."""
    match = _CHOICE.match(halfwidth(text).strip())
    if match is None:
        return None
    words = text.strip()[match.start("rest") :].strip()
    said = read_answer(words)
    open_still = said.status != "ongoing" or UNDONE.search(halfwidth(words))
    return said if open_still else Answer(STATUSES[int(match["digit"]) - 1], said.text)


def names_support(text: str) -> bool:
    """Whether words about a difficulty already say what help is wanted."""
    return bool(_SUPPORT.search(text))


def effect_apart(text: str) -> tuple[str, str]:
    """What was done, and what came of it where the same words say that already (开放16次，效果很好; R-340)."""
    clauses = [part for part in re.split("[，,。；;]", text) if part.strip()]
    told = [part for part in clauses if _EFFECT.search(part)]
    if not told:
        return text, ""
    rest = "，".join(part.strip() for part in clauses if part not in told)
    effect = "，".join(part.strip() for part in told)
    return rest, re.sub("^效果[是为:：]?(?=.)", "", effect)


def is_nothing(text: str) -> bool:
    """Whether an answer says that there is nothing to say."""
    return bool(_NOTHING.fullmatch(text.strip(_EDGES)))


def read_postponement(text: str, today: date) -> Postponement:
    """The new date and the reason in the words of a wish for one."""
    reading = read_date(text, today)
    if reading.day is None or reading.problem:
        return Postponement(None, "", reading.problem or "missing")
    start, end = reading.span
    before = _LEAD.sub("", text[:start])
    after = text[end:]
    after = after[_TAIL.match(after).end() :]  # type: ignore[union-attr]
    reason = "，".join(part for part in (before.strip(_EDGES), after.strip(_EDGES)) if part)
    return Postponement(reading.day, reason.removeprefix("因为").removeprefix("原因").strip(_EDGES))


def _apart(text: str) -> tuple[str, str]:
    match = _STATEMENT.search(halfwidth(text))
    if match is None:
        return text.strip(), ""
    return text[: match.start()].strip(_EDGES), text[match.start("words") :].strip()


def _for_all(text: str, count: int) -> dict[int, str] | None:
    """One answer that is given for every item: 都没动, or 无进展 without a number."""
    match = _ALL.match(text)
    words = text[match.end() :] if match else text if status_of(text) == "none" else ""
    return dict.fromkeys(range(1, count + 1), words) if words else None
