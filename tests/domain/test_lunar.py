"""The farmers' calendar goes on without a gap, and its feasts fall where the almanac has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import festivals, lunar

years = st.integers(2020, 2039)


@given(years)
def test_a_new_year_follows_the_last_day_of_the_old_one(year: int) -> None:
    eve, first = lunar.day_of(year, 12, 0), lunar.day_of(year + 1, 1, 1)
    assert eve and first and eve + timedelta(days=1) == first
    assert date(year + 1, 1, 21) <= first <= date(year + 1, 2, 20)


@given(years, st.integers(1, 12), st.integers(1, 28))
def test_days_of_a_month_follow_each_other(year: int, month: int, day: int) -> None:
    this, following = lunar.day_of(year, month, day), lunar.day_of(year, month, day + 1)
    assert this and following and following - this == timedelta(days=1)


@given(years, st.integers(1, 12))
def test_a_month_has_29_or_30_days(year: int, month: int) -> None:
    first, last = lunar.day_of(year, month, 1), lunar.day_of(year, month, 0)
    assert first and last and (last - first).days in (28, 29)
    assert lunar.day_of(year, month, 31) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", "2024-02-10"),
        ("元宵节", "2026-03-03"),
        ("端午", "2028-05-28"),
        ("七夕节", "2025-08-29"),
        ("中秋节", "2033-09-08"),
        ("重阳", "2026-10-18"),
        ("除夕", "2025-01-28"),
        ("清明", "2026-04-05"),
        ("清明节", "2028-04-04"),
    ],
)
def test_feasts_fall_where_the_almanac_has_them(name: str, day: str) -> None:
    assert festivals.day_of(name, int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(("year", "month"), [(2019, 1), (2041, 1), (2026, 0), (2026, 13)])
def test_beyond_the_table_nothing_is_known(year: int, month: int) -> None:
    assert lunar.day_of(year, month, 1) is None
