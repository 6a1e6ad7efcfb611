"""The rows of a 点评方案 as its draft keeps them, and how words change one (R-144)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers._duty_names import short
from domain import review_plans
from domain.ahead import ahead
from domain.dates import find_dates, show
from domain.intake import halfwidth
from domain.people import Organisation
from domain.permissions import Target
from domain.review_plans import Line, Round
from domain.scope import below

LONGEST = 20
EDITED = ("due", "manner", "occasion")
EXAMPLE = "4月15日 集中 支部党员大会"
_USUAL = {"collective": "支部党员大会"}
_MANNERS = {"集中": "collective", "现场": "onsite", "谈话": "individual", "个别": "individual"}
_MANNER = re.compile("|".join(_MANNERS))
_GLUE = re.compile(
    "(?:日期|时间|形式|场合|方式|点评|改成|改为|改到|改在|安排在|安排|定在|之前|以前|[改在前内到用是为于，,。.；;：:、\\s])+"
)

Row = dict[str, Any]


def round_of(ctx: Context, draft: Draft) -> Round | None:
    """The round a draft plans, as long as it is not over."""
    found = review_plans.rounds(ctx.profile, ctx.today)
    return next((one for one in found if one.window.label == draft.fields["round"]), None)


def generated(ctx: Context, unit: Organisation, one: Round) -> list[Line]:
    """What the matrix asks inside an organisation of level one; its branches are read at once."""
    inside = below(ctx.roster, [unit.id])
    orgs = [org for org in ctx.roster.orgs() if org.id in inside]
    return review_plans.lines(ahead(ctx, orgs).roster, ctx.profile, unit, inside, one, ctx.today)


def rows(
    ctx: Context, lines: Sequence[Line], window_due: date, before: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """A row for each line, with what an earlier plan or this draft already says of the same matter."""
    said = {row["key"]: row for row in before}
    called = names_of_orgs(ctx)
    people = ctx.roster.people([line.reviewer for line in lines])
    return [
        {
            **_fresh(line, people[line.reviewer].name, called[line.org], window_due),
            **_kept(said.get(line.key, {})),
        }
        for line in lines
    ]


def names_of_orgs(ctx: Context) -> dict[str, str]:
    """What every organisation is called; asked one by one, forty branches would be forty questions."""
    return {org.id: org.name for org in ctx.roster.orgs()}


def _fresh(line: Line, name: str, unit: str, due: date) -> Row:
    return {
        "key": line.key,
        "reviewer": line.reviewer,
        "name": name,
        "org": line.org,
        "what": _what(line, unit),
        "due": due.isoformat(),
        "manner": line.manner,
        "occasion": _USUAL.get(line.manner, ""),
    }


def _what(line: Line, unit: str) -> str:
    if line.is_of_members:
        return f"{unit}党员{len(line.targets)}人"
    kinds = {target.type for target in line.targets}
    return f"{unit}及其书记" if len(kinds) > 1 else unit if "org" in kinds else f"{unit}书记"


def _kept(row: Mapping[str, Any]) -> Row:
    return {name: row[name] for name in EDITED if name in row}


def full(ctx: Context, lines: Sequence[Line], drafted: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows with everybody by name, as they are written to the ledger."""
    targets = {line.key: line.targets for line in lines}
    ids = {one.subject for line in lines for one in line.targets if one.type != "org"}
    people = ctx.roster.people(sorted(ids))
    names = names_of_orgs(ctx) | {id: one.name for id, one in people.items()}
    return [{**row, "targets": [_named(one, names) for one in targets[row["key"]]]} for row in drafted]


def _named(target: Target, names: Mapping[str, str]) -> dict[str, str]:
    return {"type": target.type, "id": target.subject, "name": names[target.subject]}


def on_day(day: date, today: date) -> str:
    """A day, with its year where that is another one."""
    return short(day) if day.year == today.year else show(day)


def shown(ctx: Context, row: Mapping[str, Any]) -> str:
    """A row behind its reviewer's name: 教工第一党支部党员10人，集中（支部党员大会），4月30日前."""
    manner = ctx.profile.label("manner", row["manner"])
    occasion = f"（{row['occasion']}）" if row["occasion"] else ""
    return f"{row['what']}，{manner}{occasion}，{on_day(date.fromisoformat(row['due']), ctx.today)}前"


def change(text: str, window: tuple[date, date], today: date) -> Row | str:
    """The day, form and occasion that words give a row, or the sentence why they do not."""
    plain, found = halfwidth(text), Row()
    opens, due = window
    for reading in find_dates(plain, today)[-1:]:
        if reading.day is None or not max(opens, today) <= reading.day <= due:
            return f"日期要在{on_day(max(opens, today), today)}到{on_day(due, today)}之间，请再说一次，例：{short(due)}。"
        found["due"] = reading.day.isoformat()
        plain = plain[: reading.span[0]] + " " + plain[reading.span[1] :]
    manner = _MANNER.search(plain)
    if manner:
        found["manner"] = _MANNERS[manner[0]]
        found["occasion"] = _USUAL.get(found["manner"], "")
        plain = plain[: manner.start()] + " " + plain[manner.end() :]
    occasion = _GLUE.sub(" ", plain).strip()
    if len(occasion) > LONGEST:
        return f"场合请写短一点（{LONGEST}字以内），例：支部党员大会。"
    if len(occasion) > 1:
        found["occasion"] = occasion
    return found or f"请说日期、形式或场合，例：{EXAMPLE}。"
