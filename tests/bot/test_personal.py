"""帮助, 我的 and 我的台账: what each of the cast is offered, and that every digit leads somewhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from storage.codec import ZONE
from tests import cast, school
from tests.school import School

LOST = "没太明白"


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 6, 26, 9, tzinfo=ZONE))


def choices(one: School, person: str, word: str) -> int:
    reply = one.say(person, word).reply
    return sum(1 for line in reply.splitlines() if line[:1].isdigit())


@pytest.mark.requirement("R-302")
@pytest.mark.parametrize("name", ["王明", "李芳", "王建国", "郑国栋", "吴婷", "孟凡", "孙丽"])
def test_help_fits_one_screen_and_says_first_what_this_is(one: School, name: str) -> None:
    lines = one.say(cast.BY_NAME[name], "帮助").reply.splitlines()
    assert len(lines) <= 12
    assert lines[0].startswith("这是“写实”小助手")


@pytest.mark.requirement("R-298")
@pytest.mark.parametrize("name", ["王明", "李芳", "王建国", "孟凡", "吴婷"])
@pytest.mark.parametrize("word", ["帮助", "我的", "我的台账"])
def test_every_digit_that_is_offered_leads_somewhere(one: School, name: str, word: str) -> None:
    person = cast.BY_NAME[name]
    one.publish(person, "实验室向学生开放", date(2026, 11, 30))
    count = choices(one, person, word)
    assert count
    for n in range(1, count + 1):
        choices(one, person, word)
        reply = one.say(person, str(n)).reply
        assert reply and LOST not in reply and "还没有开放" not in reply, n
        one.say(person, "取消")


@pytest.mark.requirement("R-302")
def test_only_those_with_an_office_are_offered_its_work(one: School) -> None:
    assert "谁没交" not in one.say(cast.BY_NAME["王明"], "帮助").reply
    assert "谁没交" in one.say(cast.BY_NAME["李芳"], "帮助").reply
    assert "停发" in one.say(cast.BY_NAME["孟凡"], "帮助").reply
    assert "停发" not in one.say(cast.BY_NAME["吴婷"], "帮助").reply


@pytest.mark.requirement("R-216")
def test_one_s_own_archive_names_promises_and_months_newest_first(one: School) -> None:
    person = cast.BY_NAME["张伟"]
    one.publish(person, "实验室向学生开放", date(2026, 11, 30))
    one.publish(person, "带2名青年教师听课", date(2026, 12, 20), date(2026, 3, 2), n=2)
    for text in (
        "补报5月",
        "都没动",
        "抓得不紧",
        "确认",
        "写实",
        "1 开放4次 2 听课两次",
        "按计划推进",
        "确认",
    ):
        one.say(person, text)
    reply = one.say(person, "我的台账").reply
    assert reply.index("带2名青年教师听课") < reply.index("实验室向学生开放")
    assert "写实" in reply and "迟报" in reply
