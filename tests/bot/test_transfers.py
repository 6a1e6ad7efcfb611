"""A transfer agreed for a later day: the duties stay until then, and what is unfinished follows on that day (S-15)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.scheduler.following import follow
from domain.people import Membership
from storage import models
from storage.codec import ZONE
from storage.facts import FactsView
from tests import cast, school
from tests.sealed import made

HEAD, RECEIVER, MEMBER = "2015021", "2006015", "S2024015"


@pytest.fixture
def moved(database_url: str) -> school.School:
    one = school.new(database_url, datetime(2026, 6, 20, 9, tzinfo=ZONE))
    one.publish(MEMBER, "学弟学妹就业帮扶4场", date(2026, 11, 30))
    one.say(HEAD, "转出 孙丽 到教工第二党支部 7月1日 留校")
    one.say(HEAD, "表现好")
    one.say(RECEIVER, "接收 孙丽")
    return one


def _of(one: school.School) -> tuple[list[Membership], set[str]]:
    with one.database.transaction() as tx:
        places = models.find(tx, Membership, models.table(Membership).c.person == MEMBER)
        return places, {item.org for item in FactsView(tx).commitments_of([MEMBER])}


@pytest.mark.requirement("R-008", "R-231")
def test_the_memberships_touch_and_never_overlap(moved: school.School) -> None:
    places, _ = _of(moved)
    assert [(one.org, one.start, one.end) for one in sorted(places, key=lambda one: one.start)] == [
        (cast.STUDENTS, date(2026, 1, 1), date(2026, 6, 30)),
        (cast.SECOND, date(2026, 7, 1), None),
    ]


@pytest.mark.requirement("R-230")
def test_what_is_unfinished_follows_on_the_day_and_only_once(moved: school.School, tmp_path: Path) -> None:
    bot = made(moved, tmp_path)
    assert follow(bot, datetime(2026, 6, 30, 23, tzinfo=ZONE)) == []
    assert _of(moved)[1] == {cast.STUDENTS}
    assert [one.person for one in follow(bot, datetime(2026, 7, 1, 0, 1, tzinfo=ZONE))] == [MEMBER]
    assert _of(moved)[1] == {cast.SECOND}
    assert follow(bot, datetime(2026, 7, 1, 1, 1, tzinfo=ZONE)) == []


@pytest.mark.requirement("R-231")
def test_until_the_day_the_member_is_on_the_old_list_and_from_then_on_the_new(moved: school.School) -> None:
    assert "孙丽" in moved.say(HEAD, "名单").reply
    moved.now = datetime(2026, 7, 1, 9, tzinfo=ZONE)
    assert "孙丽" not in moved.say(HEAD, "名单").reply
    assert "孙丽" in moved.say(RECEIVER, "名单").reply


@pytest.mark.requirement("R-230")
def test_the_june_record_written_in_july_belongs_to_the_old_branch(moved: school.School) -> None:
    moved.now = datetime(2026, 7, 2, 9, tzinfo=ZONE)
    moved.say(MEMBER, "写实")
    moved.say(MEMBER, "帮扶2场")
    moved.say(MEMBER, "按计划推进")
    sent = [one for one in moved.say(MEMBER, "确认").entries if one.kind == "report.submitted"]
    assert [(one.data["month"], one.entry.org) for one in sent] == [("2026-06", cast.STUDENTS)]


@pytest.mark.requirement("R-008", "R-016")
def test_who_left_meanwhile_cannot_be_received_any_more(sqlite_url: str) -> None:
    one = school.new(sqlite_url, datetime(2026, 6, 20, 9, tzinfo=ZONE))
    for words in ("转出 孙丽 到教工第二党支部 7月1日", "表现好", "毕业 孙丽 6月20日", "确认"):
        one.say(HEAD, words)
    refused = one.say(RECEIVER, "接收 孙丽")
    assert "不能办了" in refused.reply
    assert refused.entries == ()
    assert "已撤回" in one.say(HEAD, "撤回转出 孙丽").reply
