"""Whom a review is about, and what of its form is already said beside the words (R-129)."""

from __future__ import annotations

import re

from bot.understanding import cues, subjects
from bot.understanding.rules import LIKELY, SCORE, Fields, Match
from bot.understanding.said import Said

_LEADING = re.compile(r"(?:对象[:是]?|的是|一下|[,:、\s])*")
_TRAILING = re.compile(
    r"了?(?:\([^()]{1,16}\))?(?:的)?(?:工作)?(?:进行|作个?|做个?)?(?:点评|评一下|评一评)?(?:一下)?[,.:;、\s!-]*"
)
_MANNER = (
    ("collective", re.compile("集中点评|[会委][上议].{0,4}点评|(?:大会|生活会|支委会|党员会|例会|会议?上)[^,;:。]{0,8}(?:点评|评)")),
    ("onsite", re.compile("现场|实地|上门|看望|[去到在][^,;:。]{1,14}(?:看了|听了|转了|查了|检查了)|(?:刚|今天|昨天|上午|下午|刚才)[^,;:。]{0,8}(?:看了|听了|旁听|走访)")),
    ("individual", re.compile("谈话|个别|约谈|单独|一对一|面谈|谈心(?=点评)|(?:找|跟|和|与|同|约)[^,;:。]{1,8}?(?:谈|聊)")),
)  # fmt: skip
_GRADES = {"优": "excellent", "良": "good", "一": "fair", "差": "poor", "较": "poor"}
# Somebody who is not in the roster, or misspelt: 点评钱多多：工作认真. Whom it is about is asked, the words are kept.
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,4}[:, ]\s*[^?]{4,}\Z", re.DOTALL)
_ROOM = "(?:楼|室|厂|院|场|馆|堂|区|中心|车间|舍)"
_PLACE = re.compile(
    rf"(?:地点[:是在]*|在)(?P<place>[\u4e00-\u9fffa-z]{{1,8}}?{_ROOM}[0-9a-z]{{0,6}}(?:室|号)?(?:[\u4e00-\u9fff]{{1,3}}?(?:房|室|厅|库|{_ROOM}))?)"
    rf"|(?:^|[,.;、:\s])(?P<room>(?!在)[\u4e00-\u9fff]{{1,6}}?{_ROOM}[0-9]{{1,5}}(?:室|号)?)(?=[,.;、:\s]|$)"
)


def review_fields(said: Said, position: int) -> Fields | None:
    """Target, the leader's words and what they say about manner, place and grade."""
    position = _LEADING.match(said.plain, position).end()  # type: ignore[union-attr]
    target = subjects.several(said, said.plain[position:])
    if target is None:
        meant = said.names.leads and _UNKNOWN.match(said.plain, position)
        return {SCORE: LIKELY if meant else 0.45, "text": said.rest(position)}
    return {"target": target.value, **_words(said, position + target.end)}


def named_first(said: Said, match: Match) -> Fields | None:
    """The target stands before the entrance: 对张伟点评, 张伟点评：."""
    target = subjects.whole(said, match["who"])
    return {"target": target.value, **_words(said, match.end())} if target else None


def _words(said: Said, position: int) -> Fields:
    end = _TRAILING.match(said.plain, position).end()  # type: ignore[union-attr]
    return {"text": said.rest(end), **details(said.plain, said.plain[position:])}


def details(plain: str, behind: str = "") -> Fields:
    """Manner, place and grade as far as the words name them; `behind` is what follows the name."""
    grade, place = cues.GRADE.match(behind) or cues.GRADE.search(plain), _PLACE.search(plain)
    return {
        "manner": next((code for code, pattern in _MANNER if pattern.search(plain)), None),
        "grade": _GRADES[(grade["said"] or grade["alone"])[0]] if grade else None,
        "place": (place["place"] or place["room"]) if place else None,
    }
