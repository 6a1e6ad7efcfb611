"""Changes of people: transfers and leaves."""

from __future__ import annotations

import re

from bot.understanding.places import place_in
from bot.understanding.rules import Fields, lead
from bot.understanding.said import Said
from domain.dates import find_dates


def _transfer(said: Said, match: re.Match[str]) -> Fields | None:
    rest = said.plain[match.end() :]
    found = said.names.within(rest)
    place = place_in(said, rest)
    days = [one.day.isoformat() for one in find_dates(rest, said.ctx.today) if one.day]
    return {
        "person": found.value if found else None,
        "to": place.value if place else None,
        "on": days[0] if days else None,
    }


def _leave(said: Said, match: re.Match[str]) -> Fields | None:
    rest = said.plain[match.end() :]
    found = said.names.within(rest)
    dates = [one for one in find_dates(rest, said.ctx.today) if one.day]
    days = [one.day.isoformat() for one in dates if one.day]
    end = max([found.span[1] if found else 0, *(one.span[1] for one in dates)])
    return {
        "person": found.value if found else None,
        "from": days[0] if days else None,
        "to": days[1] if len(days) > 1 else None,
        "reason": said.rest(match.end() + end),
    }


RULES = (
    lead(
        "transfer", r"(?:转出|转入|调出|转走)(?:[,:\s]+|(?=\S)|$)", _transfer, required=("person", "to", "on")
    ),
    lead("leave", r"(?:请假|长期请假)(?:[,:\s]+|(?=\S)|$)", _leave, required=("from", "reason")),
)
