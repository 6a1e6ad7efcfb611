"""Whom 催一下 means and who of them can be reminded today (R-306)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing, _unit
from bot.handlers._late_things import kind, things
from bot.handlers._standing_words import why_not_owed
from domain.asked import question
from domain.doers import doers
from domain.duties import Member
from domain.duties.overdue import Late
from domain.finding import found
from domain.people import Person
from domain.periods import Period, parse_code
from domain.standing import REPORT, Object, Standing

FRAIL, ON_LEAVE = "年老体弱", "长期请假"
SEVERAL = "several"
NO_LIST = "请先问“谁没交”，看到编号再说催几号，例：催 1 3"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The people to remind of a duty: for 点评 and 签字 those who have to do it, not whom it is about.

    `period` is None where each thing has its own day. `settled` says of those who were named why they need
    no reminder.
    """

    duty: str
    label: str
    period: Period | None
    people: tuple[Member, ...]
    settled: str = ""


def chosen(ctx: Context, fields: Mapping[str, Any]) -> Sequence[Chosen] | Turn:
    """Those who are missing, of the last list or by default; narrowed to lines, people or a unit."""
    kept = _standing.remembered(ctx)
    if fields.get("numbers") and not kept.get("people"):
        return Turn(NO_LIST)
    units = _units(ctx, fields, kept)
    if isinstance(units, Turn):
        return units
    if kept.get("late") and not (fields.get("duty") or fields.get("org") or fields.get("person")):
        return _late(ctx, kept, _wanted(fields, kept["people"]))
    return [_asked(ctx, fields, kept, units)]


def _late(ctx: Context, kept: Mapping[str, Any], wanted: Collection[str] | None) -> Sequence[Chosen]:
    """Whoever can still do what the last 逾期 listed; who has several such things hears of them in one message."""
    orgs = permission.reach(ctx, "nudge").orgs & set(kept["orgs"])
    found = things(ctx, sorted(orgs), with_own=True)
    still = [one.late for one in found if wanted is None or one.key in wanted]
    owners = dict.fromkeys(id for one in still for id in one.owners)
    people, alike = ctx.roster.people(list(owners)), dict[tuple[str, str], list[Member]]()
    for id in (id for id in owners if id in people):
        own = [one for one in still if id in one.owners]
        alike.setdefault(_what(own), []).append(Member(people[id], own[0].duty.unit))
    return [
        Chosen(code, label, parse_code(label), _within(ctx, same)) for (code, label), same in alike.items()
    ]


def _what(own: Sequence[Late]) -> tuple[str, str]:
    """The duty and window of the one thing somebody has to do, or that there are several."""
    if len(own) > 1:
        return SEVERAL, ""
    return kind(own[0]), own[0].duty.window.label.partition("@")[0]


def _asked(
    ctx: Context, fields: Mapping[str, Any], kept: Mapping[str, Any], units: Collection[str]
) -> Chosen:
    """Whoever is missing in the window of the last question about others."""
    duty = fields.get("duty") or kept.get("duty", REPORT)
    period = parse_code(kept.get("period", "")) if duty == kept.get("duty") else None
    asked = question(ctx, duty, period, units, ctx.actor.id)
    if len(asked.windows) != 1:
        asked = question(ctx, duty, None, units, ctx.actor.id)
    answer, wanted = found(ctx, asked), _wanted(fields, kept.get("people", ()))
    if not answer:
        return Chosen(duty, "", None, ())
    window, one = answer[0]
    people = _within(ctx, doers(ctx, duty, _narrowed(one, wanted)))
    return Chosen(duty, window.label, window, people, _settled(one, wanted or ()))


def _within(ctx: Context, people: Sequence[Member]) -> tuple[Member, ...]:
    """Nobody reminds the one above him."""
    led = permission.reach(ctx, "nudge").led
    return tuple(one for one in people if one.org in led)


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


def _narrowed(one: Standing, wanted: Collection[str] | None) -> list[Object]:
    return [each for each in one.missing if wanted is None or _is_meant(each, wanted)]


def _is_meant(one: Object, wanted: Collection[str]) -> bool:
    return one.id in wanted or (one.person is not None and one.person.id in wanted)


def _settled(one: Standing, wanted: Collection[str]) -> str:
    """What became meanwhile of those who were named and owe nothing any more."""
    named = [each for each in (*one.done, *one.waived, *one.without) if each.id in wanted]
    return "".join(f"{each.name}{why_not_owed(each.id, one)}，不用提醒。" for each in named)


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


def together(found: Sequence[Receivers]) -> Receivers:
    """Everybody once, for what the 书记 is told."""

    def once(name: str) -> tuple[Member, ...]:
        return tuple({who.person.id: who for one in found for who in getattr(one, name)}.values())

    oneself = any(one.oneself for one in found)
    return Receivers(once("now"), once("already"), once("unreachable"), once("spared"), oneself)


def _is_spared(person: Person) -> bool:
    return FRAIL in person.categories or person.status == ON_LEAVE
