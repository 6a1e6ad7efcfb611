"""The turn that writes what becomes of people, and its 撤回: the same for every change of a person or an office."""

from __future__ import annotations

from collections.abc import Sequence

from bot import texts
from bot.engine.state import Act
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from domain import turnover
from domain.entries import Entry
from domain.turnover import Turnover

# A row of the table of authority, the organisation at which it was done, and whom it was about.
Power = tuple[str, str, str]


def turned(
    ctx: Context,
    name: str,
    changes: Sequence[Turnover],
    say: str,
    tell: tuple[Tell, ...],
    power: Power,
) -> Turn:
    """Write some people's changes together, by the power that 撤回 will ask about again."""
    orgs, capacity = words.orgs(ctx), permission.may(ctx, *power).capacity
    entries = [entry for one in changes for entry in turnover.entries(one, orgs, capacity)]
    told = [one.person for one in tell]
    note = {"changes": [turnover.noted(one) for one in changes], "told": told, "power": list(power)}
    return Turn(
        f"{say}\n{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=tuple(entries),
        people=tuple(one.after for one in changes if one.fields or one.is_new),
        tell=tell,
        act=Act(name, ctx.now.isoformat(), (), note),
    )


def taken_back(ctx: Context, act: Act) -> Turn:
    """Everybody as before, unless somebody changed something meanwhile; whoever was told is told again."""
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    verdict = permission.may(ctx, *act.note["power"])
    if not verdict.allowed:
        return Turn(permission.refused(ctx, verdict), keep=True)
    orgs, entries, people = words.orgs(ctx), list[Entry](), []
    for note in act.note["changes"]:
        person = ctx.roster.person(note["own"][0]["id"])
        change = turnover.read(note, person) if person else None
        undone = (
            turnover.undone(change, ctx.roster.bonds_of(change.after.id), orgs, verdict.capacity)
            if change
            else None
        )
        if change is None or undone is None or person != change.after:
            return Turn(texts.NOTHING_TO_UNDO, keep=True)
        entries += undone
        people += [change.before] if change.fields else []
    names = "、".join(dict.fromkeys(note["name"] for note in map(_shown, act.note["changes"])))
    news = f"刚才关于{names}的变动已由{ctx.actor.name}同志撤回，一切照旧。"
    return Turn(
        f"已撤回，{names}的一切照旧。",
        keep=True,
        entries=tuple(entries),
        people=tuple(people),
        tell=words.tells(ctx, "undone", act.note["told"], news),
    )


def _shown(note: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return note["own"][1]
