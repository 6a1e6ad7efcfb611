"""逾期 speaks of the same duties as the reminders, of whatever kind, and of nobody who is not pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from bot import profiles
from bot.scheduler import pending
from domain import enrolment
from domain.duties import above, gathering, lists
from domain.duties.overdue import PROMISED, Late, late
from domain.people import Membership
from storage.codec import ZONE
from tests import cast, school
from tests.school import School

LI, WANG, ZHANG, ZHOU, XU = "2005007", "2003011", "2010018", "1975003", "2007033"
NOW = datetime(2026, 7, 6, 10, tzinfo=ZONE)


@pytest.fixture
def one(sqlite_url: str) -> School:
    made = school.new(sqlite_url, NOW)
    for person in (ZHANG, ZHOU, XU):
        made.publish(person, "带2名青年教师", date(2026, 11, 30))
    return made


def found(one: School, *orgs: str, now: datetime = NOW) -> Sequence[Late]:
    with one.database.reading() as tx:
        at = pending.scene(tx, profiles.load("harbin"), now)
        return late(at, [org for org in gathering.units(at) if org.id in orgs], None)


def keys(lates: Sequence[Late]) -> set[tuple[str, str, str]]:
    return {(each.duty.code, each.duty.window.label, each.duty.object) for each in lates}


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(
    "now", [NOW, datetime(2026, 3, 18, 9, tzinfo=ZONE), datetime(2026, 8, 3, 9, tzinfo=ZONE)]
)
def test_every_duty_that_gathering_calls_overdue_is_there(one: School, now: datetime) -> None:
    with one.database.reading() as tx:
        at = pending.scene(tx, profiles.load("harbin"), now)
        units = gathering.units(at)
        wanted = {
            (duty.code, duty.window.label, duty.object)
            for unit in units
            for duty in gathering.of_unit(at, unit)
            if duty.is_overdue_on(at.today)
            and not duty.silence
            and not {lists.MARK, above.MARK}.intersection(duty.window.label)
        }
    assert wanted and wanted <= keys(found(one, *(unit.id for unit in units), now=now))


@pytest.mark.requirement("R-304")
def test_a_month_stays_until_its_quarter_is_written_and_the_promise_until_it_is_made(one: School) -> None:
    listed = keys(found(one, cast.FIRST))
    months = {label for code, label, who in listed if code == "K-05" and who == ZHANG}
    assert months == {"2026-04", "2026-05", "2026-06"}
    assert ("K-01", "2026", LI) in listed and ("K-01", "2026", ZHANG) not in listed
    after = keys(found(one, cast.FIRST, now=datetime(2026, 7, 11, 10, tzinfo=ZONE)))
    assert {label for code, label, who in after if code == "K-05" and who == ZHANG} == {"2026-06"}


@pytest.mark.requirement("R-148")
def test_nobody_who_is_not_pressed_is_late(one: School) -> None:
    assert ZHOU not in {owner for each in found(one, cast.SECOND) for owner in each.owners}


@pytest.mark.requirement("R-231")
def test_who_has_left_the_branch_owes_it_only_the_month_of_his_last_day_there(one: School) -> None:
    with one.database.reading() as tx:
        who = pending.scene(tx, profiles.load("harbin"), NOW).roster.person(ZHANG)
    assert who is not None
    bond = Membership(ZHANG, cast.FIRST, cast.START)
    one.write([enrolment.left(who, bond, date(2026, 7, 1), cast.FIRST)])
    one.write([enrolment.joined(who, Membership(ZHANG, cast.THIRD, date(2026, 7, 2)), cast.THIRD)])
    own = [each.duty.window.label for each in found(one, cast.FIRST) if ZHANG in each.owners]
    assert own == ["2026-06"]


@pytest.mark.requirement("R-089")
def test_a_promise_is_late_from_the_day_after_its_own(one: School) -> None:
    one.publish(LI, "每月走访一次学生宿舍", date(2026, 7, 5))
    assert [each.owners for each in found(one, cast.FIRST) if each.duty.code == PROMISED] == [(LI,)]
    before = found(one, cast.FIRST, now=datetime(2026, 7, 5, 23, 59, tzinfo=ZONE))
    assert not [each for each in before if each.duty.code == PROMISED]


def test_more_than_twenty_become_a_file_and_numbers_go_up_to_ninety_nine(one: School) -> None:
    outcome = one.say(WANG, "逾期")
    assert "名单见随后的文件" in outcome.reply and "张伟" not in outcome.reply
    assert len(outcome.files[0].rows) > 21
