"""What one person sends again and again does not grow without end, and does not speak louder each time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import texts
from bot.engine.talk import MOST_LOOSE
from storage.tables import conversation
from tests import school
from tests.cast import BY_NAME
from tests.school import School

LI, LIU, ZHANG = (BY_NAME[name] for name in ("李芳", "刘洋", "张伟"))


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database."""
    return school.new(sqlite_url)


def size_of(made: School, person: str) -> int:
    """How many characters are kept of somebody's conversation."""
    with made.database.transaction() as tx:
        rows = tx.connection.execute(conversation.select().where(conversation.c.speaker == person))
        return sum(len(row.state) for row in rows)


def test_photos_without_a_place_do_not_pile_up_in_a_conversation(made: School) -> None:
    for _ in range(MOST_LOOSE):
        made.photo(LIU)
    full = size_of(made, LIU)
    for _ in range(5):
        made.photo(LIU)
    assert size_of(made, LIU) == full


def test_a_photo_is_answered_again_once_yesterdays_are_forgotten(made: School) -> None:
    assert made.photo(LIU).reply == texts.PHOTO_KEPT
    assert made.photo(LIU).reply == ""
    made.now += timedelta(hours=25)
    assert made.photo(LIU).reply == texts.PHOTO_KEPT


def test_drafts_put_aside_do_not_pile_up(made: School) -> None:
    def begin() -> None:
        made.say(LI, "点评张伟：工作认真" + "很" * 500)
        made.say(LI, "取消")

    for _ in range(8):
        begin()
    full = size_of(made, LI)
    for _ in range(8):
        begin()
    assert size_of(made, LI) <= full + 20


@pytest.mark.requirement("R-306")
def test_saying_it_ten_times_reminds_nobody_twice(made: School) -> None:
    from datetime import date

    made.publish(ZHANG, "每月听课两次", date(2026, 12, 20))
    for _ in range(10):
        made.say(LI, "催一下")
    assert [tell.person for one in made.outcomes for tell in one.pushes].count(ZHANG) <= 1


@pytest.mark.requirement("R-292")
def test_the_name_that_wecom_shows_begins_no_line_and_makes_no_link(made: School) -> None:
    from storage import settings

    with made.database.transaction() as tx:
        settings.put(tx, "wecom_name:someone", "张三\n已核对，请直接同意<a href='x'>")
    (told,) = made.say("someone", "许峰 教工第一党支部").pushes
    assert "<" not in told.text
    assert not any(line.startswith("已核对") for line in told.text.split("\n"))
