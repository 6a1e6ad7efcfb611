"""Every form that writes: a permission lost between read-back and 确认 refuses the write and keeps the words (R-043)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain import enrolment
from domain.people import Link, Role, RoleKind
from storage import people
from storage.codec import ZONE
from storage.tables import conversation
from tests import cast, school
from tests.attacks.handing_over import gains_office, loses_office, moves, someone
from tests.cast import BY_NAME, FIRST, SECOND
from tests.school import School

LI, ZHANG, XU, LIU, MENG, WANG, MA, WU = (
    BY_NAME[name] for name in ("李芳", "张伟", "许峰", "刘洋", "孟凡", "王建国", "马骏", "吴婷")
)
Loss = Callable[[School], None]


def leaves_school(who: str) -> Loss:
    """Somebody is no longer of the school: his membership has ended, his status says so."""

    def happen(made: School) -> None:
        moves(made, who, FIRST)
        gone = replace(someone(made, who), status="转出")
        with made.database.transaction() as tx:
            people.save(tx, gone)

    return happen


def out_of_office(who: str = LI, org: str = FIRST, kind: RoleKind = RoleKind.SECRETARY) -> Loss:
    return lambda made: loses_office(made, who, org, kind)


def to_another_chair(made: School) -> None:
    """李芳 is 书记 of another branch by now, so that she still is let into every form."""
    loses_office(made, LI, FIRST)
    gains_office(made, LI, SECOND)


def moved_away(who: str) -> Loss:
    return lambda made: moves(made, who, FIRST, SECOND)


def link_ends(made: School) -> None:
    link = Link(MA, cast.ENGINEERING, "联系点", cast.START)
    ended = made.now.date() - timedelta(days=1)
    made.write([enrolment.unlinked(someone(made, MA), link, ended, cast.ENGINEERING)])


@dataclass(frozen=True)
class Case:
    """Who says what until only 确认 is missing, and what is lost then; `kept` is a word of his that must stay."""

    name: str
    who: str
    words: tuple[str, ...]
    loss: Loss
    kept: str = ""


def case(name: str, who: str, *words: str, loss: Loss, kept: str = "") -> Case:
    return Case(name, who, words, loss, kept)


PROMISE = "作承诺：12月20日之前为2名新教师各听课4次并书面反馈"
UNIT = "作支部承诺：每周三开放实验室，全年30次，12月20日前"
CASES = (
    case("承诺，离开学校", LIU, PROMISE, "1", loss=leaves_school(LIU), kept="听课4次"),
    case("支部承诺，卸任", LI, UNIT, "4", loss=out_of_office(), kept="开放实验室"),
    case("支部承诺，换到别的支部", LI, UNIT, "4", loss=to_another_chair, kept="开放实验室"),
    case("签字，卸任", LI, "全签", loss=out_of_office()),
    case("退回，换到别的支部", LI, "退 0154-1", "没有写清做几次", loss=to_another_chair, kept="没有写清做几次"),
    case("公开，卸任", LI, "公开 网络", loss=out_of_office()),
    case("核实，卸任", LI, "核实 0155-1", "退回 还差一次总结", loss=out_of_office(), kept="还差一次总结"),
    case("写实，离开学校", XU, "写实 维护了三台设备", "按计划", loss=leaves_school(XU), kept="三台设备"),
    case("代填，卸任", LI, "代 许峰", "维护了三台设备", "按计划", "2", loss=out_of_office(), kept="三台设备"),
    case("代填，对方转走", LI, "代 许峰", "维护了三台设备", "按计划", "2", loss=moved_away(XU), kept="三台设备"),
    case("免填，卸任", LI, "免 许峰", "住院", loss=out_of_office(), kept="住院"),
    case("开始，换到别的支部", LI, "开始", loss=to_another_chair),
    case("停发，不再是管理员", MENG, "停发", loss=out_of_office(MENG, cast.SCHOOL, RoleKind.ADMIN)),
    case("点评，卸任", LI, "点评许峰：值班认真", loss=out_of_office(), kept="值班认真"),
    case("点评，对方转走", LI, "点评许峰：值班认真", loss=moved_away(XU), kept="值班认真"),
    case("点评，不再联系", MA, "点评机械学院党总支：班子团结", "2", "实验楼101", loss=link_ends, kept="班子团结"),
    case("外部点评，卸任", LI, "登记外部点评 市教育工委王强处长点评许峰：值班认真", loss=out_of_office(), kept="值班认真"),
    case("转出，卸任", LI, "转出 许峰 到教工第二党支部 8月1日", "跳过", loss=out_of_office()),
    case("转出，已转走", LI, "转出 许峰 到研究生党支部 8月1日", "跳过", loss=moved_away(XU)),
    case("新增，卸任", LI, "新增 李雷 2026001 预备党员", "1", loss=out_of_office(), kept="李雷"),
    case("变动，卸任", LI, "年老体弱 许峰", loss=out_of_office()),
    case("变动，已转走", LI, "年老体弱 许峰", loss=moved_away(XU)),
    case("请假，卸任", LI, "请假 许峰 8月1日到8月20日 住院", loss=out_of_office(), kept="住院"),
    case("换届，卸任", WANG, "换届 教工第一党支部 书记 刘洋", "今天", loss=out_of_office(WANG, cast.ENGINEERING)),
    case("委托，卸任", LI, "委托 赵敏 代我点评 8月1日到8月31日", loss=out_of_office(), kept="2026-08-31"),
    case("整改，卸任", LI, "整改 完成：活动室已改到晚上开放", "6月20日支委会，李芳", loss=out_of_office(), kept="改到晚上"),
    case("退回整改，卸任", WANG, "整改回复待阅", "2", "没有照片", loss=out_of_office(WANG, cast.ENGINEERING), kept="没有照片"),
    case("联系点，不在办公室", WU, "联系点 马骏 机关党总支 今天", loss=out_of_office(WU, cast.OFFICE, RoleKind.STAFF)),
)  # fmt: skip


@pytest.fixture
def made(sqlite_url: str) -> School:
    one = school.new(sqlite_url, datetime(2026, 6, 25, 9, 10, tzinfo=ZONE))
    one.publish(LIU, "每月听课两次", date(2026, 12, 20))
    one.publish(XU, "维护实验设备", date(2026, 12, 20))
    for words in (PROMISE, "1", "签字"):
        one.say(ZHANG, words)
    for words in ("写实 1 已完成，听课两次", "学生反映好", "按计划", "确认"):
        one.say(LIU, words)
    for words in ("作承诺：12月20日前维护实验设备6次", "1", "签字"):
        one.say("2013008", words)
    one.say(LI, "签 0157-1")
    due, on = date(2026, 7, 30), date(2026, 6, 25)
    one.demanded(FIRST, WANG, "支部活动室改到晚上开放", due, on, "l1_secretary")
    one.demanded("2010052", WANG, "把值班表上墙", due, on, "l1_secretary")
    for words in ("整改 完成：已上墙", "送"):
        one.say("2010052", words)
    deputy = Role("2017019", RoleKind.DEPUTY, FIRST, cast.START)
    unopened = [enrolment.org_changed(org, opened_on=None) for org in cast.ORGS if org.id in (FIRST, SECOND)]
    one.write([enrolment.given(someone(one, "2017019"), deputy, FIRST), *unopened])
    return one


def kept_words(one: School, person: str) -> str:
    """Everything that the conversation still holds of an open or parked thing."""
    with one.database.transaction() as tx:
        row = select(conversation.c.state).where(conversation.c.speaker == person)
        state = json.loads(tx.connection.execute(row).scalar() or "{}")
    return json.dumps([state.get("draft"), *state.get("parked", ())], ensure_ascii=False)


@pytest.mark.requirement("R-043", "R-110")
@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_permission_lost_before_the_confirmation_refuses_it_and_keeps_the_words(
    made: School, one: Case
) -> None:
    for words in one.words:
        made.say(one.who, words)
    before = len(made.entries())
    one.loss(made)
    lost = len(made.entries()) - before
    refused = made.say(one.who, "确认")
    assert refused.entries == refused.pushes == ()
    assert len(made.entries()) == before + lost
    assert refused.reply
    assert one.kept in kept_words(made, one.who)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_the_same_words_are_written_while_the_permission_lasts(made: School, one: Case) -> None:
    for words in one.words:
        made.say(one.who, words)
    done = made.say(one.who, "确认")
    with made.database.transaction() as tx:
        from storage import settings

        assert done.entries or settings.get(tx, "hold"), done.reply


@pytest.mark.requirement("R-041", "R-043")
def test_a_delegation_that_is_over_refuses_what_was_begun_on_its_last_day(made: School) -> None:
    last = made.now.date()
    acting = Role("2017019", RoleKind.SECRETARY, FIRST, cast.START, last, "代书记", acting=True)
    made.write([enrolment.given(someone(made, "2017019"), acting, FIRST)])
    made.say("2017019", "点评许峰：值班认真")
    made.now += timedelta(days=1)
    refused = made.say("2017019", "确认")
    assert refused.entries == () and "李芳" in refused.reply
    assert "值班认真" in kept_words(made, "2017019")


@pytest.mark.parametrize(
    ("who", "words", "loss"),
    [
        (LI, ("年老体弱 许峰", "确认"), out_of_office()),
        (LI, ("新增 李雷 2026001 预备党员", "1", "确认"), out_of_office()),
        (LI, ("转出 许峰 到教工第二党支部 8月1日", "跳过", "确认"), out_of_office()),
        (LI, (UNIT, "4", "签字"), out_of_office()),
        (LI, ("请假 许峰 8月1日到8月20日 住院", "确认"), out_of_office()),
        (LI, ("免 许峰 住院",), out_of_office()),
        (WU, ("联系点 马骏 机关党总支 今天", "确认"), out_of_office(WU, cast.OFFICE, RoleKind.STAFF)),
    ],
)
def test_what_was_written_in_office_is_not_taken_back_out_of_it(
    made: School, who: str, words: tuple[str, ...], loss: Loss
) -> None:
    done = [made.say(who, one) for one in words]
    assert any(one.entries for one in done), done[-1].reply
    loss(made)
    undone = made.say(who, "撤回")
    assert undone.entries == undone.pushes == ()


@pytest.mark.requirement("R-008", "R-074")
def test_who_moves_before_he_signs_promises_in_his_new_branch(made: School) -> None:
    made.say(LIU, PROMISE)
    made.say(LIU, "1")
    moves(made, LIU, FIRST, SECOND)
    signed = made.say(LIU, "签字")
    assert signed.entries[0].entry.org_id == SECOND
    assert {tell.person for tell in signed.pushes} == {BY_NAME["赵强"]}
