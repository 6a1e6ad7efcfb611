"""台账 张伟: what the ledger holds of one person, within one's scope only (R-304, R-305, R-344)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _unit
from bot.handlers._archive_view import view
from domain.access import was_read
from domain.people import Organisation, Person
from domain.scope import Scope, within

WHOSE = "要看谁的台账？请写姓名，例：台账 张伟。看自己的请回复“我的台账”。"
CLOSED = "台账只有本人、支部书记和上级组织看得到。看自己的请回复“我的台账”。"


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = permission.reach(ctx, "look")
    named = fields.get("person")
    ids = list(named) if isinstance(named, list | tuple) else [named] if named else []
    if ids == [ctx.actor.id]:
        return _own(ctx)
    if not scope:
        return Turn(CLOSED)
    if not ids:
        return Turn(WHOSE)
    found = within(ctx.roster, scope, ids, ctx.today)
    if not found:
        return _once_ours(ctx, scope, ids) or Turn(_unit.outside(ctx, scope))
    return _read(ctx, *found[0]) if len(found) == 1 else _which(found)


def _own(ctx: Context) -> Turn:
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return view(ctx, ctx.actor, branch) if branch else Turn("您现在不在任何支部的名单里，请问支部书记。")


def _read(ctx: Context, person: Person, org: Organisation) -> Turn:
    if person.id == ctx.actor.id:
        return _own(ctx)
    capacity = permission.may(ctx, "look", org.id).capacity
    return replace(view(ctx, person, org), entries=(was_read(person, org, capacity),))


def _once_ours(ctx: Context, scope: Scope, ids: Sequence[str]) -> Turn | None:
    """Who has left a branch of the speaker's: what was written until then stays readable there (R-231)."""
    bonds = [bond for id in ids for bond in ctx.roster.bonds_of(id).places if bond.org in scope.orgs]
    last = max((bond for bond in bonds if bond.end), key=lambda bond: bond.start, default=None)
    person = ctx.roster.person(last.person) if last else None
    org = ctx.roster.org(last.org) if last else None
    if last is None or last.start > ctx.today or person is None or org is None:
        return None
    capacity = permission.may(ctx, "look", org.id).capacity
    entry = was_read(person, org, capacity)
    return replace(view(ctx, person, org, last.end), entries=(entry,))


def _which(found: list[tuple[Person, Organisation]]) -> Turn:
    lines = [f"{n} {one.name}（{org.name}，{one.post}）" for n, (one, org) in enumerate(found, 1)]
    say = "\n".join(["是哪一位？", *lines, "回复数字。"])
    return Turn(say, choices=tuple(f"台账 {one.id}" for one, _ in found))


HANDLER = Query("archive", "看台账", ("台账",), _reply)
