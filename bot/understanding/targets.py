"""Whom a review is about, and what of its form is already said beside the words (R-129)."""

from __future__ import annotations

import re

from bot.understanding.names import Found
from bot.understanding.rules import SCORE, Fields, Match
from bot.understanding.said import Said
from domain.people import RoleKind

_LEADING = re.compile(r"(?:对象[:是]?|的是|一下|[,:、\s])*")
_TRAILING = re.compile(
    r"(?:\([^()]{1,16}\))?(?:的)?(?:本?(?:月|季度|学期)|今年|近期)?(?:的)?(?:工作)?(?:进行|作个?|做个?)?(?:点评|评一下|评一评)?(?:一下)?[,.:;、\s!-]*"
)
_SECRETARY = re.compile(r"的?\s*(?:党?支部|总支)?书记(?![\u4e00-\u9fff]{2,3}[,:\s])")
_OF = re.compile(r"(?:的|里的?|那个)?\s*")
_MANNER = (("collective", "集中点评"), ("onsite", "现场"), ("individual", "谈话"), ("individual", "个别"))
_GRADE = re.compile(
    "(?:等次|等级|评为|评定为?|评个?|给个?)[:是为]*(?P<grade>优秀?|良好?|一般|差)(?![\u4e00-\u9fff]{0,1}生)"
)
_GRADES = {"优": "excellent", "良": "good", "一": "fair", "差": "poor"}
_PLACE = re.compile(
    r"(?:地点[:是在]*|在)(?P<place>[\u4e00-\u9fffa-z]{1,8}?(?:楼|室|厂|院|场|馆|堂|区|中心|车间|舍)[0-9a-z]{0,6}(?:室|号)?)"
)
_WINDOW = 14


def review_fields(said: Said, position: int) -> Fields | None:
    """Target, the leader's words and what they say about manner, place and grade."""
    position = _LEADING.match(said.plain, position).end()  # type: ignore[union-attr]
    target, end = _target(said, said.plain[position:])
    if target is None:
        return {SCORE: 0.45, "text": said.rest(position)}
    return {"target": target, **_words(said, position + end)}


def named_first(said: Said, match: Match) -> Fields | None:
    """The target stands before the entrance: 对张伟点评, 张伟点评：."""
    who = match["who"]
    target, end = _target(said, who)
    if target is None or who[end:].strip(" 的,、"):
        return None
    return {"target": target, **_words(said, match.end())}


def _words(said: Said, position: int) -> Fields:
    end = _TRAILING.match(said.plain, position).end()  # type: ignore[union-attr]
    return {"text": said.rest(end), **details(said.plain[end:])}


def details(plain: str) -> Fields:
    """Manner, place and grade as far as the words name them."""
    grade, place = _GRADE.search(plain), _PLACE.search(plain)
    return {
        "manner": next((code for code, word in _MANNER if word in plain), None),
        "grade": _GRADES[grade["grade"][0]] if grade else None,
        "place": place["place"] if place else None,
    }


def _target(said: Said, plain: str) -> tuple[str | list[str] | None, int]:
    place = said.places.at(plain)
    if place is None:
        found = said.names.at(plain)
        return (_narrowed(said, found, plain).value, found.span[1]) if found else (None, 0)
    end = place.span[1]
    role = _SECRETARY.match(plain, end)
    if role:
        return _holders(said, [org.id for org in place.orgs]), role.end()
    start = _OF.match(plain, end).end()  # type: ignore[union-attr]
    found = said.names.at(plain[start:])
    if found:
        inside = _inside(said, found, {org.id for org in place.orgs})
        return inside.value, start + found.span[1]
    return place.value, end


def _narrowed(said: Said, found: Found, plain: str) -> Found:
    """Of several bearers of a name the one whose post or branch is said beside it."""
    if len(found.people) == 1:
        return found
    beside = plain[found.span[1] : found.span[1] + _WINDOW]
    if not beside.startswith(("(", ",", " ", ":")) and not beside[:1].isalpha():
        return found
    posted = tuple(one for one in found.people if one.post and beside.lstrip("( ,").startswith(one.post))
    if len(posted) == 1:
        return Found(posted, found.span)
    place = said.places.at(beside.lstrip("( "))
    return _inside(said, found, {org.id for org in place.orgs}) if place else found


def _inside(said: Said, found: Found, orgs: set[str]) -> Found:
    people = tuple(one for one in found.people if said.names.home.get(one.id) in orgs)
    return Found(people or found.people, found.span)


def _holders(said: Said, orgs: list[str]) -> str | list[str]:
    holders = said.ctx.roster.holders(RoleKind.SECRETARY, orgs, said.ctx.today)
    ids = [role.person for role in holders]
    return ids[0] if len(ids) == 1 else ids
