"""整改 as the chat speaks of it: what somebody has to put right, what he is to read, and the words for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.engine.forms import Option
from bot.engine.turn import Context, Tell
from bot.handlers import _permission as permission
from bot.handlers._commitment_words import cut
from bot.handlers._duty_names import short
from bot.handlers._review_entries import tell
from bot.quoting import one_line
from domain import attestations, rectifications
from domain.entries import Entry
from domain.numbers import fits, tails_in
from domain.permissions import kept_meanwhile
from domain.rectifications import OVER, OWED, Rectification, State
from domain.rectifying import judges, may_judge
from domain.signing import chairs_of

MOST, _LONG = 9, 60
_STAGE = {
    State.OPEN: "还没有定措施",
    State.PLANNED: "已定措施",
    State.IN_PROGRESS: "整改中",
    State.DONE: "已完成，还没有回复",
    State.REPLIED: "已回复，等领导看",
}


def own(ctx: Context) -> list[Rectification]:
    """What the speaker, or an organisation whose chair he keeps, has not yet closed; the soonest first."""
    led = [org.id for org in chairs_of(ctx.roster, ctx.actor.id, ctx.today)]
    below = [org.id for org in kept_meanwhile(ctx.roster, ctx.actor.id, ctx.today)]
    found = ctx.facts.rectifications_of([ctx.actor.id, *led, *below])
    mine = [one for one in found if one.state not in OVER and acts_for(ctx, one)]
    return sorted(mine, key=lambda one: (one.due, one.number))


def owed(ctx: Context) -> list[Rectification]:
    """Those of them of which the reviewed side still has something to do."""
    return [one for one in own(ctx) if one.state in OWED]


def acts_for(ctx: Context, one: Rectification) -> bool:
    """Whether the speaker acts for the reviewed side, as of this message."""
    act = "rectify_for_org" if one.is_of_org else "rectify"
    where = one.owner if one.is_of_org else one.org
    return permission.may(ctx, act, where, "" if one.is_of_org else one.owner).allowed


def to_note(ctx: Context) -> list[Rectification]:
    """Replies of the organisations whose chair the speaker keeps, which he may note as read (R-168)."""
    found = ctx.facts.rectifications_in(_led(ctx), (State.REPLIED,))
    return [one for one in found if _keeps(ctx, one)]


def _keeps(ctx: Context, one: Rectification) -> bool:
    """A 书记 notes it for his organisation and its members; for himself the one above does."""
    about = "" if one.is_of_org else one.owner
    return permission.may(ctx, "rectify_for_org", one.org, about).allowed


def _led(ctx: Context) -> list[str]:
    own = [org.id for org in chairs_of(ctx.roster, ctx.actor.id, ctx.today)]
    below = [org.id for org in ctx.roster.children(own)] if own else []
    return [*own, *below]


def to_read(ctx: Context) -> list[Rectification]:
    """Replies that wait for the speaker's word, the oldest first."""
    waiting = [
        one for one in ctx.facts.replies_waiting() if may_judge(ctx.roster, ctx.actor.id, one, ctx.today)
    ]
    return sorted(waiting, key=lambda one: (one.replied_on or ctx.today, one.number))


def named(items: Iterable[Rectification], number: object) -> list[Rectification]:
    """Those that bear a number, or its tail."""
    tails = tails_in(str(number or ""))
    return [one for one in items if any(fits(one.number, tail) for tail in tails)]


def find(items: Iterable[Rectification], number: object) -> Rectification | None:
    """The one with a number."""
    return next((one for one in items if one.number == number), None)


def options(ctx: Context, items: Sequence[Rectification]) -> list[Option]:
    """Each in a line, for a digit."""
    return [Option(one.number, line(ctx, one)) for one in items[:MOST]]


def line(ctx: Context, one: Rectification) -> str:
    """0163-1 把值班表上墙（8月14日前，整改中）; with whose it is where it is not the speaker's own."""
    whose = "" if one.owner == ctx.actor.id else f"{one.owner_name} "
    when = f"{short(one.due)}前" if one.due >= ctx.today else f"{short(one.due)}已到期"
    return f"{whose}{one.tail} {one_line(one.requirement)}（{when}，{_STAGE.get(one.state, '')}）"


def in_full(one: Rectification) -> str:
    """A reply beside what was demanded, as its leader reads it."""
    lines = [
        f"{one.owner_name}整改回复（{one.number}）",
        f"要求：{cut(one.requirement, _LONG)}，{short(one.due)}前",
    ]
    lines += [f"整改情况：{one_line(one.reply)}"]
    lines += [f"研究讨论：{one_line(one.discussed)}"] if one.discussed else []
    lines += [f"照片{len(one.attachments)}张已存台账"] if one.attachments else []
    return "\n".join(lines)


def entry(ctx: Context, one: Rectification, event: str, data: Mapping[str, Any], capacity: str = "") -> Entry:
    """One more entry about it, by the reviewed side unless another capacity is named."""
    org = ctx.roster.org(one.org)
    return rectifications.entry(
        one, event, data, capacity or _capacity(ctx, one), org.name if org else one.org
    )


def _capacity(ctx: Context, one: Rectification) -> str:
    if not one.is_of_org:
        return "self"
    return permission.may(ctx, "rectify_for_org", one.owner).capacity


def readers(ctx: Context, one: Rectification) -> list[str]:
    """Who reads the reply: the leader who asked, or who holds his post now (R-169)."""
    return judges(ctx.roster, one, ctx.today)


def names_of(ctx: Context, people: Sequence[str]) -> str:
    """王建国同志; the leader's post where nobody holds it any more."""
    known = ctx.roster.people(people) if people else {}
    return "、".join(f"{known[id].name}同志" for id in people if id in known) or "提出整改的领导"


def tells(ctx: Context, one: Rectification, people: Sequence[str], event: str, text: str) -> tuple[Tell, ...]:
    """News for those of some people who can be reached, each time it happens."""
    reached = ctx.roster.has_account([id for id in people if id != ctx.actor.id])
    key = f"{event}|{one.number}|{ctx.now.isoformat()}"
    return tuple(tell(ctx, f"{key}|{id}", id, text) for id in people if id in reached)


def reviewed_side(ctx: Context, one: Rectification) -> list[str]:
    """Who hears what the leader said of a reply."""
    org = ctx.roster.org(one.owner) if one.is_of_org else None
    return attestations.owners(ctx.roster, org, ctx.today) if org else [one.owner]
