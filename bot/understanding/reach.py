"""Which organisations a speaker answers for, so that names are looked up there first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context
from domain.people import Organisation, Role, RoleKind
from domain.scope import below

_EVERYWHERE = (RoleKind.STAFF, RoleKind.ADMIN)
_AT_THEIR_OWN = (
    RoleKind.SECRETARY,
    RoleKind.DEPUTY,
    RoleKind.COMMITTEE,
    RoleKind.RECORDER,
    RoleKind.ADMIN_HEAD,
)


def reach_of(ctx: Context, roles: Sequence[Role]) -> tuple[Organisation, ...]:
    """The organisations below the speaker's posts and 联系点; the own branch for everybody else."""
    if any(role.role in _EVERYWHERE for role in roles):
        return tuple(ctx.roster.orgs())
    tops = [role.org for role in roles if role.role in _AT_THEIR_OWN]
    if any(role.role is RoleKind.SCHOOL_LEADER for role in roles):
        tops += [link.org for link in ctx.roster.links_of(ctx.actor.id, ctx.today)]
    if not tops:
        own = ctx.roster.branch_of(ctx.actor.id, ctx.today)
        return (own,) if own else ()
    found = below(ctx.roster, tops)
    known = (ctx.roster.org(id) for id in found) if len(found) == 1 else ctx.roster.orgs()
    return tuple(org for org in known if org and org.id in found)
