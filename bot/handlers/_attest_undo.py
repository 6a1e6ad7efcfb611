"""撤回 of 已办: all that was entered in one turn goes back together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot import texts
from bot.engine.state import Act
from bot.engine.turn import Context, Turn
from bot.handlers import _attest_choice as choice
from bot.handlers._attest_choice import Paper
from bot.handlers._duty_names import short
from domain import attestations
from domain.attestations import Attestation
from domain.entries import Entry

TOO_LATE = "已经超过10分钟，不能直接撤回了。日期记错的，再登记一次，以后一次为准，例：已办 季度写实 9月28日"


def kept(said: Attestation | None) -> dict[str, str]:
    """What an act remembers of the word before it; empty without any."""
    return word(said.done_on, said.note) if said else {}


def word(done_on: date, note: str) -> dict[str, str]:
    """A word as an act remembers it."""
    return {"done_on": done_on.isoformat(), "note": note}


def take_back(ctx: Context, act: Act) -> Turn:
    """The word of before, or none; of everything that was entered at once."""
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(TOO_LATE, keep=True)
    before = act.note.get("papers", {})
    found = [one for one in choice.papers(ctx) if one.id in before and _is_own(one, ctx, act)]
    if not found:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    say = f"已撤回，{'、'.join(choice.titles(ctx, found).values())}{_still(before[found[0].id])}"
    return Turn(say, keep=True, entries=tuple(_as_before(one, before[one.id]) for one in found))


def _is_own(paper: Paper, ctx: Context, act: Act) -> bool:
    """Whether the word that stands is still the one of this act: neither taken back nor put right by somebody since."""
    said = paper.said
    return said is not None and kept(said) == act.note.get("wrote") and said.by == ctx.actor.id


def _still(was: Mapping[str, str]) -> str:
    done_on = date.fromisoformat(was["done_on"]) if was else None
    return f"仍是{short(done_on)}办结。" if done_on else "还没有登记。办好了再回复“已办”。"


def _as_before(paper: Paper, was: Mapping[str, str]) -> Entry:
    if not was:
        return attestations.unattested(*paper.what, paper.capacity)
    done_on = date.fromisoformat(was["done_on"])
    return attestations.attested(*paper.what, done_on, was["note"], paper.capacity)
