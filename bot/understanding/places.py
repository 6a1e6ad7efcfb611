"""Organisations named in a message: 二支部, 机械学院, 我们支部 (R-305)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.said import Said
from domain.people import Organisation

_KIND = "(?:直属)?党?支部|分党委|党?总支|党委|学院|机关"
_OWN = re.compile(r"(?:我们|咱们?|我|本|这个)(?:们)?(?:的)?(?P<kind>党?支部|党?总支|学院|分党委|校|学校)")
_HINT = re.compile("支部|总支|党委|学院|机关|[一二三四五六七八九十]支")
_LONGEST = 16


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


def place_at(said: Said, text: str) -> Place | None:
    """The organisation at the very beginning of some words; the longest reading wins."""
    if not _HINT.search(text[: _LONGEST + 2]):
        return None
    own = _OWN.match(text)
    if own:
        orgs = _own(said, own["kind"])
        return Place(orgs, own.span()) if orgs else None
    for end in _ends(text):
        orgs = tuple(said.ctx.roster.org_named(text[:end]))
        if orgs:
            return Place(_nearest(said, orgs), (0, end))
    return None


def place_in(said: Said, text: str) -> Place | None:
    """The first organisation anywhere in some words."""
    if not _HINT.search(text):
        return None
    for start in range(len(text) - 1):
        place = (
            place_at(said, text[start : start + _LONGEST]) if "\u4e00" <= text[start] <= "\u9fff" else None
        )
        if place:
            return Place(place.orgs, (start, start + place.span[1]))
    return None


def _ends(text: str) -> list[int]:
    """Where a name of an organisation may end, the farthest first."""
    return [match.end() for match in re.finditer(_KIND, text[:_LONGEST])][::-1]


def _own(said: Said, kind: str) -> tuple[Organisation, ...]:
    branch = said.ctx.roster.branch_of(said.ctx.actor.id, said.ctx.today)
    above = list(said.ctx.roster.path(branch.id)) if branch else []
    if kind.endswith("支部"):
        return tuple(above[:1])
    if "校" in kind:
        return tuple(above[-1:])
    return tuple(org for org in above if org.is_level_one)


def _nearest(said: Said, orgs: Sequence[Organisation]) -> tuple[Organisation, ...]:
    reach = {org.id for org in said.names.reach}
    return tuple(org for org in orgs if org.id in reach) or tuple(orgs)
