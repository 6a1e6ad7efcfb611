"""What 谁没交 and 逾期 leave behind for the words that follow them: 催 1 3, 免 2, 代 3, 齐了叫我."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.engine.turn import Context
from domain.asked import Question

MEMORY = "missing"
MOST_LINES = 99
"""A number has two digits."""


def remembered(ctx: Context) -> Mapping[str, Any]:
    """The last question of this kind and what its list named, while the list still counts."""
    kept: Mapping[str, Any] = ctx.conversation.memory.get(MEMORY, {})
    hours = ctx.profile.number("chat.list_hours")
    fresh = kept and ctx.now - datetime.fromisoformat(kept["at"]) <= timedelta(hours=hours)
    return kept if fresh else {}


def line(ctx: Context, n: int) -> tuple[str, str, str] | None:
    """Duty, period and whom or what the nth line of the last list was about."""
    kept = remembered(ctx)
    listed: Sequence[str] = kept.get("people", ())
    if not 1 <= n <= len(listed):
        return None
    if kept.get("late"):
        duty, period, id = listed[n - 1].split("|", 2)
        return duty, period, id
    return kept["duty"], kept["period"], listed[n - 1]


def relisted(ctx: Context, people: Sequence[str]) -> dict[str, Any]:
    """The last question again, but the numbers now mean the people of another list."""
    kept = remembered(ctx)
    return {MEMORY: {**kept, "people": list(people), "lines": []}} if kept else {}


def memory(ctx: Context, asked: Question, people: Sequence[str]) -> dict[str, Any]:
    """What 催一下 and 免 will refer to."""
    orgs = [org.id for org in asked.orgs]
    kept = {"duty": asked.duty, "period": asked.period.label, "orgs": orgs, "people": list(people)}
    return {MEMORY: {**kept, "at": ctx.now.isoformat()}}


def late(ctx: Context, orgs: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    """The things of 逾期 behind 催 1 3; 都催 means whatever is late by then."""
    kept = {"late": True, "orgs": list(orgs), "people": list(keys[:MOST_LINES])}
    return {MEMORY: {**kept, "at": ctx.now.isoformat()}}
