"""Orders whose verb stands in one clause and what they concern in another: 许峰住院了，写实给他免了吧."""

from __future__ import annotations

import re

from bot.engine.turn import Understanding
from bot.understanding.said import Said

LIKELY = 0.8

_PAUSE = "[,;:。.!\\s]"
_EXEMPT = re.compile(
    rf"(?:^|{_PAUSE}|@)(?P<order>(?:就|给|把|先|可以|他|她|的|这次|[这本上]个?月|[0-9一二三四五六七八九十]+月份?|写实|承诺|申请|要求)*免(?:一次|交|填|写|报|掉|了|一下|[0-9一二三四五六七八九十]+月份?|[这本上]个?月|的|写实)*(?:吧|啊|一下)*)(?={_PAUSE}|$)"
)
_BACK = re.compile(
    rf"(?:^|{_PAUSE})(?P<order>(?:先|就|给|把|我|他|她|这[条个])*(?:退(?:回去?|了|掉)?|打回去?)(?![货休票款出役群])(?:吧|让?[他她]?重[写填]|让?[他她]改|重新?写|改)*)(?={_PAUSE}|$)"
)
_AGREED = re.compile(rf"承诺{_PAUSE}*(?:我|可以|没问题|都)*同意(?:签字?)?(?:了|吧)*$")
_NUMBER = re.compile(
    r"(?<![0-9a-z])(?P<number>(?:[cpzxd]-)?(?:[0-9]{4}-)?[0-9a-z]{0,9}[0-9]{3}(?:-[0-9]{1,4}))(?![0-9a-z])"
)
_EDGES = " ,，.。:：;；!！"


def order_in(said: Said) -> list[Understanding]:
    """An exemption or a return, with the person or number it concerns and the other words as its reason."""
    if said.asks:
        return []
    exempt, back = _EXEMPT.search(_marked(said)), _BACK.search(said.plain)
    if exempt and len(said.people) == 1:
        return [_order(said, "waive", exempt, {"person": said.people[0].value}, said.people[0].span)]
    if _AGREED.search(said.plain) and len(said.people) == 1:
        return [Understanding("sign", {"person": said.people[0].value}, ("number",), LIKELY)]
    number = _NUMBER.search(said.plain) if back else None
    if back and number:
        return [_order(said, "return", back, {"number": number["number"].upper()}, number.span())]
    if back and len(said.people) == 1 and "承诺" in said.plain:
        return [_order(said, "return", back, {"person": said.people[0].value}, said.people[0].span)]
    return []


def _marked(said: Said) -> str:
    """The message with @ for the last letter of a name, behind which a clause may begin; looked up only if needed."""
    if "免" not in said.plain:
        return said.plain
    ends = {one.span[1] - 1 for one in said.people}
    return "".join("@" if n in ends else letter for n, letter in enumerate(said.plain))


def _order(
    said: Said, handler: str, order: re.Match[str], about: dict[str, object], named: tuple[int, int]
) -> Understanding:
    start, end = order.span("order")
    before, behind = said.words(0, start), said.words(end, len(said.plain))
    if named[1] <= start:
        before = said.words(named[1], start)
    reason = "，".join(part for part in (before.strip(_EDGES), behind.strip(_EDGES)) if part)
    fields = {**about, "reason": reason} if reason else about
    return Understanding(handler, fields, () if reason else ("reason",), LIKELY)
