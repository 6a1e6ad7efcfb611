"""Letting unknown accounts in: nobody is bound without a choice, nothing is revealed, no flood (R-292)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain import enrolment
from domain.people import Membership, Role, RoleKind
from storage import settings
from storage.codec import ZONE
from storage.roster import RosterView
from tests import cast, school
from tests.school import School

TODAY = date(2026, 7, 1)


@pytest.fixture
def one(database_url: str) -> School:
    return school.new(database_url, datetime(2026, 7, 1, 10, tzinfo=ZONE))


def move(one: School, person: str, to: str) -> None:
    """Somebody changes the branch."""
    with one.database.transaction() as tx:
        who, before = RosterView(tx).person(person), RosterView(tx).branch_of(person, TODAY)
    assert who and before
    bond = Membership(who.id, before.id, cast.START)
    one.write(
        [
            enrolment.left(who, bond, TODAY - timedelta(days=1), before.name),
            enrolment.joined(who, Membership(who.id, to, TODAY), to),
        ]
    )


def vacate(one: School, org: str) -> None:
    """The branch has no 书记 any more."""
    role = next(role for role in cast.ROLES if role.org == org)
    with one.database.transaction() as tx:
        who = RosterView(tx).person(role.person)
    assert who
    one.write(
        [enrolment.ended(who, Role(who.id, RoleKind.SECRETARY, org, cast.START), date(2026, 6, 30), org)]
    )


@pytest.mark.requirement("R-292")
def test_of_two_people_of_one_name_only_the_chosen_one_is_bound(one: School) -> None:
    move(one, "2012034", cast.FIRST)
    pushed = one.say("zw88", "张伟 教工第一党支部").pushes
    assert [tell.person for tell in pushed] == ["2005007"]
    assert "0154 张伟 讲师" in pushed[0].text and "0163 张伟 实验师" in pushed[0].text
    offered = one.say("2005007", "待绑定").reply
    assert "1 同意，是0154" in offered and "2 同意，是0163" in offered and "3 都不是" in offered
    bound = one.say("2005007", "2").entries
    assert [(one.kind, one.archive) for one in bound] == [
        ("contact.released", "person:2012034"),
        ("contact.bound", "person:2012034"),
    ]


@pytest.mark.requirement("R-292")
def test_a_stranger_hears_the_same_whether_or_not_the_name_is_in_the_roster(one: School) -> None:
    known = one.say("a1", "张伟 教工第一党支部").reply
    unknown = one.say("a2", "欧阳不在 教工第一党支部").reply
    same_sounding = one.say("a3", "章玮 教工第一党支部").reply
    assert known == unknown == same_sounding


def test_a_name_that_only_sounds_alike_is_offered_for_a_choice(one: School) -> None:
    (pushed,) = one.say("a3", "章玮 教工第一党支部").pushes
    assert "自称章玮" in pushed.text and "0154 张伟 讲师" in pushed.text


@pytest.mark.requirement("R-292")
def test_the_name_known_to_wecom_stands_beside_the_claim_and_is_mere_text(one: School) -> None:
    with one.database.transaction() as tx:
        settings.put(tx, "wecom_name:zw88", '张三<a href="x">点</a>')
    (pushed,) = one.say("zw88", "张伟 教工第一党支部").pushes
    assert "企业微信里的姓名：张三＜a" in pushed.text and "<" not in pushed.text


def test_a_vacant_branch_is_answered_for_by_the_one_above(one: School) -> None:
    vacate(one, cast.FIRST)
    assert [tell.person for tell in one.say("zw88", "张伟 教工第一党支部").pushes] == ["2003011"]
    assert "同意，是0154" in one.say("2003011", "待绑定").reply


def test_the_administrator_answers_when_no_secretary_can(one: School) -> None:
    vacate(one, cast.FIRST)
    vacate(one, cast.ENGINEERING)
    assert [tell.person for tell in one.say("zw88", "张伟 教工第一党支部").pushes] == ["2009012"]
    (_, bound) = one.say("2009012", "同意 0154").entries
    assert bound.entry.capacity == "admin"


def test_two_accounts_that_claim_one_person_are_told_apart_by_a_digit(one: School) -> None:
    one.say("zw88", "张伟 教工第一党支部")
    one.say("zw99", "张伟 教工第一党支部")
    listed = one.say("2005007", "同意 0154")
    assert not listed.entries and "账号zw88" in listed.reply and "账号zw99" in listed.reply
    bound = one.say("2005007", "3").entries
    assert [entry.data["account"] for entry in bound] == ["zhangwei", "zw99"]


def test_a_request_of_last_week_is_no_longer_offered(one: School) -> None:
    one.say("zw88", "张伟 教工第一党支部")
    one.now += timedelta(days=8)
    assert "没有待绑定" in one.say("2005007", "待绑定").reply
    assert one.say("zw88", "张伟 教工第一党支部").pushes


def test_a_request_survives_a_restart(one: School) -> None:
    one.say("zw88", "张伟 教工第一党支部")
    again = School(one.database, one.now, count=100)
    assert "zw88" in again.say("2005007", "待绑定").reply


def test_strangers_do_not_make_the_ledger_grow(one: School) -> None:
    before = len(one.entries())
    for n in range(30):
        one.say(f"s{n}", "张伟 教工第一党支部")
        one.say(f"s{n}", "随便写点什么" * 50)
    assert len(one.entries()) == before


def test_a_bound_account_is_not_bound_again_by_an_old_list(one: School) -> None:
    one.say("zw88", "张伟 教工第一党支部")
    one.say("2005007", "待绑定")
    one.say("2003011", "同意 0154")
    assert not one.say("2005007", "1").entries


def test_pictures_and_voices_of_strangers_get_no_answer(one: School) -> None:
    assert one.photo("zw88").reply == ""
    assert one.say("zw88", "", "voice", "voice-1").reply == ""
