"""Messages that fit no pattern but consist of our words only, whatever their order: 上个月还有哪些同志写实没有交上来."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.engine.turn import Understanding
from bot.understanding import vocabulary
from bot.understanding.questions import asked_for
from bot.understanding.said import Said
from bot.understanding.spans import without

ASKED = 0.75
"""A question or command in our words: more than a likely beginning, less than a pattern that fits."""

OFFERED = 0.6
"""The wish to write something down, or words that may be a wish."""

_LONGEST = 40


@dataclass(frozen=True)
class Topic:
    """A handler, the words of which at least one of each group must be there (@ is a person), those of which none
    may, and the fields it takes."""

    handler: str
    groups: tuple[str, ...]
    fields: tuple[str, ...] = ()
    never: str = "$^"
    score: float = ASKED

    @cached_property
    def names_people(self) -> bool:
        """Whether it asks if somebody is named."""
        return "@" in "".join((*self.groups, self.never))

    @cached_property
    def bans_people(self) -> bool:
        """Whether nobody may be named."""
        return "@" in self.never

    def may_fit(self, plain: str) -> bool:
        """Whether the words fit, people aside."""
        return self._words_fit(plain, with_people=True)

    def fits(self, plain: str, with_people: bool) -> bool:
        """Whether the words fit, somebody being named or nobody."""
        return not (with_people and self.bans_people) and self._words_fit(plain, with_people)

    def _words_fit(self, plain: str, with_people: bool) -> bool:
        for words, person in self._wanted:
            if not (with_people and person) and not words.search(plain):
                return False
        return not self._ban.search(plain)

    @cached_property
    def _ban(self) -> re.Pattern[str]:
        return re.compile(self.never.replace("|@", "").replace("@|", ""))

    @cached_property
    def _wanted(self) -> tuple[tuple[re.Pattern[str], bool], ...]:
        """The words of each group, and whether a person would do instead."""
        return tuple(
            (re.compile(group.replace("|@", "").replace("@", "$^")), "@" in group) for group in self.groups
        )


_WHEN_WHERE = ("period", "org")
_DUTY = (*_WHEN_WHERE, "duty", "objects")
_MINE = "我(?![们校院])|俺(?!们)|本人|自己|自个|个人(?!承诺)"
_TO_ME = re.compile("(?:[给帮发让叫告替跟]|告诉|需要|等着?|待|该|要)(?=我)我(?![还该要没])|(?:给|发)我")
_LACKS = "没|未|缺|欠|差|剩|漏|拖"
_WHO = "谁|哪|几|多少|人|名单|同志|同学|老师|党员|位|支部|单位|统计|汇总|列|查|大家|他们|的$"
_HANDED = "交|写|填|报|做|作|动|弄|收|写实|承诺"
_ARCHIVE = "台账|档案|历史|记录"
_TOPICS = (
    Topic("waive", ("免", "@"), ("person",)),
    Topic("snooze", ("提醒|通知|催", "我", "晚|过|等|再|明天|后"), score=OFFERED, never="没交|没写|没报|未交|他们|大家"),
    Topic(
        "nudge",
        ("催|提醒|提[个一]?[个下]?醒|通知|督促|戳|敲打|招呼|叮嘱|喊", f"{_LACKS}|他们|大家|写实|承诺|点评|交|@"),
        ("person",),
        never="(?:催|提醒|通知)(?:了)?我|谁(?:催|提醒)|[催醒]过",
    ),
    Topic("nudge", ("[让叫请]", "没|未|他们|大家", "抓紧|赶紧|赶快|尽快|快"), ("person",)),
    Topic("to_sign", ("签|审", f"我|待|等|{_WHO}|有", "我|待|等|没|未|谁|哪|几|有|看"), never="我(?:的|自己|签的|签过的).{0,4}承诺|我签[的过]|点评|写实"),
    Topic("overdue", ("逾期|超期|过期|超时|过了?(?:时限|期限|时间)",), ("org",)),
    Topic("owing", (_MINE, "点评|评", f"{_LACKS}|要|该|等|任务|还有|应|评完"), ("period",), never="我(?:得|收|被)|[给对]我|点评我|签|[给对]我"),
    Topic("owing", ("点评|评", "欠|差|剩", "谁|几|多少|哪"), ("period",), never="支部|@|交|写实|承诺|没|未|率"),
    Topic("my_archive", (_MINE, _ARCHIVE), never="@|点评|承诺"),
    Topic("archive", (f"{_ARCHIVE}", "@"), ("person",)),
    Topic("archive", ("@", "写|交|做|报", "什么|啥|哪些"), ("person",), never="没|未|吗|点评|承诺"),
    Topic("missing", ("@", _HANDED, f"吗|{_LACKS}|有没有|是不是|好了|情况|怎么样|不$|咋样"), ("person", "period", "duty"), never="台账|点评"),
    Topic("archive", ("点评|写实|承诺", "看|查|调|什么|哪些|翻|发", "@"), ("person",), never="评(?:价|了)?我"),
    Topic("my_archive", (_MINE, "写实|交|写", "什么|啥|哪些|吗$|没$|没有$|看|查|历史"), never="@|点评|承诺|谁|人|补|现在|再|行[吗不]|先", score=OFFERED),
    Topic("unbound", ("绑定|绑", "没|未|谁"), ("org",)),
    Topic("coverage", ("点评", "覆盖|率|百分之|比例|做了?多少|做得怎么样|到哪|进度|进展|情况|完成得|怎么样"), _WHEN_WHERE, never="没|未|我的"),
    Topic("my_reviews", ("(?<!批)评", _MINE, "收到|得到|看|查|给|对|什么|啥|书记|领导|谁|过|几|哪些|哪里|哪儿|都|了吗|记录|情况|发"), never=_LACKS),
    Topic("missing", (f"{_LACKS}|没得", "点评|评", _WHO), _DUTY, never="我"),
    Topic("commit", ("承诺", "要(?:作|做|写|交|填|补|记|报|加)"), never="谁|他们|人|什么|哪|催|提醒|看|查", score=OFFERED),
    Topic(
        "my_commitments",
        (_MINE, "承诺", "看|查|瞧|什么|啥|哪|几|多少|过|发|列|调|翻|内容|清单|进展|进度|状态|情况|怎么样|都|呢|有哪|有几"),
        never=f"谁|人|公开(?!承诺)|签|{_LACKS}",
    ),
    Topic("missing", (f"谁|{_LACKS}|齐|全(?!校|院)|多少|几|都|怎么样|咋样|情况|进度", _HANDED, _WHO + "|齐|都|怎么样|咋样|情况|进度|名单|没有?$|吗|不$"), _DUTY, never=f"补|我(?!们)|忘|(?:现在|能|先|可以)(?:交|写)|行[吗不]|{_ARCHIVE}|签|免"),
    Topic("to_sign", ("签|审批", "我|待|没|谁|哪|几|有"), never="我签[的过]"),
    Topic("report", ("补", "写|交|填|报"), ("month",), never="承诺|谁|他们", score=OFFERED),
    Topic("publish", ("承诺", "公布|公示|公开(?!承诺)"), score=OFFERED),
    Topic("rectify", ("整改",), score=OFFERED),
    Topic("summary", ("汇总表",), ("period",)),
    Topic("form", ("登记表",)),
    Topic("booklet", ("写实簿",)),
    Topic("help", ("不会用|怎么用|使用|功能|操作|说明|教程|指南|(?:怎么|如何|咋)(?:用|使|弄)|(?:[你您它]|东西|玩意儿?|用来)(?:都|也|还|是|到底|究竟)*(?:能|会|可以)?(?:帮我)?(?:做|办|干)?(?:些|点)?(?:嘛|什么|啥|哪些)",), never="写实|承诺|点评|台账|交"),
    Topic("roster_list", ("名单", "支部|我们|看|查|发|党员"), ("org",), never=_LACKS, score=OFFERED),
    Topic("commit", ("承诺", "点|作|做|写|交|填|补|记|来|要|想|加|报|提"), never="谁|他们", score=OFFERED),
    Topic("report", ("写实|月报", "写|交|填|补|报|做|来|忘|漏|晚"), ("month",), never="谁|他们|收|是(?:什么|啥|干)", score=OFFERED),
    Topic("review", ("点评", "做|写|来|要|想|给|对|@"), never="谁|什么|啥|给没给|给我|[对给]过?我", score=OFFERED),
)  # fmt: skip
# What must stand in a message for any topic; that somebody is named is looked up only then.
_FIRST = re.compile("|".join(sorted({next(each for each in one.groups if each != "@") for one in _TOPICS})))


def guess(said: Said) -> list[Understanding]:
    """The first topic whose words are there, if the message holds no word foreign to us."""
    if len(said.plain) > _LONGEST or not _FIRST.search(said.plain):
        return []
    likely = [one for one in _TOPICS if one.may_fit(said.plain)]
    if not likely:
        return []
    if not _all_ours(said, with_people=False) and not _all_ours(said, with_people=True):
        return []
    topic = next((one for one in likely if _fits(one, said)), None)
    return (
        [Understanding(topic.handler, _fields(said, topic), score=min(topic.score, said.surety))]
        if topic
        else []
    )


def _all_ours(said: Said, with_people: bool) -> bool:
    gone = [one.span for one in (said.period, *(said.people if with_people else ())) if one]
    gone += [said.place.span] if said.place else []
    return vocabulary.is_ours(without(said.plain, gone))


def _fits(topic: Topic, said: Said) -> bool:
    return topic.fits(said.plain, with_people=topic.names_people and bool(said.people))


def _fields(said: Said, topic: Topic) -> dict[str, object]:
    people = (
        list(dict.fromkeys(one.id for found in said.people for one in found.people))
        if "person" in topic.fields
        else []
    )
    period = said.period.period if said.period else None
    known = {
        "person": people[0] if len(people) == 1 else people,
        "org": said.place.value if said.place else None,
        "period": period.label if period else None,
        "month": period.label if period and period.kind == "month" else None,
        **asked_for(said),
    }
    return {name: known[name] for name in topic.fields if known[name]}
