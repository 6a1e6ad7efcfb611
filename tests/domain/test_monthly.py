"""Which months of 写实 are owed, for which items, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import monthly, periods
from domain.commitments import Commitment, State
from domain.profile import Profile
from domain.reports import Report

ZONE = ZoneInfo("Asia/Shanghai")
HARBIN = Profile("harbin", {"self.open_day": 25, "self.due_day": 5})
LAST_DAY = Profile("own", {"self.open_day": 31, "self.due_day": 31})
JUNE = periods.month(2026, 6)
FIFTEEN_YEARS = 15 * 365 * 86_400
moments = st.integers(0, FIFTEEN_YEARS).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=ZONE) + timedelta(seconds=seconds)
)
profiles = st.builds(
    lambda opens, due: Profile("own", {"self.open_day": opens, "self.due_day": due}),
    st.integers(1, 31),
    st.integers(1, 31),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def item(published: str = "2026-01-10", **changes: object) -> Commitment:
    day = date.fromisoformat(published)
    whole = Commitment(
        "C-2026-0154-1", "person", "2010018", "张伟", "一", "一", "annual", "听课", date(2026, 11, 30),
        date(2026, 11, 30), State.PUBLISHED, day, published_on=day,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def finished(day: str, month: str = "", state: State = State.DECLARED) -> Commitment:
    return item(state=state, finished_on=date.fromisoformat(day), finished_in=month)


@pytest.mark.requirement("R-222")
@pytest.mark.parametrize(
    ("moment", "month"),
    [
        ("2026-06-24T23:59:59", "2026-05"),
        ("2026-06-25T00:00:00", "2026-06"),
        ("2026-07-05T23:59:59", "2026-06"),
        ("2026-07-24T12:00:00", "2026-06"),
        ("2026-12-31T23:59:59", "2026-12"),
        ("2027-01-03T08:00:00", "2026-12"),
        ("2027-02-24T08:00:00", "2027-01"),
    ],
)
def test_the_month_reported_is_the_latest_whose_window_has_opened(moment: str, month: str) -> None:
    assert monthly.due_month(at(moment), HARBIN).label == month


@pytest.mark.requirement("R-222")
def test_the_window_goes_from_the_25th_to_the_5th_over_the_end_of_the_year() -> None:
    december = monthly.window(periods.month(2026, 12), HARBIN)
    assert (december.opens, december.due) == (date(2026, 12, 25), date(2027, 1, 5))


def test_a_day_which_a_month_does_not_have_is_its_last() -> None:
    window = monthly.window(periods.month(2027, 1), LAST_DAY)
    assert (window.opens, window.due) == (date(2027, 1, 31), date(2027, 2, 28))
    assert monthly.due_month(at("2028-02-29T00:00:00"), LAST_DAY).label == "2028-02"


@pytest.mark.requirement("R-222")
def test_the_due_day_counts_to_its_end() -> None:
    assert not monthly.is_late(JUNE, at("2026-07-05T23:59:59"), HARBIN)
    assert monthly.is_late(JUNE, at("2026-07-06T00:00:00"), HARBIN)


def test_a_record_before_the_25th_is_early() -> None:
    assert monthly.is_early(JUNE, at("2026-06-24T23:59:59"), HARBIN)
    assert not monthly.is_early(JUNE, at("2026-06-25T00:00:00"), HARBIN)


@given(moments, profiles)
def test_the_due_month_is_never_early_and_the_next_always_is(moment: datetime, profile: Profile) -> None:
    month = monthly.due_month(moment, profile)
    assert not monthly.is_early(month, moment, profile)
    assert monthly.is_early(month.next, moment, profile)


@given(moments, profiles, st.integers(0, 400))
def test_what_is_late_stays_late(moment: datetime, profile: Profile, days: int) -> None:
    month = monthly.due_month(moment, profile)
    if monthly.is_late(month, moment, profile):
        assert monthly.is_late(month, moment + timedelta(days=days), profile)


@pytest.mark.requirement("R-220")
def test_an_unfinished_item_is_live_in_every_month_since_it_was_public() -> None:
    live = [
        n for n in range(1, 13) if monthly.live_items([item("2026-03-12")], periods.month(2026, n), HARBIN)
    ]
    assert live == list(range(3, 13))


@pytest.mark.requirement("R-220")
def test_an_item_made_public_after_the_month_was_opened_owes_from_the_next() -> None:
    assert not monthly.live_items([item("2026-06-26")], JUNE, HARBIN)
    assert monthly.live_items([item("2026-06-25")], JUNE, HARBIN)
    assert monthly.live_items([item("2026-06-26")], JUNE.next, HARBIN)


@pytest.mark.requirement("R-353")
def test_an_item_signed_on_paper_owes_from_the_month_after_it_was_public() -> None:
    paper = item("2026-06-01", on_paper=True)
    assert not monthly.live_items([paper], JUNE, HARBIN)
    assert monthly.live_items([paper], JUNE.next, HARBIN)


@pytest.mark.requirement("R-220")
def test_an_item_finished_within_the_month_is_reported_in_it_and_not_in_the_next() -> None:
    for state in (State.DECLARED, State.FULFILLED, State.ACCEPTED):
        done = finished("2026-06-12", state=state)
        assert monthly.live_items([done], JUNE, HARBIN) == (done,)
        assert not monthly.live_items([done], JUNE.next, HARBIN)


@pytest.mark.requirement("R-340")
def test_an_item_declared_in_june_s_record_on_the_third_of_july_is_not_asked_again_in_july() -> None:
    done = finished("2026-07-03", "2026-06")
    assert monthly.live_items([done], JUNE, HARBIN)
    assert not monthly.live_items([done], JUNE.next, HARBIN)


def test_an_item_that_was_sent_back_is_live_again() -> None:
    back = replace(finished("2026-06-12"), state=State.PUBLISHED)
    assert monthly.live_items([back], JUNE.next, HARBIN)


@pytest.mark.parametrize(
    "state", [State.SIGNED, State.FIXED, State.TERMINATED, State.WITHDRAWN, State.UNFULFILLED]
)
def test_what_is_not_public_or_was_ended_owes_nothing(state: State) -> None:
    one = item(state=state, published_on=None) if state in (State.SIGNED, State.FIXED) else item(state=state)
    assert not monthly.live_items([one], JUNE, HARBIN)


@pytest.mark.requirement("R-350")
def test_no_duty_for_a_window_that_opened_before_the_unit_began() -> None:
    assert not monthly.owes([item()], JUNE, HARBIN, date(2026, 6, 26))
    assert monthly.owes([item()], JUNE, HARBIN, date(2026, 6, 25))
    assert not monthly.owes([item()], JUNE, HARBIN, None)


@pytest.mark.requirement("R-223")
def test_nobody_owes_a_record_without_a_public_item() -> None:
    assert not monthly.owes([], JUNE, HARBIN, date(2026, 1, 1))


def reported(month: str, *statuses: str) -> Report:
    items = tuple({"commitment": f"C-2026-0154-{n}", "status": one} for n, one in enumerate(statuses, 1))
    return Report("2010018", month, "一", at("2026-06-30T10:00:00"), False, items, "")


@pytest.mark.requirement("R-224")
def test_months_without_progress_are_counted_back_without_a_gap() -> None:
    reports = [
        reported("2025-12", "none"),
        reported("2026-01", "none", "none"),
        reported("2026-02", "none", "done"),
    ]
    february = periods.month(2026, 2)
    assert monthly.months_without_progress(reports, "C-2026-0154-1", february) == 3
    assert monthly.months_without_progress(reports, "C-2026-0154-2", february) == 0
    assert monthly.months_without_progress(reports[::2], "C-2026-0154-1", february) == 1
