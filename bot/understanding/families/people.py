"""Changes of people: transfers and leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.rules import SCORE, Fields, Match, lead, whole
from bot.understanding.said import Said
from domain.effective import Day, days_in
from domain.lifecycle import EVENTS
from domain.transfers import ACCEPTED

_TO = ("到", "至", "-", "~", "—")
_EDGES = " ,，.。:：;；、到至从因为的，"


def _transfer(said: Said, match: Match) -> Fields | None:
    found = (
        said.names.within(match["who"].lstrip("把 "))
        if match["who"]
        else said.names.within(said.plain[match.end() :])
    )
    place = said.places.within(said.plain[match.start("verb") :])
    days = _dates(said)
    if match["who"] and not (found and (place or "关系" in match["who"])):
        return None
    if not (found or place) and said.rest(match.end()):
        return None
    return {
        "person": found.value if found else None,
        "to": place.value if place else None,
        "on": days[0].day.isoformat() if days else None,
    }


def _named(said: Said, match: Match) -> Fields | None:
    """Somebody named behind an answer to a transfer, and perhaps why."""
    rest = said.rest(match.end())
    found = said.names.at(said.plain[match.end() :].lstrip(" ,:、"))
    if (rest and not found) or said.places.within(said.plain):
        return None
    reason = rest[found.span[1] :].strip(_EDGES) if found else ""
    return {"person": found.value if found else None, "reason": reason}


def _enrolled(said: Said, match: Match) -> Fields:
    place = said.places.within(said.plain[match.end() :])
    return {"line": said.rest(match.end()), "to": place.value if place else None}


def _dateless(said: Said, words: str) -> str:
    """Some words without their dates and what merely goes with these."""
    for day in reversed(days_in(words, said.ctx.today)):
        words = words[: day.span[0]] + words[day.span[1] :]
    return words.strip(_EDGES + "于在起了手续")


def _changed(said: Said, match: Match) -> Fields | None:
    """王明去世, 离校 王明 7月1日: a word of the table and somebody's name, or the word alone."""
    who, rest = (_dateless(said, match[part]) for part in ("who", "rest"))
    found = said.names.whole(who) if who else said.names.at(rest) if rest else None
    if (who and rest) or (bool(who or rest) and not found):
        return None
    days = _dates(said)
    return {
        "event": match["event"],
        "person": found.value if found else None,
        "on": days[0].day.isoformat() if days else None,
    }


def _office(said: Said, match: Match) -> Fields | None:
    """换届 教工第一党支部 张伟 12月1日, 任命 张伟 为教工一支部副书记, 免去 张伟 副书记: in any order."""
    rest = said.plain[match.end() :]
    place, days = said.places.within(rest), _dates(said)
    gone = [one.span for one in (place,) if one]
    words = "".join(" " if any(a <= n < b for a, b in gone) else letter for n, letter in enumerate(rest))
    post = _POST.search(words)
    found = said.names.within(_dateless(said, _POST.sub(" ", words)).lstrip(" 由为是的新任:,同志"))
    takes = match["act"].startswith(("免", "撤"))
    if rest.strip(_EDGES) and (not (place or found or days) or (takes and not post)):
        return None
    word = post["post"] if post else "书记" if match["act"].startswith("换") else None
    return {
        "take": takes or None,
        "post": word,
        "org": place.value if place else None,
        "person": found.value if found else None,
        "on": days[0].day.isoformat() if days else None,
    }


def _lent(said: Said, match: Match) -> Fields | None:
    """委托 张伟 代我点评 7月1日到8月31日, 指定 张伟 代教工第一党支部书记 …."""
    rest = said.plain[match.end() :]
    place, found = said.places.within(rest), said.names.at(rest.lstrip(" ,:、由"))
    days = _dates(said)
    first, last = _from_and_to(said, days)
    if rest.strip(_EDGES) and not found:
        return None
    return {
        "person": found.value if found else None,
        "org": place.value if place else None,
        "from": first,
        "to": last,
    }


def _linked(said: Said, match: Match) -> Fields | None:
    """联系点 马骏 机械学院党总支 12月1日, 马骏联系机械学院党总支."""
    rest = f"{match['who']} {match['rest']}"
    place, days = said.places.within(rest), _dates(said)
    gone = place.span if place else (0, 0)
    found = said.names.within(_dateless(said, rest[: gone[0]] + " " + rest[gone[1] :]))
    if rest.strip(_EDGES) and not (found and place):
        return None
    return {
        "drop": bool(match["drop"]) or None,
        "kind": "分管" if "分管" in match["kind"] else "联系点",
        "person": found.value if found else None,
        "org": place.value if place else None,
        "on": days[0].day.isoformat() if days else None,
    }


def _settling(said: Said, match: Match) -> Fields | None:
    """1 继续, 2 改为…, 3 终止…: only for who has just been transferred."""
    one = said.ctx.facts.transfer(said.ctx.actor.id)
    return {"text": said.text[said.start :]} if one and one.state == ACCEPTED else None


