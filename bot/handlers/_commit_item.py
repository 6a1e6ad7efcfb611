"""From a finished draft to the item it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.engine.state import Draft
from bot.engine.turn import Context
from domain import signing
from domain.commitments import Commitment, State
from domain.numbers import next_number


def item_of(ctx: Context, draft: Draft) -> Commitment:
    """The item as it will be written; a returned one with what was mended."""
    fields = draft.fields
    due = date.fromisoformat(fields["due"])
    again = ctx.facts.commitment(fields["reopens"]) if fields.get("reopens") else None
    if again is not None:
        return replace(again, goal=fields["goal"], due=due, original_due=due, state=State.SIGNED)
    unit = ctx.roster.org(fields.get("unit", ""))
    owner, name = (unit.id, unit.name) if unit else (ctx.actor.id, ctx.actor.name)
    org = unit.id if unit else _home(ctx, fields["org"])
    immediate = fields["kind"] == "immediate"
    return Commitment(
        number=_number(ctx, owner, unit.number if unit else ctx.actor.number, unit is not None),
        owner_type="org" if unit else "person",
        owner=owner,
        owner_name=name,
        org=org,
        signer_org=_signer_org(ctx, org, unit is not None),
        kind=fields["kind"],
        goal=fields["goal"],
        due=due,
        original_due=due,
        state=State.SIGNED,
        proposed_on=ctx.today,
        matter="" if immediate else fields.get("matter", ""),
        trigger=fields.get("trigger", "") if immediate else "",
        link=fields.get("link", ""),
        text=fields.get("text", ""),
        flags=tuple(fields.get("flags", ())),
        late=fields["kind"] == "annual" and is_late(ctx, due),
    )


def _home(ctx: Context, begun_in: str) -> str:
    """Whoever moves between the first word and the signature promises in his new branch."""
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return branch.id if branch else begun_in


def owned_in(ctx: Context, owner: str, year: int) -> Sequence[Commitment]:
    """The owner's items proposed in a year, without those taken back."""
    known = ctx.facts.commitments_of([owner])
    return [one for one in known if one.proposed_on.year == year and one.state is not State.WITHDRAWN]


def is_late(ctx: Context, due: date) -> bool:
    """R-067: an annual item for this year that comes after the collection has closed."""
    closes = date.fromisoformat(f"{ctx.today.year}-{ctx.profile.text('commitment.annual.due')}")
    return ctx.today > closes and due.year == ctx.today.year


def _number(ctx: Context, owner: str, short: str, is_unit: bool) -> str:
    year = ctx.today.year
    archive = f"{'org' if is_unit else 'person'}:{owner}"
    count = ctx.facts.count(archive, "commitment.proposed", year)
    used = [one.number for one in ctx.facts.commitments_of([owner])]
    return next_number("C", year, short, used, count)


def _signer_org(ctx: Context, org: str, is_unit: bool) -> str:
    home = ctx.roster.org(org)
    if home is None:
        return org
    if is_unit:
        return signing.signer_org_of_organisation(home)
    return signing.signer_org_of_member(ctx.roster, ctx.actor, home, ctx.today)


def refusal_of_reopening(ctx: Context, draft: Draft) -> str | None:
    """Why a returned item can no longer be mended, or None."""
    number = draft.fields.get("reopens")
    item = ctx.facts.commitment(number) if number else None
    if number and (item is None or item.state is not State.RETURNED):
        return "这一件已经处理过了。回复“我的承诺”看现在的情况。"
    return None
