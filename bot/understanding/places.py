"""Organisations named in a message: 二支部, 机械学院, 我们支部 (R-305)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.turn import Context
from bot.understanding.names import Names
from domain.people import Organisation

_KIND = re.compile(
    "(?:直属)?党?支部|分党委|党?总支(?:部)?|党委|学院|机关|办公室|组织部|(?<=[一二三四五六七八九十])支"
)
_OWN = re.compile("(?:我们|咱们?|我|本|这个)(?:们)?(?:的)?(?P<kind>党?支部|党?总支|学院|院|分党委|党委|学校)")
_LONGEST = 16
# Organisations are named early; a flood of 支部 must not be searched to its end.
_SEARCHED = 80


@dataclass(frozen=True)
class Place:
    """Those that may be meant, and where they stand in the searched text."""

    orgs: tuple[Organisation, ...]
    span: tuple[int, int]

    @property
    def value(self) -> str | list[str]:
        """The id, or a list of them when several fit."""
        ids = [org.id for org in self.orgs]
        return ids[0] if len(ids) == 1 else ids


class Places:
    """The organisations of one message: the tree is read only when a word for one stands there."""

    def __init__(self, ctx: Context, names: Names) -> None:
        self._ctx, self._names = ctx, names

    def at(self, text: str) -> Place | None:
        """The organisation at the very beginning of some words; the longest reading wins."""
        own = _OWN.match(text)
        if own:
            orgs = self._own(own["kind"])
            return Place(orgs, own.span()) if orgs else None
        for end in [match.end() for match in _KIND.finditer(text[:_LONGEST])][::-1]:
            if _KIND.fullmatch(text[:end]) and not text.startswith(("组织部", "机关")):
                continue
            orgs = tuple(self._ctx.roster.org_named(_written_out(text[:end])))
            if orgs:
                return Place(self._nearest(orgs), (0, end))
        return None

    def within(self, text: str) -> Place | None:
        """The first organisation anywhere in some words."""
        if not _KIND.search(text):
            return None
        for start in range(min(len(text) - 1, _SEARCHED)):
            place = self.at(text[start : start + _LONGEST])
            if place:
                return Place(place.orgs, (start, start + place.span[1]))
        return None

    def _own(self, kind: str) -> tuple[Organisation, ...]:
        branch = self._ctx.roster.branch_of(self._ctx.actor.id, self._ctx.today)
        above = list(self._ctx.roster.path(branch.id)) if branch else []
        if kind.endswith("支部"):
            return tuple(above[:1])
        if kind == "学校":
            return tuple(above[-1:])
        return tuple(org for org in above if org.is_level_one)

    def _nearest(self, orgs: Sequence[Organisation]) -> tuple[Organisation, ...]:
        reach = {org.id for org in self._names.reach}
        return tuple(org for org in orgs if org.id in reach) or tuple(orgs)


def _written_out(words: str) -> str:
    """二支 and 2支部 as the roster writes them."""
    words = words.removesuffix("部") if words.endswith("总支部") else words
    words = words + "部" if re.search("[一二三四五六七八九十1-9]支$", words) else words
    return words.translate(_DIGITS)


_DIGITS = str.maketrans("123456789", "一二三四五六七八九")
