"""A share as the notices' tables print it, and sums that lose nobody (R-140, R-187)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tallies import NOTHING_OWED, Tally

COUNTS = st.integers(0, 200_000)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS, COUNTS)


def printed(one: Tally) -> Decimal:
    return Decimal(one.share.removesuffix("%"))


@pytest.mark.requirement("R-187")
@pytest.mark.parametrize(
    ("done", "owed", "share"),
    [(3, 7, "42.9%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (2, 3, "66.7%"), (0, 5, "0.0%"), (5, 5, "100.0%")],
)
def test_a_share_has_one_decimal_and_halves_go_up(done: int, owed: int, share: str) -> None:
    assert Tally(done, missing=owed - done).share == share


@pytest.mark.requirement("R-140")
def test_where_nothing_is_owed_there_is_no_share() -> None:
    assert Tally().share == Tally(waived=4).share == NOTHING_OWED


@pytest.mark.requirement("R-140")
@given(TALLIES)
def test_a_share_is_a_hundred_only_when_nothing_is_left_and_never_more(one: Tally) -> None:
    if not one.owed:
        return
    assert (printed(one) == 100) == (one.done == one.owed)
    assert 0 <= printed(one) <= 100


@given(TALLIES)
def test_a_share_is_the_rounded_quotient_except_that_it_never_claims_to_be_complete(one: Tally) -> None:
    if not one.owed:
        return
    exact = (Decimal(100 * one.done) / one.owed).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert printed(one) == (exact if one.done == one.owed else min(exact, Decimal("99.9")))


@given(st.lists(TALLIES))
def test_parts_add_up_to_the_whole(parts: list[Tally]) -> None:
    whole = sum(parts, Tally())
    assert whole.owed == sum(one.owed for one in parts)
    assert whole.done + whole.partly + whole.missing == whole.owed
    assert whole.waived == sum(one.waived for one in parts)
