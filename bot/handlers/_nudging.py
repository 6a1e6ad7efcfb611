"""Whom 催一下 means and who of them can be reminded today (R-306)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing, _unit
from bot.handlers._standing_words import why_not_owed
from domain.duties import Member
from domain.people import Person, RoleKind
from domain.periods import Period, parse_code
from domain.standing import REPORT, REVIEW, Standing

FRAIL, ON_LEAVE = "年老体弱", "长期请假"
NO_LIST = "请先问“谁没交”，看到编号再说催几号，例：催 1 3"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The people to remind of a duty, or for 点评 the branches whose 书记 is reminded.

    `settled` says of those who were named why they need no reminder.
    """

    duty: str
    window: Period
    people: tuple[Member, ...]
    settled: str = ""


def chosen(ctx: Context, fields: Mapping[str, Any]) -> Chosen | Turn:
    """Those who are missing, of the last list or by default; narrowed to lines, people or a unit."""
    kept = _standing.remembered(ctx)
    if fields.get("numbers") and not kept.get("people"):
        return Turn(NO_LIST)
    units = _units(ctx, fields, kept)
    if isinstance(units, Turn):
        return units
    duty = fields.get("duty") or kept.get("duty", REPORT)
    period = parse_code(kept.get("period", "")) if duty == kept.get("duty") else None
    asked = _standing.question(ctx, duty, period, units)
    if len(asked.windows) != 1:
        asked = _standing.question(ctx, duty, None, units)
    window, found = _standing.found(ctx, asked)[0]
    wanted = _wanted(fields, kept.get("people", ()))
    return Chosen(duty, window, _narrowed(found, wanted), _settled(found, wanted or ()))


def _units(ctx: Context, fields: Mapping[str, Any], kept: Mapping[str, Any]) -> Collection[str] | Turn:
    # Whom one may only look at, nobody is reminded of by oneself.
    scope = permission.reach(ctx, "nudge")
    if fields.get("org"):
        return _unit.asked_units(ctx, scope, fields, "催一下")
    return scope.orgs & set(kept["orgs"]) if kept and not fields.get("person") else scope.orgs


def _wanted(fields: Mapping[str, Any], listed: Sequence[str]) -> Collection[str] | None:
    """Who is meant by line or by name; None when everybody is."""
    named, numbers = fields.get("person") or (), fields.get("numbers") or ()
    wanted = {named} if isinstance(named, str) else set(named)
    wanted |= {listed[n - 1] for n in numbers if 1 <= n <= len(listed)}
    return wanted if named or numbers else None


def _narrowed(found: Standing, wanted: Collection[str] | None) -> tuple[Member, ...]:
    return tuple(one for one in found.missing if wanted is None or one.person.id in wanted)


def _settled(found: Standing, wanted: Collection[str]) -> str:
    """What became meanwhile of those who were named and owe nothing any more."""
    members = (*found.done, *found.waived, *found.without)
    named = [one.person for one in members if one.person.id in wanted]
    return "".join(f"{one.name}{why_not_owed(one.id, found)}，不用提醒。" for one in named)


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who is reminded now; who was today already; who has no account; who is spared or is the speaker."""

    now: tuple[Member, ...]
    already: tuple[Member, ...]
    unreachable: tuple[Member, ...]
    spared: tuple[Member, ...]
    oneself: bool


def receivers(ctx: Context, people: Sequence[Member], key: str) -> Receivers:
    """At most one reminder a day, duty and person; nobody who is old, ill or on leave is pressed (R-148)."""
    others = [one for one in people if one.person.id != ctx.actor.id]
    ids = [one.person.id for one in others]
    reachable = ctx.roster.has_account(ids)
    told = ctx.facts.told([key.format(id) for id in ids])
    away = {one.person for one in ctx.facts.leaves(ids, ctx.today, ctx.today)}
    spared = [one for one in others if one.person.id in away or _is_spared(one.person)]
    asked = [one for one in others if one not in spared]
    able = [one for one in asked if one.person.id in reachable]
    return Receivers(
        now=tuple(one for one in able if key.format(one.person.id) not in told),
        already=tuple(one for one in able if key.format(one.person.id) in told),
        unreachable=tuple(one for one in asked if one.person.id not in reachable),
        spared=tuple(spared),
        oneself=len(others) < len(people),
    )


def _is_spared(person: Person) -> bool:
    return FRAIL in person.categories or person.status == ON_LEAVE


def instead_of_members(ctx: Context, chosen: Chosen) -> tuple[Member, ...]:
    """For 点评 it is the branches' 书记 who have something to do."""
    if chosen.duty != REVIEW:
        return chosen.people
    orgs = {one.org for one in chosen.people}
    heads = ctx.roster.holders(RoleKind.SECRETARY, sorted(orgs), ctx.today) if orgs else ()
    known = ctx.roster.people([role.person for role in heads])
    return tuple(Member(known[role.person], role.org) for role in heads if role.person in known)
