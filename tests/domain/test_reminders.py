"""Reminders come in four steps at most, in the daytime, once, and only for what is still open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import profiles
from domain.reminders import LEADERS, Pending, Step, due_on, out_of_quiet, plan, send_at, steps, workdays
from storage.codec import ZONE

PROFILE = profiles.load("harbin")
IS_WORKDAY = workdays(PROFILE.holidays(), {date(2026, 2, 14)})
JUNE = Pending("K-05", "2010018", "2026-06", "教工第一党支部", date(2026, 6, 25), date(2026, 7, 5))


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@pytest.mark.requirement("R-320")
@pytest.mark.requirement("R-242")
def test_the_steps_of_june_avoid_the_weekend_before_its_last_day() -> None:
    assert steps(JUNE.opens, JUNE.due, IS_WORKDAY) == (
        Step("open", date(2026, 6, 25)),
        Step("due", date(2026, 7, 3)),
        Step("after", date(2026, 7, 6)),
    )


@pytest.mark.requirement("R-320")
def test_four_steps_when_every_day_is_a_workday() -> None:
    found = steps(date(2026, 6, 25), date(2026, 7, 5), lambda day: True)
    assert [(one.code, one.day.day) for one in found] == [
        ("open", 25),
        ("before", 3),
        ("due", 5),
        ("after", 6),
    ]


@pytest.mark.requirement("R-324")
def test_who_has_many_to_review_hears_in_the_middle_and_ten_and_three_days_before_the_end() -> None:
    found = steps(date(2026, 7, 1), date(2026, 9, 30), lambda day: True, LEADERS)
    assert [(one.name, one.code, one.day) for one in found] == [
        ("open", "open", date(2026, 7, 1)),
        ("before:middle", "before", date(2026, 8, 15)),
        ("before:10", "before", date(2026, 9, 20)),
        ("before:3", "before", date(2026, 9, 27)),
        ("due", "due", date(2026, 9, 30)),
        ("after", "after", date(2026, 10, 1)),
    ]


@pytest.mark.requirement("R-324")
def test_in_a_short_window_a_step_that_would_come_after_a_later_one_gives_way() -> None:
    found = steps(date(2026, 9, 1), date(2026, 9, 14), lambda day: True, LEADERS)
    assert [one.name for one in found] == ["open", "before:10", "before:3", "due", "after"]


@pytest.mark.requirement("R-322")
def test_after_an_outage_only_the_latest_step_is_made_up_and_an_old_one_is_dropped() -> None:
    everyday = workdays((), ())
    assert due_on(JUNE, at(date(2026, 7, 4)), everyday) == Step("due", date(2026, 7, 3))
    assert due_on(JUNE, at(date(2026, 7, 8)), everyday) == Step("after", date(2026, 7, 6))
    assert due_on(JUNE, at(date(2026, 7, 14)), everyday) is None
    assert due_on(JUNE, at(date(2026, 6, 24)), everyday) is None


@pytest.mark.requirement("R-321")
def test_two_duties_of_a_person_on_one_day_are_one_message() -> None:
    review = Pending("K-08", "2010018", "2026-Q2", "教工第一党支部", date(2026, 6, 25), date(2026, 6, 30))
    planned = plan([JUNE, review], set(), at(date(2026, 6, 25)), IS_WORKDAY)
    assert [(one.pending.duty, one.step.code) for one in planned["2010018"]] == [
        ("K-05", "open"),
        ("K-08", "open"),
    ]


@pytest.mark.requirement("R-322")
def test_what_was_planned_once_is_never_planned_again_and_what_is_done_never_at_all() -> None:
    now = at(date(2026, 6, 25))
    (first,) = plan([JUNE], set(), now, IS_WORKDAY)["2010018"]
    assert not plan([JUNE], {first.key}, now, IS_WORKDAY)
    done = Pending("K-05", "2010018", "2026-06", "", JUNE.opens, JUNE.due, reason="已交")
    assert not plan([done], set(), now, IS_WORKDAY)


@pytest.mark.requirement("R-320")
def test_a_snoozed_reminder_comes_at_its_own_moment_and_the_steps_wait() -> None:
    until = at(date(2026, 7, 2), 10)
    snoozed = Pending("K-05", "2010018", "2026-06", "", JUNE.opens, JUNE.due, snoozed_until=until)
    assert due_on(snoozed, at(date(2026, 7, 2), 9), IS_WORKDAY) is None
    assert due_on(snoozed, until, IS_WORKDAY) == Step("manual:2026-07-02", date(2026, 7, 2))
    assert due_on(snoozed, at(date(2026, 7, 3)), IS_WORKDAY) == Step("due", date(2026, 7, 3))


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.requirement("R-320")
@given(opens=days, length=st.integers(0, 92), holidays=st.sets(days, max_size=40))
def test_steps_are_workdays_in_order_and_at_most_three_come_before_the_end(
    opens: date, length: int, holidays: set[date]
) -> None:
    is_workday = workdays(holidays, ())
    due = opens + timedelta(days=length)
    found = steps(opens, due, is_workday)
    assert [one.day for one in found] == sorted({one.day for one in found})
    assert sum(one.day <= due for one in found) <= 3
    assert all(is_workday(one.day) for one in found if len(holidays) < 8)


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), person=st.text(max_size=12))
def test_nobody_hears_anything_in_the_quiet_hours(hour: int, minute: int, person: str) -> None:
    now = datetime(2026, 6, 25, hour, minute, tzinfo=ZONE)
    leaves = send_at(person, now, time(9), time(21), time(8))
    assert time(8) <= leaves.time() < time(21) and leaves >= now
    assert out_of_quiet(now, time(21), time(8)) >= now
