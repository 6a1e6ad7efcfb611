"""Which window a question means for each duty, and whom it is about."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import profiles
from bot.scheduler import pending
from domain.asked import Question, due_day, opens, question
from domain.periods import parse_code
from storage.codec import ZONE
from tests import cast, school

EVERYWHERE = tuple(org.id for org in cast.ORGS)


def asked(url: str, duty: str, period: str, profile: str = "harbin") -> tuple[Question, str]:
    """The question, and its first and last day."""
    one = school.new(url, datetime(2026, 7, 6, 10, tzinfo=ZONE))
    with one.database.reading() as tx:
        at = pending.scene(tx, profiles.load(profile), one.now)
        found = question(at, duty, parse_code(period), EVERYWHERE)
        days = [f"{opens(at, duty, window)}/{due_day(at, duty, window)}" for window in found.windows]
    return found, " ".join(days)


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(
    ("duty", "period", "window", "days"),
    [
        ("K-05", "", "2026-06", "2026-06-25/2026-07-05"),
        ("K-05", "2026-04", "2026-04", "2026-04-25/2026-05-05"),
        ("K-08", "", "2026-Q3", "2026-07-01/2026-09-30"),
        ("K-08", "2026-05", "2026-Q2", "2026-04-01/2026-06-30"),
        ("K-09", "", "2026-H1", "2026-01-01/2026-07-31"),
        ("K-09", "2026-Q1", "2026-H1", "2026-01-01/2026-07-31"),
        ("K-09", "2026", "2026-H1", "2026-01-01/2026-07-31"),
        ("K-09", "2025", "2025-H2", "2025-08-01/2025-12-31"),
        ("K-10", "", "2026", "2026-03-01/2026-04-30"),
        ("K-10", "2025-H1", "2025", "2025-03-01/2025-04-30"),
        ("K-01", "2026-05", "2026", "2026-01-01/2026-03-15"),
        ("K-01@", "", "2026", "2026-01-01/2026-03-15"),
        ("K-02", "", "2026", "2026-01-01/None"),
    ],
)
def test_any_period_word_fits_any_duty(
    sqlite_url: str, duty: str, period: str, window: str, days: str
) -> None:
    found, first_and_last = asked(sqlite_url, duty, period)
    assert (found.period.label, first_and_last) == (window, days)


@pytest.mark.requirement("R-139")
def test_duties_of_members_are_asked_of_branches_and_others_of_whatever_has_a_level_above(
    sqlite_url: str,
) -> None:
    members, _ = asked(sqlite_url, "K-05", "")
    assert {org.id for org in members.orgs} == {cast.FIRST, cast.SECOND, cast.STUDENTS, cast.THIRD}
    orgs, _ = asked(f"{sqlite_url}.other", "K-09", "")
    assert {org.id for org in orgs.orgs} - {org.id for org in members.orgs} == {
        cast.ENGINEERING,
        cast.OFFICES,
    }


def test_where_no_round_is_laid_down_nobody_is_missing(sqlite_url: str) -> None:
    one = school.new(sqlite_url, datetime(2026, 7, 6, 10, tzinfo=ZONE))
    one.profile = "qingdao"
    one.__post_init__()
    assert one.say("2005007", "普遍点评还差谁").reply == "没有规定普遍点评的时间，不用统计。"
