"""Row 24: a number stands for what was shown; when that has changed, the present state is shown and nothing done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.delivery import deliver
from domain import enrolment
from domain.people import Role, RoleKind
from storage import speakers
from storage.codec import ZONE
from storage.roster import RosterView
from tests import cast, school
from tests.installation import running
from tests.school import School

ZHANG, WANG, LIU, CHEN = "2010018", "2010052", "2011045", "2014023"
LI, ZHAO, LEADER = "2005007", "2006015", "2003011"
NOW = datetime(2026, 2, 25, 9, tzinfo=ZONE)
CHANGED, AGAIN = "这一件有变动，请先看现在的：", "您看过以后有变动，还没有提交。请看现在的："


@pytest.fixture
def one(database_url: str) -> School:
    made = school.new(database_url, NOW)
    give_a_second_secretary(made)
    return made


def give_a_second_secretary(one: School) -> None:
    with one.database.transaction() as tx:
        who = RosterView(tx).person(ZHAO)
    assert who is not None
    post = Role(ZHAO, RoleKind.SECRETARY, cast.FIRST, date(2026, 2, 1))
    one.write([enrolment.given(who, post, cast.FIRST)])


def say(one: School, person: str, *words: str) -> str:
    for each in words:
        one.say(person, each)
    return one.outcomes[-1].reply


def promise(one: School, person: str, goal: str) -> None:
    assert "已签" in say(one, person, f"6月底前{goal}", "1", "签字")


def rewrite(one: School, person: str, goal: str) -> None:
    assert "已签" in say(one, person, "改承诺", f"6月底前{goal}", "签字")


def written(one: School, kind: str) -> int:
    return sum(entry.kind == kind for entry in one.entries())


def signatures(one: School) -> int:
    second = [entry for entry in one.entries() if entry.kind == "commitment.signed"]
    return sum(entry.data["capacity"] == "secretary" for entry in second)


@pytest.mark.row(24)
def test_what_another_secretary_sent_back_and_its_author_rewrote_is_shown_before_it_is_signed(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    assert "2 退回" in say(one, LI, "待签", "1")
    assert "已退回" in say(one, ZHAO, "退 0154-1 次数太少")
    rewrite(one, ZHANG, "给大三学生讲6次论文写作")
    reply = say(one, LI, "1")
    assert reply.startswith(CHANGED) and "讲6次论文写作" in reply and signatures(one) == 0
    assert "已签0154-1" in say(one, LI, "确认") and signatures(one) == 1


@pytest.mark.row(24)
@pytest.mark.parametrize("words", ["1", "签", "同意", "2", "退"])
def test_however_the_opened_item_is_answered(one, words):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    say(one, LI, "待签", "1")
    say(one, ZHAO, "退 0154-1 次数太少")
    rewrite(one, ZHANG, "给大三学生讲6次论文写作")
    reply = say(one, LI, words)
    assert CHANGED in reply and "讲6次论文写作" in reply
    assert signatures(one) == 0 and written(one, "commitment.returned") == 1


@pytest.mark.row(24)
def test_what_another_signed_meanwhile_is_said_to_be_signed(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    say(one, LI, "待签", "1")
    assert "已签0154-1" in say(one, ZHAO, "签 0154-1")
    assert say(one, LI, "1") == "0154-1已经签过了。" and signatures(one) == 1
    assert say(one, LI, "2") == "0154-1已经签过了。" and written(one, "commitment.returned") == 0


@pytest.mark.row(24)
def test_a_read_back_of_which_one_item_changed_is_read_back_anew(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    promise(one, WANG, "给大四学生讲2次论文写作")
    assert "将签字2件" in say(one, LI, "全签")
    say(one, ZHAO, "退 0154-1 次数太少")
    rewrite(one, ZHANG, "给大三学生讲6次论文写作")
    reply = say(one, LI, "确认")
    assert reply.startswith(AGAIN) and "讲6次论文写作" in reply and signatures(one) == 0
    assert "已签2件" in say(one, LI, "确认") and signatures(one) == 2


@pytest.mark.row(24)
def test_a_read_back_of_which_one_item_was_dealt_with_goes_on_with_the_others(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    promise(one, WANG, "给大四学生讲2次论文写作")
    say(one, LI, "全签")
    say(one, ZHAO, "退 0154-1 次数太少")
    reply = say(one, LI, "确认")
    assert "已签0160-1" in reply and "另有1件已经处理过了" in reply and signatures(one) == 1


@pytest.mark.row(24)
def test_a_read_back_of_which_nothing_is_left_says_where_everything_stands(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    promise(one, WANG, "给大四学生讲2次论文写作")
    say(one, LI, "全签")
    say(one, ZHAO, "退 0154-1 次数太少", "签 0160-1")
    reply = say(one, LI, "确认")
    assert reply == "0154-1已经退回，等张伟同志修改。\n0160-1已经签过了。" and signatures(one) == 1


@pytest.mark.row(24)
def test_a_return_that_was_begun_says_what_became_of_the_item(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    say(one, LI, "退 0154-1", "没有写清给哪个班")
    say(one, ZHAO, "签 0154-1")
    reply = say(one, LI, "确认")
    assert reply.startswith("0154-1已经签过了。") and written(one, "commitment.returned") == 0


@pytest.mark.row(24)
def test_what_is_to_be_published_is_shown_again_when_a_change_was_signed_meanwhile(one):
    full = one.publish(ZHANG, "给大三学生讲3次论文写作", date(2026, 6, 30), on=date(2026, 2, 1))
    one.write([one._about(ZHANG, "commitment.revised", commitment=full, goal="讲4次", reason="多一个班")])
    say(one, LI, "签 0154-1")
    assert "讲4次" in say(one, LI, "公开 0154-1", "1")
    again = one._about(ZHANG, "commitment.revised", commitment=full, goal="讲5次", reason="再多一个班")
    one.write([again], at=one.now)
    say(one, ZHAO, "签 0154-1")
    reply = say(one, LI, "确认")
    assert reply.startswith(AGAIN) and "讲5次" in reply and written(one, "commitment.published") == 1
    assert "已公开1件" in say(one, LI, "确认")


@pytest.mark.row(24)
def test_a_list_in_a_question_that_grew_meanwhile_is_given_again(one):
    for reviewer in (LEADER, LI):
        assert "已" in say(one, reviewer, "点评刘洋：带学生用心；不足是家访少", "确认")
    before = say(one, LIU, "回应 已改")
    assert "1 2月25日 李芳" in before and "2 2月25日 王建国" in before
    one.reviewed(LIU, ZHAO, date(2026, 2, 25))
    reply = say(one, LIU, "1")
    assert reply.startswith("这张单子刚才有变动") and "1 2月25日 赵强" in reply
    assert "点评：2月25日 李芳" in say(one, LIU, "2").replace("1 点评", "点评")
    assert written(one, "review.answered") == 0


@pytest.mark.row(24)
def test_the_digit_of_a_list_of_drafts_means_the_draft_it_meant(one):
    for words in ("点评刘洋：带学生用心", "取消", "点评陈静：家访勤", "取消"):
        say(one, LI, words)
    assert "1 点评（2月25日09:00）：点评陈静" in say(one, LI, "继续")
    say(one, LI, "点评宋佳：讲课清楚", "取消")
    reply = say(one, LI, "2")
    assert "您存着3份草稿" in reply and "3 点评（2月25日09:00）：点评刘洋" in reply
    assert "对象：刘洋" in say(one, LI, "3").replace("①", "").replace(" ", "")


@pytest.mark.row(24)
def test_an_account_that_claims_somebody_else_by_now_is_not_refused_unseen(one):
    say(one, "newcomer", "周福生 教工第二党支部")
    assert "2 都不是" in say(one, ZHAO, "待绑定")
    say(one, "newcomer", "方明 教工第二党支部")
    reply = say(one, ZHAO, "2")
    assert reply.startswith("这张单子刚才有变动") and "自称方明" in reply and not one.outcomes[-1].pushes
    assert "没有绑定" in say(one, ZHAO, "2")


@pytest.mark.row(24)
def test_numbers_of_people_mean_the_last_list_of_people(one):
    for person in (ZHANG, CHEN):
        one.publish(person, "走访宿舍12次", date(2026, 11, 30))
    one.now = datetime(2026, 6, 25, 9, tzinfo=ZONE)
    assert "①张伟、②陈静" in say(one, LI, "谁没交").replace("（教工一支部）", "")
    assert "1 王建国" in say(one, LI, "名单")
    say(one, LI, "催 2")
    assert not one.outcomes[-1].pushes
    assert "自己的免填由上级书记来定。请找赵强同志、王建国同志" in say(one, LI, "免 2 住院")
    assert written(one, "duty.waived") == 0
    assert "请先问“谁没交”" in say(one, ZHAO, "名单", "催 1")


@pytest.mark.row(24)
def test_a_conversation_of_an_earlier_release_shows_the_item_once_more(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    old = {"choices": ["签 0154-1", "退 0154-1"], "listed": one.now.isoformat()}
    with one.database.transaction() as tx:
        speakers.save(tx, LI, old, one.now)
    assert say(one, LI, "1").startswith(CHANGED) and signatures(one) == 0
    assert "已签0154-1" in say(one, LI, "确认")


@pytest.mark.row(24)
def test_a_menu_s_click_shows_the_present_state(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    say(one, ZHAO, "签 0154-1")
    assert one.say(LI, "待签", "click").reply == "现在没有等您签字的承诺。"


@pytest.fixture
def phones(database_url: str, tmp_path: Path) -> Iterator[tuple[School, object]]:
    """A school whose pushes really leave when `deliver` is called."""
    with running(database_url, tmp_path) as here:
        here.school.now = NOW
        yield here.school, lambda: deliver(here.bot, here.school.now.replace(hour=12))


@pytest.mark.row(24)
def test_a_number_typed_from_a_push_signs_the_words_that_reached_the_phone_and_no_others(phones):
    one, send = phones
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    send()
    say(one, LI, "退 0154-1 次数太少")
    rewrite(one, ZHANG, "给大三学生讲6次论文写作")
    reply = say(one, LI, "签 0154-1")
    assert reply.startswith(CHANGED) and "讲6次论文写作" in reply and signatures(one) == 0
    say(one, LI, "取消")
    send()
    assert "已签0154-1" in say(one, LI, "签 0154-1") and signatures(one) == 1


@pytest.mark.row(24)
def test_a_number_of_which_nothing_older_was_ever_shown_acts_at_once(one):
    promise(one, ZHANG, "给大三学生讲3次论文写作")
    assert "已签0154-1" in say(one, ZHAO, "签 0154-1")
