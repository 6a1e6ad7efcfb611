"""公开: the channels people name, what will be seen, and on which day it may have been (R-079, R-081)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.commitments import Commitment
from domain.dates import show
from domain.intake import halfwidth

# Longer words stand first in meaning: 公开栏 and 宣传栏 are boards although 公开 is also the act itself.
_CHANNELS = (
    ("meeting", "会议|大会|会上|开会"),
    ("file", "文件|发文"),
    ("board", "公开栏|公示栏|宣传栏|公告栏|橱窗|展板"),
    ("press", "报刊|校报|报纸"),
    ("broadcast", "广播"),
    ("network", "网络|网上|网站|官网|校园网|公众号|微信|线上"),
    ("other", "其他|其它"),
)
_WISH = re.compile("公开(?!栏)|公布|公示(?!栏)")


def channels_in(words: str) -> tuple[str, ...]:
    """The channels that some words name, in the order of the notice."""
    return tuple(code for code, pattern in _CHANNELS if re.search(pattern, words))


def channels_by_digits(words: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The channels chosen by digits (1 5, 1、5, 15); empty when something else or a wrong digit stands there."""
    digits = re.sub(r"[\s,、;和.]", "", halfwidth(words))
    if not digits.isdecimal() or not all(1 <= int(digit) <= len(codes) for digit in digits):
        return ()
    return tuple(codes[n - 1] for n in sorted({int(digit) for digit in digits}))


def wants_publication(words: str) -> bool:
    """Whether somebody also wishes to publish (签 0166-2，网上公开)."""
    return bool(_WISH.search(words))


def wrong_day(on: date, items: Sequence[Commitment], today: date) -> str | None:
    """`future` or `early` (before both had signed, R-074); None when the day can be."""
    if on > today:
        return "future"
    return "early" if any(one.fixed_on and on < one.fixed_on for one in items) else None


def as_seen(commitment: Commitment) -> str:
    """One item as readers will see it: name, goal and date, and no personal field; a first date that was moved stays visible (R-077, R-081)."""
    moved = commitment.due != commitment.original_due
    first = f"，原定{show(commitment.original_due)}" if moved else ""
    return f"{commitment.owner_name}：{commitment.goal}（{show(commitment.due)}前{first}）"
