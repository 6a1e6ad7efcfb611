"""Running numbers of things: letter, year, the archive's short number and a count within the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.intake import halfwidth

_TAILS = re.compile(
    r"(?<![0-9A-Z-])(?:[A-Z]-)?(?:[0-9]{4}-)?(?P<tail>[0-9A-Z]{3,8}-[0-9]{1,4})(?![0-9-])"
    r"|(?<![0-9A-Z-])(?P<owner>[0-9]{4}|[A-Z][0-9]{3})(?![0-9A-Z年-])"
)


def number(letter: str, year: int, owner: str, n: int) -> str:
    """C-2026-0153-1: the first item of the archive with short number 0153 in 2026."""
    return f"{letter}-{year}-{owner}-{n}"


def next_number(letter: str, year: int, owner: str, used: Iterable[str], count: int) -> str:
    """The number after the highest one in use, and beyond `count` entries; a gap is never filled again."""
    start = f"{letter}-{year}-{owner}-"
    highest = max((int(full[len(start) :]) for full in used if full.startswith(start)), default=0)
    return number(letter, year, owner, max(highest, count) + 1)


def order(full: str) -> tuple[str, int]:
    """The key that puts numbers as people count: 0154-2 before 0154-10."""
    owner, _, n = full.rpartition("-")
    return owner, int(n)


def tail(full: str) -> str:
    """The part people type: 0153-1."""
    return "-".join(full.split("-")[2:])


def tails_in(text: str) -> list[str]:
    """Every number in some words as its tail (0153-1), or the bare short number where no count follows."""
    plain = re.sub(r"[‐‑–—－]", "-", halfwidth(text)).upper()
    return list(dict.fromkeys(match["tail"] or match["owner"] for match in _TAILS.finditer(plain)))


def fits(full: str, said: str) -> bool:
    """Whether a full number is what somebody calls 0153-1, or only 0153."""
    own = tail(full)
    return said == own or own.startswith(f"{said}-")
