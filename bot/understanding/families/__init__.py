"""One file for each family of entrances; each ends in RULES."""

from __future__ import annotations

import re

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
UNOPENED = [rule for rule in RULES if not rule.opening]


def _anonymous(pattern: str) -> str:
    """The same without names for its groups, which may occur once only in a pattern."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


OPENINGS = re.compile(
    "|".join(f"(?:{_anonymous(rule.opening)})" for rule in RULES if rule.opening), re.DOTALL
)
"""What any entrance begins with: most messages begin with none, and then a hundred rules need not be asked."""
