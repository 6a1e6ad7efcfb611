"""How first messages are understood: from words to a handler and its fields (R-307)."""

from __future__ import annotations

from bot.engine.turn import Context, Understanding
from bot.understanding import families
from bot.understanding.guesses import guess
from bot.understanding.orders import order_in
from bot.understanding.questions import answer_for
from bot.understanding.said import Said, hear
from bot.understanding.weighing import weigh
from domain.confirmation import is_courtesy

LIKELY_ENOUGH = 0.5
SURE = 0.9


def understand(ctx: Context, text: str) -> list[Understanding]:
    """What a message may mean, best first; `none` leads where nothing is likely (below 0.5)."""
    if ctx.speaker is None:
        return [Understanding("stranger", score=1.0)]
    if is_courtesy(text):
        return [Understanding("none")]
    ranked = _ranked(hear(ctx, text))
    return ranked if ranked and ranked[0].score >= LIKELY_ENOUGH else [Understanding("none"), *ranked]


def _ranked(said: Said) -> list[Understanding]:
    """One understanding for each handler, the best first; misheard entrances are tried when none is sure."""
    found = _found(said)
    if not any(one.score >= SURE for one in found):
        sounding = said.sounding()
        found += _found(sounding) if sounding else []
    if not any(one.score >= SURE for one in found):
        found += [*guess(said), *order_in(said), *answer_for(said), *weigh(said)]
    best: dict[str, Understanding] = {}
    for one in sorted(found, key=lambda one: -one.score):
        best.setdefault(one.handler, one)
    return list(best.values())


def _found(said: Said) -> list[Understanding]:
    """What the rules make of a message, up to the first that is sure: the surest rules come first."""
    found = []
    for rule in families.fitting(said.plain):
        one = rule.understand(said)
        found += [one] if one else []
        if one and one.score >= SURE:
            break
    return found
