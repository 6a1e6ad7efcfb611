"""Whoever loses an office loses its powers at once, whatever was begun or listed before."""

from __future__ import annotations

from datetime import date

import pytest

from domain.people import RoleKind
from tests import cast, school
from tests.attacks.handing_over import gains_office, loses_office, moves
from tests.cast import BY_NAME, FIRST, SECOND
from tests.school import School

LI, ZHANG, XU, LIU, MENG = (BY_NAME[name] for name in ("李芳", "张伟", "许峰", "刘洋", "孟凡"))


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database."""
    return school.new(sqlite_url)


def promised(made: School) -> None:
    """张伟 has proposed an item that waits for the secretary's signature."""
    made.say(ZHANG, "作承诺：12月20日之前为2名新教师各听课4次并书面反馈")
    made.say(ZHANG, "1")
    assert [one.kind for one in made.say(ZHANG, "签字").entries][:1] == ["commitment.proposed"]


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize("begin", ["全签", "退 0154-1", "公开", "免 许峰", "谁没交"])
def test_a_draft_begun_in_office_writes_nothing_after_the_office_is_lost(made: School, begin: str) -> None:
    promised(made)
    made.publish(LIU, "每月听课两次", date(2026, 12, 20))
    made.say(LI, begin)
    made.say(LI, "没有写清做几次")
    loses_office(made, LI, FIRST)
    before = len(made.entries())
    for words in ("确认", "签字", "住院", "确认", "1", "继续", "确认", "改1 许峰", "改2 生病", "确认"):
        made.say(LI, words)
    assert [one.kind for one in made.entries()[before:]] == []


@pytest.mark.requirement("R-222")
def test_a_waiver_begun_in_one_branch_is_not_written_from_the_chair_of_another(made: School) -> None:
    made.publish(XU, "每月听课两次", date(2026, 12, 20))
    made.say(LI, "免 许峰")
    loses_office(made, LI, FIRST)
    gains_office(made, LI, SECOND)
    assert made.say(LI, "住院").entries == ()
    assert made.say(LI, "确认").entries == ()


@pytest.mark.requirement("R-222")
def test_nobody_is_waived_by_the_secretary_of_a_branch_he_has_left(made: School) -> None:
    made.publish(XU, "每月听课两次", date(2026, 12, 20))
    made.say(LI, "免 许峰")
    moves(made, XU, FIRST, SECOND)
    made.say(LI, "住院")
    assert made.say(LI, "确认").entries == ()


@pytest.mark.requirement("R-354")
def test_a_unit_is_not_opened_from_the_chair_of_another(made: School) -> None:
    from domain import enrolment

    for org in cast.ORGS:
        if org.name in (FIRST, SECOND):
            made.write([enrolment.org_changed(org, opened_on=None)])
    made.say(LI, "开始")
    loses_office(made, LI, FIRST)
    gains_office(made, LI, SECOND)
    assert made.say(LI, "确认").entries == ()


@pytest.mark.requirement("R-306")
def test_who_may_only_look_at_a_branch_reminds_nobody_there(made: School) -> None:
    made.publish(BY_NAME["韩雪"], "每月听课两次", date(2026, 12, 20))
    gains_office(made, LI, cast.OFFICE, RoleKind.STAFF)
    assert "韩雪" in made.say(LI, "教工第二党支部谁没交").reply
    assert made.say(LI, "催一下教工第二党支部").pushes == ()
    made.say(LI, "教工第二党支部谁没交")
    assert made.say(LI, "催 1").pushes == ()
    assert made.say(LI, "催一下").pushes == ()


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize("begin", ["谁没交", "名单", "未绑定", "待签"])
def test_a_list_of_the_office_opens_nothing_after_it_is_lost(made: School, begin: str) -> None:
    promised(made)
    made.publish(LIU, "每月听课两次", date(2026, 12, 20))
    made.say(LI, begin)
    loses_office(made, LI, FIRST)
    for digit in ("1", "2", "催 1", "免 1 住院", "催一下", "谁没交"):
        outcome = made.say(LI, digit)
        assert outcome.entries == outcome.pushes == ()
        assert not any(name in outcome.reply for name in ("刘洋", "张伟", "许峰", "听课")), outcome.reply


@pytest.mark.requirement("R-351")
def test_who_is_no_administrator_any_more_cannot_confirm_a_stop_begun_before(made: School) -> None:
    made.say(MENG, "停发")
    loses_office(made, MENG, cast.SCHOOL, RoleKind.ADMIN)
    assert "管理员" in made.say(MENG, "确认").reply
    with made.database.transaction() as tx:
        from storage import settings

        assert not settings.get(tx, "hold")


def asks_to_be(made: School, account: str, words: str) -> None:
    made.say(account, words)


@pytest.mark.requirement("R-292")
def test_a_binding_is_not_granted_by_digit_after_the_office_is_lost(made: School) -> None:
    asks_to_be(made, "someone", "许峰 教工第一党支部")
    assert "someone" in made.say(LI, "待绑定").reply
    loses_office(made, LI, FIRST)
    assert made.say(LI, "1").entries == ()
    assert made.say(LI, "同意 0159").entries == ()


@pytest.mark.requirement("R-292")
def test_a_binding_is_not_taken_back_after_the_office_is_lost(made: School) -> None:
    asks_to_be(made, "someone", "许峰 教工第一党支部")
    assert made.say(LI, "同意 0159").entries
    loses_office(made, LI, FIRST)
    assert made.say(LI, "撤回").entries == ()


@pytest.mark.requirement("R-292")
def test_taking_back_a_binding_takes_no_account_from_whom_it_speaks_for_meanwhile(made: School) -> None:
    asks_to_be(made, "someone", "许峰 教工第一党支部")
    assert made.say(LI, "同意 0159").entries
    asks_to_be(made, "xufeng", "方明 教工第二党支部")
    assert made.say(BY_NAME["赵强"], "同意 0166").entries
    made.say(LI, "撤回")
    assert "方明" in made.say("xufeng", "我的台账").reply


@pytest.mark.requirement("R-151")
def test_a_review_is_not_posted_about_somebody_who_left_before_it_was_confirmed(made: School) -> None:
    made.say(LI, "点评张伟：教工一支部的张伟工作认真；不足是慢；下一步加快")
    made.say(LI, "1")
    moves(made, ZHANG, FIRST, SECOND)
    outcome = made.say(LI, "确认")
    assert outcome.entries == ()
