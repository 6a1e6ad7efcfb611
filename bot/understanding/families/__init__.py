"""One file for each family of entrances; each ends in RULES."""

from __future__ import annotations

from bot.understanding.families import house, papers, people, promises, records, reviews, signing, status
from bot.understanding.rules import Rule

RULES: tuple[Rule, ...] = (
    *house.RULES,
    *signing.RULES,
    *status.RULES,
    *papers.RULES,
    *people.RULES,
    *promises.RULES,
    *records.RULES,
    *reviews.RULES,
)
