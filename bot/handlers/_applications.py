"""Which accounts wait to be let in by the speaker (R-292)."""

from __future__ import annotations

from bot.engine.turn import Context
from domain import bindings
from domain.bindings import Request
from domain.people import RoleKind
from domain.scope import scope_of


def decides(ctx: Context) -> bool:
    """Whether the speaker has an office that lets anybody in at all."""
    roles = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    return any(role.role in (RoleKind.SECRETARY, RoleKind.ADMIN) for role in roles)


def applications(ctx: Context) -> list[Request]:
    """The open requests which this person may answer."""
    led = scope_of(ctx.roster, ctx.actor, ctx.today).led
    found = bindings.waiting(ctx.facts.settings(bindings.PREFIX), ctx.now)
    return [one for one in found if bindings.may_answer(ctx.roster, led, ctx.actor, one, ctx.today)]
