"""One file for each family of entrances; each ends in RULES."""

from __future__ import annotations

from bot.understanding.families import (
    bindings,
    house,
    papers,
    people,
    promises,
    records,
    reviews,
    signing,
    status,
)
from bot.understanding.rules import Rule

_ALL: tuple[Rule, ...] = (
    *house.RULES,
    *bindings.RULES,
    *signing.RULES,
    *status.RULES,
    *papers.RULES,
    *people.RULES,
    *promises.RULES,
    *records.RULES,
    *reviews.RULES,
)

# Whole messages before beginnings, and those before guesses; look-ups are saved that way, too.
RULES = sorted(_ALL, key=lambda rule: -rule.score)
