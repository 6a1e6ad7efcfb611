"""A guess for messages that fit no pattern but consist of our words only: 上个月忘了写实，现在补."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.engine.turn import Understanding
from bot.understanding import vocabulary
from bot.understanding.said import Said

GUESSED = 0.6
_LONGEST = 30


@dataclass(frozen=True)
class Topic:
    """A handler, the words of which at least one of each group must be there, and the fields it takes."""

    handler: str
    groups: tuple[str, ...]
    fields: tuple[str, ...] = ()


_WHEN_WHERE = ("period", "org")
_TOPICS = (
    Topic("waive", ("免", "@"), ("person",)),
    Topic("nudge", ("催|提醒|通知", "没|他们|大家|写实|承诺|@"), ("person",)),
    Topic("owing", ("我", "欠|没|要|该|剩|差", "点评", "谁|几|多少|哪|没"), ("period",)),
    Topic("coverage", ("点评", "覆盖|率|百分之|比例|做了?多少|做得怎么样"), _WHEN_WHERE),
    Topic("my_reviews", ("点评", "我", "收到|得到|看|给|对|什么|书记|领导|谁")),
    Topic("overdue", ("逾期|超期|过期",), ("org",)),
    Topic("to_sign", ("签|审批", "我|待|没|谁|哪|几|有")),
    Topic("report", ("补", "写|交|填|报"), ("month",)),
    Topic("publish", ("承诺", "公布|公示|公开(?!承诺)")),
    Topic("my_commitments", ("我", "承诺", "看|查|什么|啥|哪|几|多少|过|发|内容|清单|进展|状态")),
    Topic(
        "missing",
        (
            "谁|没|未|剩|差|缺|欠|齐|全|多少|几|都|怎么样",
            "交|收|写实|承诺|点评",
            "谁|齐|都|多少|几|剩|缺|大家|人|怎么样",
        ),
        (*_WHEN_WHERE, "duty"),
    ),
    Topic("my_archive", ("我", "台账|记录|档案|历史|写了?(?:什么|哪些)|交了?(?:什么|哪些)")),
    Topic("archive", ("台账|档案|记录", "@"), ("person",)),
    Topic("archive", ("点评|写实", "看|查|调", "@"), ("person",)),
    Topic("rectify", ("整改",)),
    Topic("unbound", ("绑定", "没|未|谁")),
    Topic("summary", ("汇总表",), ("period",)),
    Topic("form", ("登记表",)),
    Topic("booklet", ("写实簿",)),
    Topic("help", ("不会用|怎么用|使用|功能|(?:这是|你是?|用来)干(?:嘛|什么)",)),
    Topic("roster_list", ("名单", "支部|我们|看|查|发|党员")),
    Topic("commit", ("承诺", "作|做|写|交|填|补|记|来|要|想")),
    Topic("report", ("写实|月报", "写|交|填|补|报|做|来|忘|漏|晚"), ("month",)),
    Topic("review", ("点评", "做|写|来|要|想|给|对|@")),
)
_DUTIES = (("K-08", "点评"), ("K-01", "承诺"), ("K-05", "写实"))


def guess(said: Said) -> list[Understanding]:
    """The first topic whose words are there, if the message holds no word foreign to us."""
    if len(said.plain) > _LONGEST or not any(re.search(topic.groups[0], said.plain) for topic in _TOPICS):
        return []
    person = said.names.within(said.plain)
    gone = [one.span for one in (said.place, said.period, person) if one]
    rest = "".join(
        letter for n, letter in enumerate(said.plain) if not any(start <= n < end for start, end in gone)
    )
    if not vocabulary.is_ours(rest):
        return []
    topic = next((one for one in _TOPICS if _fits(one, said.plain, person is not None)), None)
    return [Understanding(topic.handler, _fields(said, topic), score=GUESSED)] if topic else []


def _fits(topic: Topic, plain: str, named: bool) -> bool:
    return all(
        (named and "@" in group) or re.search(group.replace("|@", "").replace("@", "$^"), plain)
        for group in topic.groups
    )


def _fields(said: Said, topic: Topic) -> dict[str, object]:
    person = said.names.within(said.plain) if "person" in topic.fields else None
    period = said.period.period if said.period else None
    known = {
        "person": person.value if person else None,
        "org": said.place.value if said.place else None,
        "period": period.label if period else None,
        "month": period.label if period and period.kind == "month" else None,
        "duty": next((code for code, word in _DUTIES if word in said.plain), None),
    }
    return {name: known[name] for name in topic.fields if known[name]}
