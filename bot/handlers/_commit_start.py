"""What a first message already says of a commitment: whose, which kind, what, until when, how many (R-066)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.forms import Complaint, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _commit_goal as goal
from bot.handlers._commit_fields import reopened
from domain import signing
from domain.commitments import LIVE, Commitment, State
from domain.dates import problem_with
from domain.people import Organisation, OrgKind
from domain.pledges import several, speaks_for_unit

MOST_LINKS = 8
_CARRIED = ("owner", "org", "unit", "units", "kind", "links")
_MENDING = ("改承诺", "改被退", "重新提交", "被退回")


def prepared(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    """The draft's fields to begin with, or why there is nothing to begin."""
    units = _units(ctx)
    if isinstance(units, Complaint):
        return units
    branch = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    home = units[0] if units else branch
    if home is None:
        return Complaint("还不知道您在哪个党支部，请先联系支部书记。")
    base: dict[str, Any] = {
        "owner": home.id if units else ctx.actor.id,
        "org": home.id,
        "kind": _kind(ctx, fields),
        "links": [] if units else _links(ctx, home),
        **({"units": [one.id for one in units]} if len(units) > 1 else {}),
        **({"unit": home.id} if len(units) == 1 else {}),
    }
    returned = _returned(ctx, base["owner"], home)
    asked = _number_named(ctx, returned)
    if asked is not None:
        return {**base, **reopened(asked), "which": asked.number, **_unit_of(asked)}
    return _with_promise(ctx, fields, base | _which(returned))


def asks_to_mend(words: str) -> bool:
    """Whether somebody wants to mend what was returned (改承诺)."""
    return any(word in words[:12] for word in _MENDING)


def start_of(draft: Draft) -> dict[str, Any]:
    """What the next item shares with the one just signed."""
    return {key: draft.fields[key] for key in _CARRIED if key in draft.fields}


def _units(ctx: Context) -> Sequence[Organisation] | Complaint:
    """The organisations for which this message may promise; none when the person speaks for himself."""
    if not speaks_for_unit(ctx.text):
        return ()
    led = signing.chairs_of(ctx.roster, ctx.actor.id, ctx.today)
    units = [org for org in led if org.kind is not OrgKind.SCHOOL]
    named = [org for org in units if org.name in ctx.text or (org.short_name and org.short_name in ctx.text)]
    if not units:
        return Complaint("党组织的承诺由书记来作。要作您自己的承诺，请回复“作承诺”。")
    return named or units


def _kind(ctx: Context, fields: Mapping[str, Any]) -> str:
    if fields.get("kind") == "immediate" or "即时承诺" in ctx.text[:20]:
        return "immediate"
    return "annual"


def _links(ctx: Context, branch: Organisation) -> list[list[str]]:
    """R-063: what the member's branch has promised in public and not yet finished."""
    # The branch's own are among those that belong to it, which the goal's judgement reads anyway.
    known = [one for one in ctx.facts.goals_in(branch.id) if one.owner == branch.id and one.state in LIVE]
    return [[one.number, one.goal] for one in known[:MOST_LINKS]]


def _returned(ctx: Context, owner: str, home: Organisation) -> Sequence[Commitment]:
    # What was returned belongs to the owner's branch, even after a transfer; most have nothing there.
    here = ctx.facts.goals_in(home.id)
    if not any(one.owner == owner and one.state is State.RETURNED for one in here):
        return ()
    return ctx.facts.commitments_of([owner], [State.RETURNED])


def _which(returned: Sequence[Commitment]) -> dict[str, Any]:
    return {"returned": [[one.number, one.goal] for one in returned[:MOST_LINKS]]} if returned else {}


def _number_named(ctx: Context, returned: Sequence[Commitment]) -> Commitment | None:
    """The returned item that the message names by its number, or the only one when it asks to mend."""
    named = [one for one in returned if one.tail in ctx.text.upper()]
    if not named and len(returned) == 1 and asks_to_mend(ctx.text):
        named = list(returned)
    return named[0] if named else None


def _unit_of(item: Commitment) -> dict[str, Any]:
    return {"unit": item.owner} if item.owner_type == "org" else {}


def _with_promise(ctx: Context, fields: Mapping[str, Any], base: dict[str, Any]) -> Reading:
    found = several(ctx.text, ctx.today)
    parts = found if len(found) > 1 else [str(fields.get("goal") or "")]
    matter = _matter(ctx, fields, base)
    if not parts[0]:
        return {**base, **matter}
    due = "" if len(parts) > 1 else _due(ctx, fields)
    base |= {"text": ctx.text, "queue": parts[1:], **({"due": due} if due else {})}
    reading = goal.read_goal(ctx, Draft("commit", fields=base), parts[0])
    return {**base, **matter, **reading} if isinstance(reading, Mapping) else {**base, **matter}


def _due(ctx: Context, fields: Mapping[str, Any]) -> str:
    """The day that was understood, if it can be a deadline."""
    try:
        day = date.fromisoformat(str(fields.get("due") or ""))
    except ValueError:
        return ""
    return "" if problem_with(day, ctx.today) else day.isoformat()


def _matter(ctx: Context, fields: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    labels = ctx.profile.labels["org_matter" if base.get("unit") else "member_matter"]
    given = fields.get("matter")
    code = next((code for code, label in labels.items() if given in (code, label)), None)
    return {"matter": code} if code else {}
