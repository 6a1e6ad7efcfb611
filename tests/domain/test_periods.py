"""The windows of R-241 partition the year and roll up once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import periods

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
kinds = st.sampled_from(["month", "quarter", "half", "year"])

CODES = {
    "2026": ("year", date(2026, 1, 1), date(2026, 12, 31)),
    "2026-06": ("month", date(2026, 6, 1), date(2026, 6, 30)),
    "2028-02": ("month", date(2028, 2, 1), date(2028, 2, 29)),
    "2026-Q1": ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
    "2026-Q3": ("quarter", date(2026, 7, 1), date(2026, 9, 30)),
    "2026-H1": ("half", date(2026, 1, 1), date(2026, 7, 31)),
    "2026-H2": ("half", date(2026, 8, 1), date(2026, 12, 31)),
}


@pytest.mark.requirement("R-241")
@pytest.mark.parametrize(("code", "window"), CODES.items())
def test_a_code_names_its_window(code, window):
    period = periods.parse_code(code)
    assert (period.kind, period.start, period.end) == window
    assert period.label == code


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "26", "2026-6", "2026-q3", "二〇二六", "20260"]
)
def test_other_codes_name_nothing(code):
    assert periods.parse_code(code) is None


@pytest.mark.requirement("R-241")
@given(days, kinds)
def test_every_day_lies_in_exactly_one_window_of_each_kind(day, kind):
    period = periods.period_of(kind, day)
    assert day in period
    assert day not in period.next and day not in period.previous
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.end + timedelta(days=1) == period.next.start
    assert period.next.previous == period


@pytest.mark.requirement("R-241")
@given(st.integers(1990, 2150))
def test_twelve_months_four_quarters_and_two_terms_make_the_year(year):
    whole = periods.whole_year(year)
    assert len(whole.months) == 12 and len(whole.quarters) == 4
    halves = (periods.half(year, 1), periods.half(year, 2))
    assert halves[0].months + halves[1].months == whole.months
    assert halves[0].quarters + halves[1].quarters == whole.quarters
    assert sum((each.months for each in whole.quarters), ()) == whole.months


@pytest.mark.requirement("R-241")
@pytest.mark.parametrize(("number", "half"), [(1, "2026-H1"), (2, "2026-H1"), (3, "2026-H2"), (4, "2026-H2")])
def test_a_quarter_belongs_to_the_window_in_which_it_ends(number, half):
    assert periods.half_of_quarter(periods.quarter(2026, number)).label == half


@given(days, days, kinds)
def test_windows_are_ordered_as_their_days(one, other, kind):
    if one <= other:
        assert periods.period_of(kind, one) <= periods.period_of(kind, other)


@given(days, kinds)
def test_a_label_reads_back(day, kind):
    period = periods.period_of(kind, day)
    assert periods.parse_code(period.label) == period


@given(st.text())
def test_any_text_may_come_as_a_code(text):
    period = periods.parse_code(text)
    assert period is None or period.label == text
