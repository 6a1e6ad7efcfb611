"""What the forms about posts share: the organisation meant, who may be told, what goes with an office (R-356)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.engine.fields import Option
from bot.engine.forms import Complaint, Field, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Tell
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from domain import authority
from domain.cells import name as plain_name
from domain.people import LEVEL_ONE, WITH_MEMBERS, Organisation, Person
from domain.scope import within

FEW = 9


def org_of(ctx: Context, draft: Draft) -> Organisation:
    """The organisation whose post it is."""
    found = ctx.roster.org(draft.fields["org"])
    if found is None:
        raise LookupError(draft.fields["org"])
    return found


def read_org(ctx: Context, draft: Draft, text: str) -> Reading:
    """Any organisation by its name; several that fit are chosen from by a digit."""
    said = plain_name(text).strip("。，,. ")
    found = [org.id for org in ctx.roster.org_named(said)] if said else []
    if not found:
        return Complaint(f"没有找到“{said[:16]}”。请写组织名称，例：教工第一党支部")
    return {"org": found[0]} if len(found) == 1 else {"places": found}


def read_anybody(ctx: Context, draft: Draft, text: str) -> Reading:
    """Anybody of the roster: who gets a post need not belong to the speaker's unit."""
    said = plain_name(text).strip("。，,. ")
    found = [one.id for one in ctx.roster.named(said)]
    by_number = ctx.roster.person(said) or ctx.roster.person(said.upper())
    ids = nearest(ctx, [by_number.id] if by_number else found)
    if not ids:
        return Complaint(f"名单里没有“{said[:12]}”。请写全名或编号。")
    return {"people": ids} | ({"person": ids[0]} if len(ids) == 1 else {})


def nearest(ctx: Context, ids: Sequence[str]) -> list[str]:
    """Of several of one name those in the speaker's own units, so that no list shows who is elsewhere (R-305)."""
    scope = permission.reach(ctx, "list")
    inside = [person.id for person, _ in within(ctx.roster, scope, ids, ctx.today)] if len(ids) > 1 else []
    return inside or list(ids)


def org_field(ask: str, act: str = "hand_over", label: str = "组织") -> Field:
    """Which organisation; the few for which the speaker may do this act are offered by digit."""
    return Field(
        "org",
        label,
        lambda ctx, draft: "是哪一个？" if draft.fields.get("places") else ask,
        read=read_org,
        options=lambda ctx, draft: _orgs(ctx, draft, act),
        show=lambda ctx, draft: org_of(ctx, draft).name,
    )


def _orgs(ctx: Context, draft: Draft, act: str) -> Sequence[Option]:
    named = [org for id in draft.fields.get("places", ()) if (org := ctx.roster.org(id))]
    found = named or [org for org in _near(ctx) if _may(ctx, act, org)]
    return [Option(org.id, org.name) for org in found] if len(found) <= FEW else []


def _near(ctx: Context) -> Sequence[Organisation]:
    """The tree where it is small, else what lies right under the speaker's chairs."""
    orgs = ctx.roster.orgs()
    if len(orgs) <= FEW:
        return orgs
    led = [role.org for role in ctx.roster.roles_of(ctx.actor.id, ctx.today)]
    return [org for org in orgs if org.parent in led and org.kind in (*LEVEL_ONE, *WITH_MEMBERS)]


def _may(ctx: Context, act: str, org: Organisation) -> bool:
    return permission.may(ctx, act, org.id).allowed


def anybody_field(ask: str, label: str) -> Field:
    """Who gets the post."""
    return Field(
        "person",
        label,
        lambda ctx, draft: "是哪一位？" if draft.fields.get("people") else ask,
        read=read_anybody,
        options=words.people_options,
        show=lambda ctx, draft: words.shown(ctx, words.person_of(ctx, draft)),
    )


def told(ctx: Context, key: str, org: str, people: Iterable[str], text: str) -> tuple[Tell, ...]:
    """A change of an office: to those concerned, to the 书记 there and the one above (contract, Roster sheet)."""
    above = authority.heads_above(ctx.roster, org, ctx.today)
    return words.tells(ctx, key, [*people, *words.chiefs(ctx, org), *above], text, org)


def no_member(ctx: Context, person: Person, day: date) -> str:
    """Why somebody cannot hold a Party post; empty for a member in the roster."""
    home = permission.home_of(ctx, person.id, max(day, ctx.today))
    if home is None:
        return f"{person.name}现在不在任何支部的名单里（{person.status}）。"
    return "" if person.is_member else f"{person.name}不是党员（{person.political}），不能担任党内职务。"
