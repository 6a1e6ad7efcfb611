"""A text without some stretches of it: its period, its organisation, the people it names."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def without(text: str, gone: Iterable[Span], start: int = 0, end: int | None = None) -> str:
    """What is left between two positions; the stretches may overlap and come in any order."""
    stop = len(text) if end is None else end
    kept, at = "", start
    for first, last in sorted(gone):
        kept += text[at : min(first, stop)]
        at = max(at, last)
    return kept + text[at:stop]
