"""The transfers that wait: for the speaker's own answer, or for somebody else's to what his branch proposed (S-15)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context
from bot.handlers import _permission as permission
from domain import authority
from domain.scope import scope_of
from domain.transfers import Transfer


def of_desk(ctx: Context) -> Sequence[str]:
    """The organisations below the speaker's own chairs; all of them for who keeps the roster."""
    if authority.keeps(ctx.roster, ctx.actor, ctx.today):
        return [org.id for org in ctx.roster.orgs()]
    return sorted(scope_of(ctx.roster, ctx.actor, ctx.today).led)


def _open(ctx: Context) -> Sequence[Transfer]:
    desk = of_desk(ctx)
    return ctx.facts.transfers(desk) if desk else ()


def to_receive(ctx: Context) -> list[Transfer]:
    """Those which the speaker has to accept or not."""
    return [one for one in _open(ctx) if permission.may(ctx, "receive", one.target).allowed]


def outgoing(ctx: Context) -> list[Transfer]:
    """Those out of the speaker's branches that nobody has answered."""
    return [one for one in _open(ctx) if permission.may(ctx, "transfer", one.origin, one.person).allowed]