def _leave(said: Said, match: Match) -> Fields | None:
    who = match["who"].strip("的 ,") if match["who"] else ""
    rest = said.plain[match.end() :].lstrip(" ,:、")
    found = (said.names.at(who) if who else None) or (said.names.at(rest) if rest else None)
    dates = _dates(said)
    first, last = _from_and_to(said, dates)
    if who and not (found or who.startswith(("我", "因", "本人")) or (dates and who[0].isdigit())):
        return {SCORE: 0.4}
    return {
        "person": found.value if found else None,
        "from": first,
        "to": last,
        "reason": _reason(said, match, found is not None),
    }


def _from_and_to(said: Said, dates: Sequence[Day]) -> tuple[str | None, str | None]:
    for one, other in pairwise(dates):
        if said.plain[one.span[1] : other.span[0]].strip() in _TO:
            dates = [one, other]
            break
    days = [one.day.isoformat() for one in dates]
    if len(days) == 1 and said.plain[: dates[0].span[0]].rstrip().endswith(("到", "至")):
        return None, days[0]
    return (days[0] if days else None), (days[1] if len(days) > 1 else None)


def _reason(said: Said, match: Match, named: bool) -> str:
    """What is said after the last date and the name, or before 请假."""
    ends = [one.span[1] for one in _dates(said)]
    behind = max([match.end(), *ends])
    words = said.rest(behind)
    if named and behind == match.end() and not match["who"]:
        found = said.names.at(said.plain[behind:].lstrip(" ,:、"))
        words = words[found.span[1] :] if found else words
    before = match["who"].strip(" ,，")
    return words.strip(_EDGES) or (before if before.startswith(("因", "生病")) else "")


def _dates(said: Said) -> Sequence[Day]:
    return days_in(said.plain, said.ctx.today)


# 免去 张伟 副书记 is heard before 免, which waives a duty.
SURER = 0.96
_HAN = "[\u4e00-\u9fff]"
_WORDS = sorted((word for one in EVENTS for word in (one.word, *one.others)), key=len, reverse=True)
_EVENT = f"(?P<event>{'|'.join(_WORDS)})"
_POST = re.compile(
    "(?P<post>副书记|(?<!副)书记|[\u4e00-\u9fff]{0,3}委员|记录员|管理员|学校领导|行政主要负责人|工作人员)"
)
_VERB = "(?P<verb>转出|转入|转到|转去|转往|转走|调出|调入|调到|调去|转接)"

RULES = (
    lead("transfer", r"(?:同意)?(?:接收|转入)(?!人)[,:\s]*", _named),
    lead(
        "transfer",
        rf"(?:把|办理?|申请)?(?P<who>.{{2,20}}?)?{_VERB}(?:[,:\s]+|(?=\S)|$)",
        _transfer,
        required=("person", "to", "on"),
    ),
    lead("decline", r"(?:不同意|不|拒绝)接收[,:\s]*", _named),
    lead("recall", r"(?:撤回|撤销|取消)(?:转出|转接)[,:\s]*", _named),
    whole("transfers", "待接收|转接|转入转出|(?:有)?(?:谁|哪些人?)(?:在)?(?:转入|转出|转接)"),
    whole("after_transfer", "转后承诺|转支部后的?承诺"),
    lead("after_transfer", r"[123][\s.、,:]*(?:继续|保留|调整|改为|改成|终止)", _settling),
    lead(
        "leave",
        r"(?P<who>[^,;:。]{0,20}?[, ]?)(?:长期)?请了?(?:个|一?下|[0-9一二两三四五六七八九十半]{1,3}(?:天|个?月|周|个?星期)的?)?(?:长"
        r"|事|病|产|年|公)?假(?!条)(?:[,:\s]+|(?=\S)|$)",
        _leave,
        required=("from", "reason"),
    ),
    lead(
        "enrol",
        rf"(?:办理?)?(?:新增|增加|新来)(?:一?[名位个]?(?:新)?(?:预备)?党员|人员)?(?=$|[\s,:、]|{_HAN})",
        _enrolled,
    ),
    lead("back_from_leave", r"(?:销假|提前销假)[,:\s]*", _named),
    lead(
        "person_change",
        rf"(?:登记|办理?)?(?P<who>[^,;:。?]{{0,12}}?)[\s,:]*(?:同志|老师)?(?:已|已经|于|在)?[\s,:]*{_EVENT}(?P<rest>[^?吗]*)$",
        _changed,
    ),
    lead("appoint", r"(?P<act>换届|任命|免去|免掉|撤去|撤销职务)[,:\s]*", _office, score=SURER),
    lead(
        "link",
        r"(?P<who>[^,;:。?]{0,8}?)[\s,]*(?P<drop>取消|不再|撤销)?(?P<kind>联系点|分管(?:单位)?)[为是改成:,\s]*(?P<rest>[^?？谁吗]*)$",
        _linked,
    ),
    lead("delegate", r"(?:委托|指定|授权)[,:\s]*(?=$|.*代|.{0,12}$)", _lent),
    lead("end_delegation", r"(?:取消|收回|结束)委托[,:\s]*", _named),
    whole("people_menu", "人员变动|人员变化|(?:登记|办理?)人员变动"),
    whole("person_change", "登记变动"),
    lead(
        "leave",
        r"(?P<who>[^,;:。]{0,8}?)(?:产|病|事|婚|丧|长|年)假[,:\s]*(?=从|自)",
        _leave,
        required=("from", "reason"),
    ),
)
