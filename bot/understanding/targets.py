"""Whom a review is about, and what of its form is already said beside the words (R-129)."""

from __future__ import annotations

import re

from bot.understanding.places import place_at
from bot.understanding.rules import SCORE, Fields
from bot.understanding.said import Said
from domain.people import RoleKind

_LEADING = re.compile(r"(?:(?:一下|下|的是?|了|对象)[:：]?|[,:、\s])*")
_TRAILING = re.compile(
    r"(?:同志|老师|书记|同学|教授)?(?:的)?(?:工作)?(?:进行|作个?|做个?)?(?:点评|评一下|评一评)?(?:一下)?[,.:;、\s!-]*"
)
_ROLE = re.compile("(?:的)?书记")
_MANNER = (("collective", "集中点评"), ("onsite", "现场"), ("individual", "谈话"), ("individual", "个别"))
_GRADE = re.compile("(?:等次|等级|评为|评定为?|评)[:是为]*(?P<grade>优秀?|良好?|一般|差)")
_GRADES = {"优": "excellent", "良": "good", "一": "fair", "差": "poor"}
_PLACE = re.compile(
    r"(?:地点[:是在]*|在)(?P<place>[\u4e00-\u9fffa-z]{1,8}(?:楼|室|厂|院|场|馆|堂|区|中心|车间|部|舍)[0-9a-z一二三四五六七八九十-]{0,6}(?:室|号)?)"
)


def review_fields(said: Said, position: int) -> Fields | None:
    """Target, the leader's words and what they say about manner, place and grade."""
    position = _LEADING.match(said.plain, position).end()  # type: ignore[union-attr]
    target, end = _target(said, said.plain[position:])
    if target is None:
        return {SCORE: 0.45, "text": said.rest(position)}
    end = _TRAILING.match(said.plain, position + end).end()  # type: ignore[union-attr]
    text = said.rest(end)
    return {"target": target, "text": text, **details(said.plain[end:])}


def details(plain: str) -> Fields:
    """Manner, place and grade as far as the words name them."""
    grade, place = _GRADE.search(plain), _PLACE.search(plain)
    return {
        "manner": next((code for code, word in _MANNER if word in plain), None),
        "grade": _GRADES[grade["grade"][0]] if grade else None,
        "place": place["place"] if place else None,
    }


def _target(said: Said, plain: str) -> tuple[str | list[str] | None, int]:
    place = place_at(said, plain)
    if place:
        role = _ROLE.match(plain, place.span[1])
        if role and len(place.orgs) == 1:
            return _secretary(said, place.orgs[0].id), role.end()
        return place.value, place.span[1]
    found = said.names.at(plain)
    return (found.value, found.span[1]) if found else (None, 0)


def _secretary(said: Said, org: str) -> str | list[str]:
    holders = said.ctx.roster.holders(RoleKind.SECRETARY, [org], said.ctx.today)
    ids = [role.person for role in holders]
    return ids[0] if len(ids) == 1 else ids
