"""One file for each family of entrances; each ends in RULES."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

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

_FAMILIES = (house, bindings, signing, status, papers, people, promises, records, reviews)
_ALL: list[tuple[int, Rule]] = [(n, rule) for n, family in enumerate(_FAMILIES) for rule in family.RULES]

# Whole messages before beginnings, and those before guesses; look-ups are saved that way, too.
_RANKED = sorted(_ALL, key=lambda one: -one[1].score)
RULES = [rule for _, rule in _RANKED]


def _anonymous(pattern: str) -> str:
    """The same without names for its groups, which may occur once only in a pattern."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _openings(rules: Sequence[Rule]) -> re.Pattern[str]:
    """What any entrance of a family begins with."""
    found = [f"(?:{_anonymous(rule.opening)})" for rule in rules if rule.opening]
    return re.compile("|".join(found) or "(?!)", re.DOTALL)


_OPENINGS = tuple(_openings(family.RULES) for family in _FAMILIES)


def fitting(plain: str) -> Sequence[Rule]:
    """The rules that a message may fit: where it begins with no entrance of a family, that one's need not be asked."""
    return _of_opened(tuple([opening.match(plain) is not None for opening in _OPENINGS]))


@cache
def _of_opened(opened: tuple[bool, ...]) -> Sequence[Rule]:
    return [rule for n, rule in _RANKED if opened[n] or not rule.opening]
