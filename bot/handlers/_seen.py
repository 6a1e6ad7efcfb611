"""Whether somebody has seen an item as it reads now; else it is shown to him again instead of being acted on.

A digit stands for what the list showed. A number typed by hand stands for the wording that reached him last.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.engine.turn import Context
from bot.handlers._commitment_words import asked_to_sign
from domain.commitments import Commitment
from domain.numbers import fits, tails_in

LOOK = "这一件有变动，请先看现在的："


def versions(items: Iterable[Commitment]) -> dict[str, str]:
    """The items as a list or a read-back shows them, to be kept with it."""
    return {item.number: item.moved for item in items}


def is_seen(ctx: Context, item: Commitment) -> bool:
    """Whether the speaker knows the present wording, as far as we can tell."""
    shown = ctx.conversation.shown.get(item.number)
    if shown == item.moved:
        return True
    is_typed = not ctx.tapped and any(fits(item.number, tail) for tail in tails_in(ctx.text))
    return is_typed and not _knows_older(ctx, item, was_listed=shown is not None)


def _knows_older(ctx: Context, item: Commitment, was_listed: bool) -> bool:
    """Whether an earlier wording was listed or has reached his phone, and the present one has not."""
    begins = asked_to_sign(item.number)
    pushed = ctx.facts.pushed(ctx.actor.id, begins)
    present = f"{begins}{item.moved}|{ctx.actor.id}"
    if present not in pushed:
        return was_listed or any(pushed.values())
    return not pushed[present] and any(pushed.values())
