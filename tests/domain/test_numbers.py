"""Running numbers: the next one, and those that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import fits, next_number, number, order, tail, tails_in


@pytest.mark.requirement("R-066")
@given(st.lists(st.integers(1, 60)), st.integers(0, 60))
def test_the_next_number_was_never_used(used: list[int], count: int) -> None:
    known = [number("C", 2026, "0154", n) for n in used]
    fresh = next_number("C", 2026, "0154", known, count)
    assert fresh not in known
    assert fresh == number("C", 2026, "0154", max([count, *used]) + 1)


def test_numbers_of_other_years_and_people_do_not_count() -> None:
    assert (
        next_number("C", 2026, "0154", ["C-2025-0154-7", "C-2026-0155-9", "C-2026-01541-9"], 0)
        == "C-2026-0154-1"
    )


@pytest.mark.parametrize(
    ("words", "tails"),
    [
        ("签 0166-2", ["0166-2"]),
        ("签０１６６－２", ["0166-2"]),
        ("签 C-2026-0153-1", ["0153-1"]),
        ("签c-2026-0034-1", ["0034-1"]),
        ("签 0154-1、0155-1，网上公开", ["0154-1", "0155-1"]),
        ("签 0153", ["0153"]),
        ("签 O003-1", ["O003-1"]),
        ("公开 2026年", []),
        ("签 陈静", []),
        ("签 1 3", []),
    ],
)
def test_numbers_are_found_as_people_type_them(words: str, tails: list[str]) -> None:
    assert tails_in(words) == tails


@given(st.integers(2000, 2099), st.from_regex(r"[0-9]{4}", fullmatch=True), st.integers(1, 9999))
def test_every_number_is_found_again(year: int, owner: str, n: int) -> None:
    full = number("C", year, owner, n)
    assert tails_in(f"签 {full}，网上公开") == [tail(full)]
    assert fits(full, tail(full))
    assert fits(full, owner)
    assert not fits(full, f"{owner}-{n + 1}")


@given(st.lists(st.integers(1, 300), unique=True))
def test_numbers_stand_in_the_order_people_count(counts: list[int]) -> None:
    known = [number("C", 2026, "0154", n) for n in counts]
    assert sorted(known, key=order) == [number("C", 2026, "0154", n) for n in sorted(counts)]
