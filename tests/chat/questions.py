"""How to reach every question the bot asks: who says what, and which question is then open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.engine.state import Draft, from_state
from bot.engine.talk import respond
from bot.engine.turn import Turn
from bot.messages import Message
from domain import enrolment
from storage import speakers
from storage.codec import ZONE
from storage.tables import conversation
from tests import cast, school
from tests.school import School

NOW = datetime(2026, 9, 10, 9, tzinfo=ZONE)
TWO_ITEMS = "2010018"

# Who says what until a question is open. 改N opens a question once more.
ROADS = (
    ("刘洋", "作承诺"),
    ("刘洋", "作承诺|为2名新教师各听课4次"),
    ("刘洋", "作承诺|10月底前为2名新教师各听课4次"),
    ("刘洋", "作承诺|10月底前为2名新教师各听课4次|1"),
    ("刘洋", "作承诺|努力工作"),
    ("刘洋", "作承诺|提高教学质量|多听课，听4次"),
    ("刘洋", "即时承诺：9月15日前走访宿舍4次"),
    ("高远", "作承诺"),
    ("王建国", "作支部承诺"),
    ("赵敏", "作承诺"),
    ("张伟", "写实"),
    ("张伟", "写实|0"),
    ("张伟", "写实|0|1"),
    ("张伟", "写实|0|2"),
    ("张伟", "写实|0|3"),
    ("张伟", "写实|1 听课两次；2 开放6次"),
    ("张伟", "写实|1 听课两次；2 开放6次|按计划推进"),
    ("李芳", "代 张伟"),
    ("李芳", "代 张伟|0"),
    ("李芳", "代 张伟|1 听课两次；2 开放6次"),
    ("李芳", "代 张伟|1 听课两次；2 开放6次|按计划推进"),
    ("李芳", "代 张伟|1 听课两次；2 开放6次|按计划推进|2"),
    ("王建国", "点评张伟"),
    ("王建国", "点评：优点：带青年教师扎实"),
    ("王建国", "点评陈静：带青年教师扎实；没有不足；下一步多上课|定期"),
    ("王建国", "点评陈静"),
    ("王建国", "点评陈静：带青年教师扎实"),
    ("王建国", "点评陈静：带青年教师扎实|改2"),
    ("王建国", "点评陈静：带青年教师扎实|现场"),
    ("王建国", "点评陈静：带青年教师扎实|定期"),
    ("王建国", "点评教工第一党支部：台账全"),
    ("王建国", "点评教工第一党支部：台账全|1"),
    ("王建国", "点评教工第一党支部：台账全；不足是人少；下一步多开会|1|带头上课|定期"),
    ("王建国", "撤回"),
    ("王建国", "点评方案"),
    ("王建国", "点评方案|改1"),
    ("陈静", "回应"),
    ("李芳", "退"),
    ("李芳", "全签"),
    ("李芳", "公开"),
    ("李芳", "免 许峰"),
    ("李芳", "核实"),
    ("李芳", "核实|退回"),
    ("林涛", "开始"),
    ("孟凡", "停发"),
    ("孟凡", "停发|确认|恢复发送"),
    ("韩雪", "写实|听课两次"),
    ("韩雪", "写实|听课两次|1"),
    ("韩雪", "写实|听课两次|1|9月30日"),
    ("韩雪", "转后承诺"),
    ("林涛", "转出"),
    ("林涛", "转出 孙丽"),
    ("林涛", "转出 孙丽 到教工第二党支部 9月20日"),
    ("李芳", "撤回转出"),
    ("李芳", "登记变动"),
    ("李芳", "毕业 王明"),
    ("李芳", "新增"),
    ("李芳", "请假"),
    ("李芳", "请假 王明 9月20日到9月30日"),
    ("李芳", "销假"),
    ("赵强", "接收"),
    ("赵强", "不接收 宋佳"),
    ("王建国", "换届"),
    ("王建国", "委托"),
    ("王建国", "取消委托"),
    ("孟凡", "联系点"),
    ("李芳", "已办"),
    ("李芳", "已办 二季度写实"),
    ("李芳", "登记外部点评 市教育工委李处长点评张伟：听课认真"),
    ("李芳", "补发"),
    ("高远", "整改"),
    ("高远", "整改 0157-1"),
    ("高远", "整改 0157-1|2"),
    ("高远", "整改 0157-1 完成：值班表已上墙"),
    ("李芳", "整改 活动室已改到晚上开放"),
    ("李芳", "整改 活动室已改到晚上开放|6月20日支委会，李芳负责"),
    ("王建国", "整改回复待阅"),
    ("王建国", "整改回复待阅|1"),
    ("王建国", "整改回复待阅|1|2"),
)


@dataclass(frozen=True)
class Asked:
    """A question that is open for somebody, with the conversation that led to it."""

    person: str
    state: dict[str, Any]
    said: str

    @property
    def draft(self) -> Draft:
        found = from_state(self.state).draft
        assert found is not None
        return found

    @property
    def name(self) -> str:
        return f"{self.draft.handler}/{self.draft.asked}"


def prepared(url: str) -> School:
    """A school in which there is something to ask everybody about."""
    one = school.new(url, NOW)
    one.publish(TWO_ITEMS, "为2名新教师各听课4次", date(2026, 11, 30))
    one.publish(TWO_ITEMS, "实验室开放48次", date(2026, 12, 31), n=2)
    declared = one.publish("2007033", "实验室开放24次", date(2026, 12, 31))
    one.write([one._about("2007033", "commitment.declared", commitment=declared)])
    for name, goal in (("高远", "讲3次论文写作"), ("宋佳", "讲2次论文写作"), ("赵敏", "走访宿舍4次")):
        for words in (f"12月底前给大三学生{goal}", "1", "签字", "没有"):
            one.say(cast.BY_NAME[name], words)
    for words in ("退 0157-1 没有写清讲什么", "签 0161-1"):
        one.say(cast.BY_NAME["李芳"], words)
    # She has something public that goes along, and the review stays the last act of 王建国.
    one.publish("2018006", "为1名新教师听课4次", date(2026, 8, 20))
    for name, words in (
        ("赵强", "转出 韩雪 到教工第一党支部 9月10日"),
        ("赵强", "表现好"),
        ("李芳", "接收 韩雪"),
        ("李芳", "转出 宋佳 到教工第二党支部 9月20日"),
        ("李芳", "表现好"),
        ("李芳", "转出 高远 到教工第二党支部 9月20日"),
        ("李芳", "表现好"),
        ("王建国", "指定 刘洋 代教工第一党支部书记 10月1日到10月31日"),
        ("王建国", "确认"),
    ):
        one.say(cast.BY_NAME[name], words)
    for words in ("点评陈静：带青年教师扎实；不足是公开课少", "确认"):
        one.say(cast.BY_NAME["王建国"], words)
    _demand(one)
    unit = next(org for org in cast.ORGS if org.id == cast.STUDENTS)
    one.write([enrolment.org_changed(unit, opened_on=None)])
    # So long after, what was done is only taken back with a reason.
    one.now += timedelta(hours=1)
    return one


def _demand(one: School) -> None:
    """Something to put right for a member and his branch, and two replies that their leader has not read."""
    due, on = date(2026, 9, 30), date(2026, 9, 1)
    for wanted in ("把值班表上墙", "补齐台账"):
        one.demanded(cast.BY_NAME["高远"], cast.BY_NAME["李芳"], wanted, due, on, "branch_secretary")
    one.demanded(cast.FIRST, cast.BY_NAME["王建国"], "支部活动室改到晚上开放", due, on, "l1_secretary")
    for name in ("陈静", "刘洋"):
        person = cast.BY_NAME[name]
        full = one.demanded(person, cast.BY_NAME["王建国"], "每月听课两次", due, on, "l1_secretary")
        for words in (f"整改 {full} 完成：已听课两次", "送"):
            one.say(person, words)


def all_asked(one: School) -> Iterator[Asked]:
    """Every road to its end; the person's conversation is forgotten before the next."""
    for name, road in ROADS:
        person = cast.BY_NAME[name]
        put(
            one,
            person,
            {"memory": _state(one, person).get("memory", {}), "act": _state(one, person).get("act")},
        )
        for words in road.split("|"):
            one.say(person, words)
        found = Asked(person, _state(one, person), f"{name}：{road}")
        assert found.state.get("draft"), f"{found.said} opens no question: {one.outcomes[-1].reply}"
        yield found


def put(one: School, person: str, state: dict[str, Any]) -> None:
    """Let somebody's conversation stand where it stood."""
    with one.database.transaction() as tx:
        speakers.save(tx, person, {key: value for key, value in state.items() if value}, one.now)


def heard(one: School, asked: Asked, words: str) -> Turn:
    """What a message would lead to; nothing is kept."""
    message = Message("wecom", cast.ACCOUNT[asked.person], "would", "text", one.now, one.now, words)
    with one.database.reading() as tx:
        found = speakers.find_person(tx, asked.person)
        assert found is not None
        speaker = speakers.Speaker(found.key, found.person, asked.state)
        return respond(one.talk, one.dispatcher.context(tx, message, speaker))


def _state(one: School, person: str) -> dict[str, Any]:
    with one.database.transaction() as tx:
        row = select(conversation.c.state).where(conversation.c.speaker == person)
        found: dict[str, Any] = json.loads(tx.connection.execute(row).scalar() or "{}")
    return found
