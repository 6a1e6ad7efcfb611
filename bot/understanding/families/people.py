"""Changes of people: transfers and leaves."""

from __future__ import annotations

from itertools import pairwise

from bot.understanding.rules import SCORE, Fields, Match, lead
from bot.understanding.said import Said
from domain.dates import DateReading, find_dates

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
        "on": days[0].day.isoformat() if days and days[0].day else None,
    }


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


def _from_and_to(said: Said, dates: list[DateReading]) -> tuple[str | None, str | None]:
    for one, other in pairwise(dates):
        if said.plain[one.span[1] : other.span[0]].strip() in _TO:
            dates = [one, other]
            break
    days = [one.day.isoformat() for one in dates if one.day]
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


def _dates(said: Said) -> list[DateReading]:
    return [one for one in find_dates(said.plain, said.ctx.today) if one.day]


_VERB = "(?P<verb>转出|转入|转到|转去|转往|转走|调出|调入|调到|调去|转接)"

RULES = (
    lead(
        "transfer",
        rf"(?:把|办理?|申请)?(?P<who>.{{2,20}}?)?{_VERB}(?:[,:\s]+|(?=\S)|$)",
        _transfer,
        required=("person", "to", "on"),
    ),
    lead("transfer", r"(?P<verb>接收)(?P<who>)[,:\s]*(?=\S)", _transfer, required=("person", "to", "on")),
    lead(
        "leave",
        r"(?P<who>[^,;:。]{0,20}?[, ]?)(?:长期)?请了?(?:个|一?下|[0-9一二两三四五六七八九十半]{1,3}(?:天|个?月|周|个?星期)的?)?(?:长"
        r"|事|病|产|年|公)?假(?!条)(?:[,:\s]+|(?=\S)|$)",
        _leave,
        required=("from", "reason"),
    ),
    lead(
        "leave",
        r"(?P<who>[^,;:。]{0,8}?)(?:产|病|事|婚|丧|长|年)假[,:\s]*(?=从|自)",
        _leave,
        required=("from", "reason"),
    ),
    lead("admit", r"办?(?:新增|转正|离校|换届)(?:党员|人员|手续)?(?=[\s,:。]|$)"),
)
