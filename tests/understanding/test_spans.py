"""A text without some stretches of it keeps every other letter, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.spans import without

NUMBERS = st.integers(0, 12)
SPANS = st.lists(st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends))), max_size=4)


@given(st.text("甲乙丙1, ", max_size=12), SPANS, NUMBERS, NUMBERS)
def test_exactly_the_letters_outside_all_stretches_are_left(
    text: str, gone: list[tuple[int, int]], start: int, end: int
) -> None:
    kept = (n for n in range(start, min(end, len(text))) if not any(a <= n < b for a, b in gone))
    assert without(text, gone, start, end) == "".join(text[n] for n in kept)
    assert without(text, gone) == without(text, gone, 0, len(text))
