"""How first messages are understood: from words to a handler and its fields (R-307)."""

from __future__ import annotations

from bot.engine.turn import Context, Understanding
from bot.understanding import families
from bot.understanding.said import hear
from domain.confirmation import is_courtesy


def understand(ctx: Context, text: str) -> list[Understanding]:
    """What a message may mean, best first; `none` leads where nothing is likely (0.5)."""
    if ctx.speaker is None:
        return [Understanding("stranger", score=1.0)]
    if is_courtesy(text):
        return [Understanding("none")]
    said = hear(ctx, text)
    found = [one for rule in families.RULES if (one := rule.understand(said))]
    best: dict[str, Understanding] = {}
    for one in sorted(found, key=lambda one: -one.score):
        best.setdefault(one.handler, one)
    ranked = list(best.values())
    return ranked if ranked and ranked[0].score >= LIKELY_ENOUGH else [Understanding("none"), *ranked]


LIKELY_ENOUGH = 0.5
