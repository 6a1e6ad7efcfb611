"""Statements which one typical turn of each handler sends to the database, counted at SQLite itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import event

from storage.codec import ZONE
from tests import school
from tests.school import School

ZHANG, LI, WANG, ZHAO, ADMIN = "2010018", "2005007", "2003011", "2017019", "2009012"
NOW = datetime(2026, 6, 25, 10, tzinfo=ZONE)
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "--")
"""What holds a transaction together is not counted."""
PROMISE = "我要承诺：9月底前给大三学生讲3次论文写作"


class Typical(NamedTuple):
    """Somebody's words; the last ones are counted, those before lead there. `others` spoke even earlier."""

    handler: str
    who: str
    words: Sequence[str]
    others: Sequence[tuple[str, str]] = ()


SIGNED = ((ZHANG, PROMISE), (ZHANG, "1"), (ZHANG, "签字"), (ZHANG, "没有"))
REVIEWED = ((WANG, "点评赵敏：台账清楚；不足是值班记录不全"), (WANG, "确认"))
ASKED = (
    (WANG, "点评赵敏：台账清楚；不足是值班记录不全，下一步把值班表上墙"),
    (WANG, "确认 两周内整改"),
)
ANSWERED = (*ASKED, (ZHAO, "整改 完成：值班表已上墙"), (ZHAO, "送"))
TURNS = (
    Typical("commit：第一句", ZHANG, (PROMISE,)),
    Typical("commit：选类别", ZHANG, (PROMISE, "1")),
    Typical("commit：签字", ZHANG, (PROMISE, "1", "签字")),
    Typical("sign", LI, ("签 0154-2",), SIGNED),
    Typical("return", LI, ("退 0154-2 请写清次数",), SIGNED),
    Typical("publish", LI, ("公开", "1", "确认"), (*SIGNED, (LI, "签 0154-2"))),
    Typical("to_sign", LI, ("待签",), SIGNED),
    Typical("report：第一句", ZHANG, ("写实",)),
    Typical("report：回答", ZHANG, ("写实", "听课两次")),
    Typical("report：确认", ZHANG, ("写实", "听课两次", "按计划推进", "确认")),
    Typical("review：第一句", WANG, ("点评赵敏：台账清楚；不足是值班记录不全",)),
    Typical("review：确认", WANG, ("点评赵敏：台账清楚；不足是值班记录不全", "确认")),
    Typical("external_review", WANG, ("登记外部点评 市教工委王强处长点评赵敏：台账清楚", "确认")),
    Typical("withdraw_review", WANG, ("撤回", "点错了人", "确认"), REVIEWED),
    Typical("answer_review", ZHAO, ("回应", "已改，值班表上墙了", "确认"), REVIEWED),
    Typical("rectify：第一句", ZHAO, ("整改 完成：值班表已上墙",), ASKED),
    Typical("rectify：送", ZHAO, ("整改 完成：值班表已上墙", "送"), ASKED),
    Typical("judge_rectification", WANG, ("认可",), ANSWERED),
    Typical("my_reviews", ZHAO, ("我的点评",), REVIEWED),
    Typical("owing", WANG, ("还欠谁",)),
    Typical("missing", LI, ("谁没交",)),
    Typical("coverage", WANG, ("点评覆盖",)),
    Typical("missing：组织", WANG, ("哪些支部还没点评",)),
    Typical("overdue", LI, ("逾期",)),
    Typical("watch", LI, ("谁没交", "齐了叫我")),
    Typical("unwatch", LI, ("谁没交", "齐了叫我", "不用叫了")),
    Typical("proxy：第一句", LI, ("代 许峰",)),
    Typical("nudge", LI, ("谁没交", "催一下")),
    Typical("waive", LI, ("免 许峰 住院",)),
    Typical("attest：第一句", LI, ("已办 季度督查",)),
    Typical("attest：确认", LI, ("已办 季度督查", "确认")),
    Typical("archive", LI, ("台账 张伟",)),
    Typical("my_archive", ZHANG, ("我的台账",)),
    Typical("my_commitments", ZHANG, ("我的承诺",)),
    Typical("mine", ZHANG, ("我的",)),
    Typical("help", ZHANG, ("帮助",)),
    Typical("snooze", ZHANG, ("稍后提醒",)),
    Typical("roster_list", LI, ("名单",)),
    Typical("unbound", LI, ("未绑定",)),
    Typical("bindings", LI, ("待绑定",)),
    Typical("open_unit", LI, ("开始",)),
    Typical("hold", ADMIN, ("停发", "确认")),
    Typical("release", ADMIN, ("恢复发送", "确认"), ((ADMIN, "停发"), (ADMIN, "确认"))),
    Typical("clock_state", LI, ("调度状态",)),
    Typical("resend", LI, ("补发",)),
    Typical("stranger", "newcomer", ("你好", "周敏 教工第一党支部")),
    Typical("（没听懂）", "2009012", ("天气不错",)),
)


def measure(home: Path) -> list[str]:
    """Lines of the table; a fresh school for each."""
    lines = ["| 处理 | 这一句 | 语句 | 读 | 写 |", "|---|---|---|---|---|"]
    for n, one in enumerate(TURNS):
        lines.append(_line(one, f"sqlite:///{home.resolve() / f'statements-{n}.db'}"))
    return lines


def _line(one: Typical, url: str) -> str:
    made = school.new(url, NOW)
    made.publish(ZHANG, "带2名青年教师听课", date(2026, 11, 30))
    made.publish("2007033", "维护实验设备", date(2026, 11, 30))
    for who, words in (*one.others, *((one.who, words) for words in one.words[:-1])):
        made.say(who, words)
    found = _counted(made, one)
    made.database.dispose()
    reads = sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in found)
    return f"| {one.handler} | {one.words[-1][:16]} | {len(found)} | {reads} | {len(found) - reads} |"


def _counted(made: School, one: Typical) -> list[str]:
    with _listening(made) as heard:
        made.say(one.who, one.words[-1])
    return [statement for statement in heard if not statement.startswith(FRAME)]


@contextmanager
def _listening(made: School) -> Iterator[list[str]]:
    """Every statement that reaches the driver, prepared ones included."""
    heard: list[str] = []

    def listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(heard.append)

    event.listen(made.database.engine, "checkout", listen)
    try:
        yield heard
    finally:
        event.remove(made.database.engine, "checkout", listen)
