"""What stands in a cell, read: names, lists, days and months in all the ways people write them. Pure."""

from __future__ import annotations

import re
from datetime import date

from domain.intake import clean, halfwidth

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_GAP = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_SPLIT = re.compile(r"[、,;\n]+")
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?(?:[ T].*)?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\D(\d{1,2})月?|(\d{4})(\d{2})")
_YEARS = range(1900, 2101)


def name(text: str) -> str:
    """A name without the blanks that people put between its characters to make columns even (张　伟)."""
    return re.sub(r"\s+", " ", _GAP.sub("", clean(text)))


def plain(text: str) -> str:
    """For comparing only: half-width, without any blank."""
    return re.sub(r"\s+", "", halfwidth(clean(text)))


def parts(text: str) -> tuple[str, ...]:
    """Several words of one cell (、，；or a new line between them), in their order and each once."""
    found = (name(part) for part in _SPLIT.split(halfwidth(clean(text))))
    return tuple(dict.fromkeys(part for part in found if part))


def day(text: str) -> date | None:
    """A whole date such as 2026-03-01, 2026.3.1, 20260301, 2026年3月1日; None if it is none."""
    match = _DAY.fullmatch(halfwidth(clean(text)))
    if match is None:
        return None
    year, month_, day_ = (int(part) for part in match.groups() if part is not None)
    return _date(year, month_, day_)


def month(text: str) -> str | None:
    """YYYY-MM of 1980-01, 1980.1, 198001, 1980年1月 or a whole date; None if it is none."""
    whole = day(text)
    if whole is not None:
        return f"{whole:%Y-%m}"
    match = _MONTH.fullmatch(plain(text))
    if match is None:
        return None
    year, month_ = (int(part) for part in match.groups() if part is not None)
    first = _date(year, month_, 1)
    return f"{first:%Y-%m}" if first else None


def _date(year: int, month_: int, day_: int) -> date | None:
    try:
        return date(year, month_, day_) if year in _YEARS else None
    except ValueError:
        return None
