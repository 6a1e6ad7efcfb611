"""Reminders avoid days off: by the office's list, by the package, and in years that nobody knows yet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import profiles
from bot.scheduler import ticks
from bot.scheduler.holidays import calendar, unlisted, warning
from domain.clockwork import UNLISTED
from domain.profile import merged
from storage import settings
from storage.codec import ZONE
from tests.installation import Installation, running

IS_WORKDAY = calendar(profiles.load("harbin"))


@pytest.mark.requirement("R-242")
@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 23), True),
        (date(2025, 10, 6), False),
        (date(2039, 1, 1), False),
        (date(2039, 10, 3), False),
        (date(2039, 3, 15), True),
        (date(2039, 3, 13), False),
    ],
)
def test_a_day_is_worked_or_not(day: date, is_workday: bool) -> None:
    assert IS_WORKDAY(day) is is_workday


@pytest.mark.requirement("R-242")
def test_the_offices_own_list_wins_over_everything() -> None:
    own = merged(
        profiles.load("harbin"), {"calendar.holidays": ["2026-03-12"], "calendar.workdays": []}, "own"
    )
    assert not calendar(own)(date(2026, 3, 12))
    assert calendar(own)(date(2026, 10, 1))


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        yield made


def warned(here: Installation, *moments: datetime) -> list[str]:
    """Of which years the administrator has read by now, after the tick ran at these moments."""
    for moment in moments:
        here.clock.moment = moment
        for name in ("calendar", "deliver"):
            ticks.TICKS[name](here.bot, moment)
    return [text[:5] for text in here.texts("mengfan") if "放假日" in text]


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 33, tzinfo=ZONE)


def test_a_year_that_the_office_or_the_package_knows_is_listed() -> None:
    harbin = profiles.load("harbin")
    assert unlisted(harbin, date(2025, 1, 1), date(2040, 1, 1))[-3:] == [2038, 2039, 2040]
    assert warning(harbin, date(2026, 1, 1), date(2026, 12, 31)) == ""
    own = merged(harbin, {"calendar.holidays": ["2039-01-01"]}, "own")
    assert 2039 not in unlisted(own, date(2038, 1, 1), date(2040, 12, 31))


@pytest.mark.requirement("R-242")
def test_the_administrator_is_warned_once_in_december_of_the_coming_year(here: Installation) -> None:
    assert warned(here, at(2038, 11, 30)) == ["2038年"]
    assert warned(here, at(2038, 12, 1), at(2038, 12, 2), at(2039, 1, 3)) == ["2038年", "2039年"]


def test_the_state_says_so_until_somebody_lists_it(here: Installation) -> None:
    warned(here, at(2038, 12, 1))
    here.school.now = here.now
    assert "2038、2039年的放假安排还没有" in here.school.say("2009012", "调度状态").reply
    listed = merged(here.bot.profile, {"calendar.holidays": ["2038-01-01", "2039-01-01"]}, "own")
    ticks.TICKS["calendar"](replace(here.bot, profile=listed), here.now)
    with here.bot.database.reading() as tx:
        assert settings.get(tx, UNLISTED) == ""
    assert "放假安排" not in here.school.say("2009012", "调度状态").reply
