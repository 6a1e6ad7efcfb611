"""The table of authority asked on behalf of the speaker, and the kind sentence of a refusal (R-043, domain §2.3)."""

from __future__ import annotations

from datetime import date

from bot.engine.turn import Context
from domain import authority, scope
from domain.people import PARTY_MEMBERS, Organisation, Person
from domain.roster_rows import LEAVING
from domain.scope import Scope
from domain.verdict import Verdict

_NAMED = 2


def may(ctx: Context, act: str, org: str, about: str = "") -> Verdict:
    """Whether the speaker may do this at an organisation, as of this message."""
    return authority.may(ctx.roster, ctx.actor, act, org, ctx.today, about)


def might(ctx: Context, act: str) -> bool:
    """Whether the speaker may do this anywhere."""
    return authority.might(ctx.roster, ctx.actor, act, ctx.today)


def reach(ctx: Context, act: str) -> Scope:
    """Where the speaker may do what goes downward: ask, list, free."""
    return scope.reach(ctx.roster, ctx.actor, act, ctx.today)


def refused(ctx: Context, verdict: Verdict) -> str:
    """Why not, and who could do it instead."""
    if not verdict.words:
        return ""
    return f"{verdict.words}由{'或'.join(verdict.seats)}来办。{whom_to_ask(ctx, verdict)}"


def whom_to_ask(ctx: Context, verdict: Verdict) -> str:
    """请找李芳同志。 or nothing, where nobody sits there."""
    ids = [one.person for one in verdict.instead]
    known = ctx.roster.people(ids) if ids else {}
    names = [f"{known[id].name}同志" for id in ids if id in known]
    return f"请找{'、'.join(names[:_NAMED])}。" if names else ""


def nobody_may(ctx: Context, act: str, otherwise: str = "") -> str | None:
    """The refusal for somebody who sits in no seat for this anywhere; `otherwise` is what he may do himself."""
    if might(ctx, act):
        return None
    home = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return refused(ctx, may(ctx, act, home.id if home else "")) + otherwise


def is_voter(ctx: Context) -> bool:
    """Whether the speaker is in the roster as no Party member and holds no office (R-015)."""
    nobody = not ctx.roster.roles_of(ctx.actor.id, ctx.today)
    return nobody and ctx.actor.political not in PARTY_MEMBERS and ctx.actor.status not in LEAVING


def no_member(ctx: Context, act: str, rule: str) -> str | None:
    """The kind sentence for somebody who is no Party member, or of no branch any more (R-015, R-016)."""
    if may(ctx, act, "", ctx.actor.id).allowed:
        return None
    if ctx.actor.status in LEAVING:
        return f"您的组织关系已经不在这里（{ctx.actor.status}），这件事不用办了。以前的记录都留着，有疑问请联系原支部书记。"
    if not ctx.actor.is_member:
        return f"{rule}，您不用办。请您参加评议时会另外告诉您；有疑问请联系所在单位的党支部书记。"
    return "还不知道您在哪个党支部，请先联系支部书记。"


def home_of(ctx: Context, person: str, day: date | None = None) -> Organisation | None:
    """Where somebody belongs on a day (today), else where it is agreed that he will."""
    found = ctx.roster.branch_of(person, day or ctx.today)
    if found is not None:
        return found
    later = [one for one in ctx.roster.bonds_of(person).places if one.start > ctx.today]
    return ctx.roster.org(later[0].org) if later else None


def on(ctx: Context, act: str, person: Person) -> Verdict | None:
    """Whether the speaker may do this to somebody; None for who belongs nowhere."""
    home = home_of(ctx, person.id)
    return may(ctx, act, home.id, person.id) if home else None
