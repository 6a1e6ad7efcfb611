"""Sheets and lists leave only for whom the table of authority lets read them (R-344, domain §2.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from storage.codec import ZONE
from tests import cast, school
from tests.cast import BY_NAME
from tests.school import School

ZHANG = BY_NAME["张伟"]
# Who gets which sheet about 教工第一党支部: 台账 of 张伟, who owes, who belongs to it, what waits for a signature.
SHEETS = {
    "台账 2010018": {"2010018", "2005007", "2003011", "2000001", "2008030"},
    "教工第一党支部谁没交": {"2005007", "2003011", "2000001", "2008030", "2001002"},
    "教工第一党支部名单": {"2005007", "2003011", "2000001", "2008030", "2009012"},
    "待签": {"2005007"},
    "还欠谁": {"2005007"},
}
SECRETS = ("走访宿舍12次", "刘洋", "许峰", "陈静", "高远")


@pytest.fixture
def made(sqlite_url: str) -> School:
    """Lists so long that each of them leaves as a file."""
    one = school.new(sqlite_url, datetime(2026, 7, 6, 10, tzinfo=ZONE))
    one.dispatcher.profile.values["chat.names_in_text"] = 1  # type: ignore[index]
    for n in range(1, 8):
        one.publish(ZHANG, f"走访宿舍12次，第{n}栋", date(2026, 11, 30), n=n)
    for id, *_ in cast.PEOPLE:
        if id != ZHANG:
            one.publish(id, "带2名青年教师", date(2026, 11, 30))
    for who in (ZHANG, BY_NAME["刘洋"]):
        for words in ("作承诺：12月20日前走访宿舍12次", "1", "签字", "没有"):
            one.say(who, words)
    one.now += timedelta(minutes=1)
    return one


@pytest.mark.requirement("R-305", "R-344")
@pytest.mark.parametrize("words", SHEETS)
def test_each_sheet_goes_to_those_who_may_read_it_and_to_nobody_else(made: School, words: str) -> None:
    for id, _, account, *_ in cast.PEOPLE:
        if not account:
            continue
        outcome = made.say(id, words)
        cells = [cell for file in outcome.files for row in file.rows for cell in row]
        told = [secret for secret in SECRETS if any(secret in cell for cell in cells)]
        assert bool(told) == (id in SHEETS[words]), (id, outcome.reply, cells[:3])
        made.say(id, "取消")


@pytest.mark.requirement("R-131")
def test_no_picture_of_a_review_leaves_for_anybody(made: School) -> None:
    from sqlalchemy import select

    from storage.tables import owed

    made.photo("2005007", "photo-1")
    for words in ("点评刘洋：值班认真", "确认"):
        made.say("2005007", words)
    with made.database.transaction() as tx:
        kinds = set(tx.connection.execute(select(owed.c.kind)).scalars())
    assert kinds <= {"text", "file", "fetch"}
