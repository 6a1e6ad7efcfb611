"""Whether loose words tell something that was done, rather than ask, greet or call (R-221)."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"[?？]|[吗呢么]$|谁|什么|怎么|如何|哪|多少|几[点号时个]|为啥|为什么|请问|能不能|可不可以|是不是|有没有"
)
_GREETS = re.compile(
    r"(?:你|您|大家|老师|同志|书记)*(?:们)?好[啊呀]?|早上好|晚上好|在吗|喂|hello|hi", re.IGNORECASE
)
_LEAST = 4


def asks_us(text: str) -> bool:
    """A message that ends with a question mark: nobody appraises their own month with one."""
    return text.rstrip(' 。！!~～”"）)').endswith(("?", "？"))


def tells_something(text: str) -> bool:
    """A sentence of some length that neither asks nor only greets; an answer to a reminder looks like this."""
    words = re.sub(r"[\s，。；、！!,.;~～…]+", "", text)
    if len(words) < _LEAST or _GREETS.fullmatch(words):
        return False
    return not _ASKS.search(text.strip(" 。！!~～")) and bool(re.search(r"[\u4e00-\u9fff]{2}", words))
