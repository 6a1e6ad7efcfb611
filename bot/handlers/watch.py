"""齐了叫我 and 不用叫了: one message when nobody is missing any more, instead of asking again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _standing, _unit
from bot.handlers._duty_names import complete, title
from domain import watching
from domain.asked import Question, question
from domain.finding import found
from domain.periods import parse_code
from domain.scope import asks_about
from domain.standing import REPORT
from domain.watching import Watch

NOT_THIS = "这个没有统一的最后一天，我没法替您等。想看请再问一次。"
NOBODY_WAITS = "现在没有替您等着的。问“谁没交”以后回复“齐了叫我”，齐了就告诉您。"
STOPPED = "好的，不叫了。要看随时问“谁没交”。"


def _permitted(ctx: Context) -> str | None:
    return None if asks_about(ctx.roster, ctx.actor, ctx.today) else _unit.no_unit(ctx)


def _begin(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    asked = _question(ctx, fields)
    if not asked.orgs or not watching.can_wait(ctx, asked):
        return Turn(NOT_THIS)
    window, now = found(ctx, asked)[0]
    if now.is_complete:
        return Turn(complete(asked.duty, window, now, ctx.today))
    orgs = tuple(org.id for org in asked.orgs)
    watch = Watch(ctx.actor.id, asked.duty, window.label, orgs, ctx.now.isoformat())
    return Turn(
        f"好的，{title(asked.duty, window, ctx.today)}齐了就告诉您一次。不想等了请回复“不用叫了”。",
        set={watch.setting: watch.kept},
    )


def _question(ctx: Context, fields: Mapping[str, Any]) -> Question:
    """The last one, or what is named now, of everybody in reach."""
    kept = _standing.remembered(ctx)
    duty = fields.get("duty") or kept.get("duty", REPORT)
    same = bool(kept) and duty == kept.get("duty")
    everywhere = asks_about(ctx.roster, ctx.actor, ctx.today).orgs
    orgs = everywhere & set(kept["orgs"]) if same else everywhere
    return question(ctx, duty, parse_code(kept["period"]) if same else None, orgs, ctx.actor.id)


def _end(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    kept = ctx.facts.settings(f"{watching.PREFIX}{ctx.actor.id}|")
    return Turn(STOPPED, set=dict.fromkeys(kept, "")) if kept else Turn(NOBODY_WAITS)


HANDLERS = (
    Query("watch", "齐了告诉我", ("齐了叫我",), _begin, _permitted),
    Query("unwatch", "不用等齐了", ("不用叫了",), _end),
)
