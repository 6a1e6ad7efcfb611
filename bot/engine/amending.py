"""What words without a number change at a read-back: 原因改成住院, 改成公开栏, 网络, 再加一句……"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import texts
from bot.engine.fields import Complaint, Field, Options, Reading, choose
from bot.engine.state import Draft
from bot.engine.turn import Context
from domain.intake import bare_number

_BUT = re.compile(r"(?:不过|但是?|只是|就是|另外)[，,\s]*")
_TO = re.compile(
    r"(?:请|麻烦)?(?:把|将)?(?P<label>[^，,。；;]{0,8}?)(?:应该|应)?(?:改成|改为|改到|换成|换为)[：:\s]*(?P<value>.+)",
    re.DOTALL,
)
_MORE = re.compile(
    r"(?:再|另外|还要)?(?:加上?|补充)(?:一句|一点|一条|几句)[，,：:\s]*(?P<words>.+)", re.DOTALL
)


def read(ctx: Context, draft: Draft, asked: Field, text: str) -> Reading:
    """What an answer makes of a field: one of its options, else whatever the field reads in it."""
    options = asked.options(ctx, draft)
    chosen = choose(options, text)
    if chosen is not None:
        return {asked.name: chosen.value}
    return asked.read(ctx, draft, text) if asked.read else Complaint(texts.choose_a_number(len(options)))


def bare(words: str) -> str:
    """The words without a 不过 before them."""
    lead = _BUT.match(words)
    return words[lead.end() if lead else 0 :]


def added(ctx: Context, draft: Draft, grown: Field | None, words: str) -> Reading | None:
    """The last answer with what is added to it by 再加一句……; None when nothing is."""
    match = _MORE.fullmatch(words)
    if match is None or grown is None or grown.further is None:
        return None
    return grown.further(ctx, draft, match["words"].strip())


def named(ctx: Context, draft: Draft, fields: Sequence[Field], words: str) -> Mapping[str, Any] | None:
    """The value given to the field that is called by its label, or to the only one that takes it; None without one."""
    match = _TO.fullmatch(words)
    if match is None:
        return _only(_chosen(one, one.options(ctx, draft), words) for one in fields)
    meant = [one for one in fields if one.label == match["label"]] if match["label"] else fields
    return _only(read(ctx, draft, one, match["value"].strip()) for one in meant)


def _chosen(asked: Field, options: Options, words: str) -> Mapping[str, Any] | None:
    found = choose(options, words) if bare_number(words) is None else None
    return {asked.name: found.value} if found else None


def _only(readings: Iterable[Reading | None]) -> Mapping[str, Any] | None:
    taken = [one for one in readings if isinstance(one, Mapping)]
    return taken[0] if len(taken) == 1 else None
