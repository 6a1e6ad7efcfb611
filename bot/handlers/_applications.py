"""Which accounts wait to be let in by the speaker (R-292)."""

from __future__ import annotations

from bot.engine.turn import Context
from bot.handlers import _permission as permission
from domain import bindings
from domain.bindings import Request


def decides(ctx: Context) -> bool:
    """Whether the speaker has an office that lets anybody in at all."""
    return permission.might(ctx, "bind")


def applications(ctx: Context) -> list[Request]:
    """The open requests which this person may answer."""
    mine = permission.reach(ctx, "bind").orgs
    found = bindings.waiting(ctx.facts.settings(bindings.PREFIX), ctx.now)
    return [one for one in found if one.org in mine]
