"""Questions in any words: who or what is asked about, and which of our matters, tell the handler."""

from __future__ import annotations

import re

from bot.engine.turn import Understanding
from bot.understanding.said import Said

LIKELY = 0.72

_RECORD, _PROMISE, _REVIEW = "写实", "承诺", "点评"
_MATTER = re.compile("事项|待办|写实(?!主义|派|画|手法|风格|簿)|承诺(?!书(?:在|放|要|怎))|点评(?!网|系统)")
_DUTIES = {_RECORD: "K-05", _PROMISE: "K-01", _REVIEW: "K-08"}
_OF_ORGS = re.compile(
    "(?:哪[些几]?个?|几个|多少个?|各个?|所有)(?:的)?(?:党?支部|(?:党)?总支|(?:党)?组织|单位|学院|分党委|书记)"
    "|(?:组织|单位|书记)(?:和书记)?(?:的)?(?:点评|承诺)"
)
_ROUND = re.compile("普遍点评|点评.{0,2}一遍")
_UNSIGNED, _UNPUBLISHED = re.compile("(?:没有?|未|待)签"), re.compile("(?:没有?|未|待)(?:公开|公示|公布)")
_OTHERS = re.compile(
    "谁|哪[几些位]|(?<![十好])几[个位人](?!月)|多少|全[校院部]|支部|总支|学院|机关|单位|大家|他们|齐"
)
_MINE = re.compile("(?<![给帮诉跟让])我(?![们校院])|本人|自己")
_OF_ME = re.compile("[给对]我|评(?:价|了)?我|我(?:得|收|被)|我的?[^,;你]{0,6}点评")
_HANDS = re.compile("交|写|填|报|做|作|完|动静|磨蹭|拖|拉下|落下|欠|差|缺|没|未|齐|进展|咋样|怎么样")
_LACKS = re.compile("没|未|欠|差|缺|剩|该|要|磨蹭|拖")
_FAR = re.compile("覆盖|率|比例|百分|程度|进度|进展|多少|怎么样|咋样|几成|到哪")
_WHAT = re.compile("什么|啥|哪些")
# How it is done, what it means, who could help: no question about the state of things.
_GENERAL = re.compile(
    "怎么(?!样)|如何|咋(?!样)|什么(?:意思|用|时候|格式|区别)|啥(?:意思|用|时候)|是(?:什么|啥|干)|多少字|几[点号日]|谁(?:知道|能|会|来|有|教|懂|开发|负责|定|规定|说)|要不要|能不能|可不可以|[和与跟](?:写实|承诺|点评)|哪[里儿](?!看|查|找)|行[吗不]|可以吗|好吗|来得及|手写|打不开"
)
_DO = re.compile("催|提醒|通知|督促|免|签|公开|退|汇总|登记表|台账|整改|补[交写报]|改")
_DID = re.compile("[写交做干报][了过](?:些|点)?(?:什么|啥|哪些)")
_JUDGED = re.compile("(?:评价|点评|评)[了过]?我(?![们校院])|[给对](?:没[给对])?我(?![们校院]).{0,3}点评")
_RATE = re.compile("点评.{0,4}(?:率|比例|进度|进展)$")
_LATE = re.compile("逾期|过期|超期|到期没")
_LONGEST = 40


def answer_for(said: Said) -> list[Understanding]:
    """The list or the archive that answers a question about records, promises and reviews."""
    if len(said.plain) > _LONGEST or not (said.asks or _RATE.search(said.plain)):
        return []
    found = _found(said)
    if found is None:
        return []
    handler, fields = found
    return [Understanding(handler, {key: value for key, value in fields.items() if value}, score=LIKELY)]


def duty_in(said: Said) -> str | None:
    """The duty a question is about; who asks for a month means the monthly records."""
    match = _MATTER.search(said.plain)
    matter = match[0][:2] if match else ""
    if matter == _REVIEW:
        return _review_in(said)
    if matter == _PROMISE:
        signing, publishing = _UNSIGNED.search(said.plain), _UNPUBLISHED.search(said.plain)
        return "K-02" if signing else "K-03" if publishing else _DUTIES[_PROMISE]
    month = said.period is not None and said.period.period.kind == "month"
    return _DUTIES.get(matter) if matter else _DUTIES[_RECORD] if month else None


def _review_in(said: Said) -> str:
    """点评 of members, unless organisations, their 书记 or a round are named."""
    if _ROUND.search(said.plain):
        return "K-10"
    return "K-09" if _OF_ORGS.search(said.plain) else _DUTIES[_REVIEW]


def asked_for(said: Said) -> dict[str, str | None]:
    """The duty, and whether the organisations' own half of it is meant where it has two."""
    duty = duty_in(said)
    of_orgs = duty == _DUTIES[_PROMISE] and _OF_ORGS.search(said.plain)
    return {"duty": duty, "objects": "org" if of_orgs else None}


def _found(said: Said) -> tuple[str, dict[str, object]] | None:
    if _JUDGED.search(said.plain):
        return "my_reviews", {}
    general = _GENERAL.search(said.plain) or _DO.search(said.plain)
    return None if general else _handler(said)


def _handler(said: Said) -> tuple[str, dict[str, object]] | None:
    match = _MATTER.search(said.plain)
    matter = match[0][:2] if match else ""
    if matter and _MINE.search(said.plain) and not re.search("谁|联系", said.plain):
        return _mine(said, matter)
    did = _DID.search(said.plain)
    if not said.names.leads or not (matter or said.period or did):
        return None
    person = said.people[0].value if len(said.people) == 1 else [one.people[0].id for one in said.people]
    if person:
        return _about(said, matter, person)
    return _all(said, matter) if _OTHERS.search(said.plain) else None


def _mine(said: Said, matter: str) -> tuple[str, dict[str, object]]:
    if matter == _PROMISE:
        return "my_commitments", {}
    if matter == _RECORD:
        return "my_archive", {}
    if matter != _REVIEW:
        return "mine", {}
    owing = _LACKS.search(said.plain) and not _OF_ME.search(said.plain)
    return ("owing", {"period": said.period_code}) if owing else ("my_reviews", {})


def _about(said: Said, matter: str, person: object) -> tuple[str, dict[str, object]] | None:
    """One or several by name: what they wrote, or whether they did."""
    if _WHAT.search(said.plain) and re.search(
        "[写交做干报][的了过]?[些点]?(?:什么|啥|哪)|" + "|".join(_DUTIES), said.plain
    ):
        return "archive", {"person": person}
    if matter in (_RECORD, _PROMISE) and _HANDS.search(said.plain):
        return "missing", {"person": person, "period": said.period_code, "duty": duty_in(said)}
    return None


def _all(said: Said, matter: str) -> tuple[str, dict[str, object]] | None:
    where: dict[str, object] = {"period": said.period_code, "org": said.place.value if said.place else None}
    if _LATE.search(said.plain):
        return "overdue", {"org": where["org"]}
    if matter == _REVIEW and _FAR.search(said.plain):
        return "coverage", where
    if matter and _HANDS.search(said.plain):
        return "missing", {**where, **asked_for(said)}
    return None
