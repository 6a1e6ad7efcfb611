"""What a leader says at the read-back of a review, read as a change of it (S-06, R-119 to R-126, R-165)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.dates import deadline_in, find_dates
from domain.review_moments import read_moment
from domain.splitting import requirement_in, split_review

MEETINGS = (
    "民主生活会", "推进会", "专题会", "集中学习", "工作例会", "碰头会", "支部党员大会", "支部委员会", "书记会议",
    "党员活动日", "组织生活会", "年终总结", "述职", "专门会议",
)  # fmt: skip
VISITS = (
    "工作调研", "督促检查", "专项述职", "年度考核", "上门走访", "实地查看", "座谈会", "走访慰问", "布置任务",
)  # fmt: skip
_MANNERS = {"现场": "onsite", "谈话": "individual", "个别": "individual", "集中": "collective"}
_GRADES = {"优秀": "excellent", "优": "excellent", "良好": "good", "良": "good", "一般": "fair", "差": "poor"}
_PARTS = {"成": "merits", "优": "merits", "取": "merits", "不": "gaps", "问": "gaps", "存": "gaps"}

_BE = r"(?:应该|应)?(?:改成|改为|换成|写成|改|是|为|[:：])[\s:：]*"
_PART = r"(?:请|麻烦)?(?:把|将)?(?P<part>成绩|优点|取得成效|成效|不足|存在问题|问题|努力方向|方向|意见建议|意见|建议|下一步)(?:那里|这里|那一项|这一项|部分)?"
_REPLACE = re.compile(rf"{_PART}\s*{_BE}(?P<words>.+)", re.DOTALL)
_MORE = re.compile(
    rf"{_PART}\s*(?:里|中)?(?:再|还要|另外)?(?:加上?|补充)(?:一句|一点|一条)?[,，:：\s]*(?P<words>.+)",
    re.DOTALL,
)
_ADD = re.compile(
    r"(?:再|另外|还要)?(?:加上?|补充)(?:一句|一点|一条|几句)[,，:：\s]*(?P<words>.+)", re.DOTALL
)
_MANNER = re.compile(
    r"(?:形式)?(?:应该|应)?(?:改成|改为|是|为|[:：])?(?P<manner>现场|谈话|个别|集中)(?:点评|谈话)?(?:[,，、\s]+(?:在|地点)?[:：]?(?P<rest>.{1,60}))?"
)
_PLACE = re.compile(rf"(?:地点|地方)\s*(?:{_BE}|在)?(?P<place>.{{1,60}})|在(?P<at>[^,，。；;]{{1,20}})")
_GRADE = re.compile(r"(?:定期[,，\s]*)?(?:等次|评为|评)?[:：是为]*(?P<grade>优秀|良好|一般|差|优|良)")
_PERIODIC = re.compile(r"(?:计为|计入|算作?)?(?:本季度|本学期|本半年)?定期(?:点评)?|计入|暂不评(?:等次)?")
_DAILY = re.compile(r"(?:记为|算作?)?日常(?:点评)?|不计入?|不算定期")
_WHOM = re.compile(
    rf"(?:对象|人名?|名字|姓名)(?:错了?|不对)?[,，\s]*{_BE}(?P<whom>.{{2,30}})|不是.{{2,8}}?[,，\s]*(?:而?是|应该是)(?P<other>.{{2,30}})"
)
_NO_PHOTOS = re.compile(
    r"(?:照片|图片)(?:都|全)?(?:不要|不用|删掉?|去掉)了?|(?:不要|去掉|删掉?)(?:照片|图片)了?"
)
_CONTINUED = re.compile(
    r"(?:但是?|另外|还有)?[，,]?(?:主要|存在的?|还有的?)?(?:成绩|优点|亮点|不足|问题|缺点|短板|努力方向|方向|下一步|建议|意见|希望|今后|以后)"
)
_NO_DEMAND = re.compile(r"(?:不用|不需要|不要|取消|先不|不)(?:列为)?整改")
_DEMAND = re.compile(r"整改|限期|限.{1,8}[内前]")
_COMMA, _REQUIRED = re.compile(r"[,，、;；\s]+"), "要求"
_FREE = {"replace", "add", "more", "whom"}
_MEMBER = re.compile(r"(?:作为|按)(?:普通)?党员(?:身份)?(?:点评)?")


def read_correction(text: str, today: date) -> Mapping[str, Any] | None:
    """The change a sentence asks for, or None when it asks for none.

    Keys: manner place occasion kind grade when (Moment) as_member whom no_photos · replace {part: words} · add {part: words} ·
    more (words for any part) · demand (bool) with due (day or None), problem and requirement.
    """
    words = text.strip().rstrip("。！!")
    parts = [part for part in _COMMA.split(words) if part]
    read = [found for part in parts if (found := _read(part, today)) is not None]
    keys = [key for found in read for key in found]
    if _REQUIRED in words or _FREE & set(keys) or len(set(keys)) < len(keys):
        return _read(words, today)
    if len(read) > 1 and len(read) == len(parts):
        # 一周内整改，现场: several wishes in one breath.
        return {key: value for found in read for key, value in found.items()}
    # What stands beside a 整改 and is neither its date nor understood must not be lost.
    lost = [part for part in parts if _read(part, today) is None and not find_dates(part, today)]
    return None if "demand" in keys and lost else _read(words, today)


def _read(words: str, today: date) -> Mapping[str, Any] | None:
    return next((found for read in _READERS if (found := read(words, today)) is not None), None)


def occasion_in(words: str, manner: str) -> str:
    """The occasion the words name, of those that go with the manner (R-123, R-124); empty when none."""
    known = MEETINGS if manner == "collective" else VISITS
    return next((one for one in known if one in words), "")


def _replaced(words: str, today: date) -> Mapping[str, Any] | None:
    match = _REPLACE.fullmatch(words)
    return {"replace": {_part(match["part"]): match["words"].strip()}} if match else None


def _more(words: str, today: date) -> Mapping[str, Any] | None:
    match = _MORE.fullmatch(words)
    if match:
        return {"add": {_part(match["part"]): match["words"].strip()}}
    free = _ADD.fullmatch(words)
    return {"more": free["words"].strip()} if free else None


def _manner(words: str, today: date) -> Mapping[str, Any] | None:
    match = _MANNER.fullmatch(words)
    if match is None:
        return None
    manner, rest = _MANNERS[match["manner"]], (match["rest"] or "").strip()
    occasion = occasion_in(rest, manner)
    found: dict[str, Any] = {"manner": manner, "occasion": occasion}
    return found | ({"place": rest} if rest and rest != occasion else {})


def _place(words: str, today: date) -> Mapping[str, Any] | None:
    match = _PLACE.fullmatch(words)
    return {"place": (match["place"] or match["at"]).strip()} if match else None


def _graded(words: str, today: date) -> Mapping[str, Any] | None:
    grade = _GRADE.fullmatch(words)
    if grade:
        return {"kind": "periodic", "grade": _GRADES[grade["grade"]]}
    if _PERIODIC.fullmatch(words):
        return {"kind": "periodic", "grade": None}
    return {"kind": "daily"} if _DAILY.fullmatch(words) else None


def _as_member(words: str, today: date) -> Mapping[str, Any] | None:
    return {"as_member": True} if _MEMBER.fullmatch(words) else None


def _when(words: str, today: date) -> Mapping[str, Any] | None:
    moment = read_moment(words, today)
    return {"when": moment} if moment else None


def _demand(words: str, today: date) -> Mapping[str, Any] | None:
    if _NO_DEMAND.search(words):
        return {"demand": False}
    asked = requirement_in(words)
    if asked is None and not _DEMAND.search(words):
        return None
    due = deadline_in(words, today)
    named = asked.of(words) if asked and re.search("要求", words) else ""
    return {"demand": True, "due": due.day, "problem": due.problem, "requirement": named}


def _continued(words: str, today: date) -> Mapping[str, Any] | None:
    """A further sentence that says itself what it is about: 不足是…, 下一步…"""
    split = split_review(words)
    written = split.merits or split.gaps or split.directions
    return {"more": words} if written and _CONTINUED.match(words) else None


def _whom(words: str, today: date) -> Mapping[str, Any] | None:
    match = _WHOM.fullmatch(words)
    return {"whom": (match["whom"] or match["other"]).strip()} if match else None


def _no_photos(words: str, today: date) -> Mapping[str, Any] | None:
    return {"no_photos": True} if _NO_PHOTOS.fullmatch(words) else None


def _part(word: str) -> str:
    return _PARTS.get(word[0], "directions")


_READERS = (
    _graded,
    _as_member,
    _no_photos,
    _whom,
    _manner,
    _replaced,
    _more,
    _when,
    _demand,
    _place,
    _continued,
)
