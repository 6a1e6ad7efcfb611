"""People named in a message, looked up within the speaker's reach first (R-013, R-135)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.engine.turn import Context
from bot.understanding.reach import reach_of
from domain.people import Organisation, Person, RoleKind

TITLES = "老师|书记|同志|教授|主任|院长|处长|科长|校长|老|导|博士|同学|副校长|副书记|副教授|部长|所长"
_TITLED = re.compile(rf"(?P<surname>[\u4e00-\u9fff]{{1,2}}?)(?P<title>{TITLES})")
_PET = re.compile(r"[小老大](?P<surname>[\u4e00-\u9fff])(?![\u4e00-\u9fff]{0,2}(?:老师|同志))")
_NUMBER = re.compile(r"[a-z]?[0-9]{6,12}")


@dataclass(frozen=True)
class Found:
    """Those who may be meant, and where their name stands in the searched text."""

    people: tuple[Person, ...]
    span: tuple[int, int]

    @property
    def value(self) -> str | list[str]:
        """The 编号, or a list of them when several fit (contract)."""
        ids = [one.id for one in self.people]
        return ids[0] if len(ids) == 1 else ids


class Names:
    """The look-ups of one message: nothing is read before a rule asks."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    @cached_property
    def reach(self) -> tuple[Organisation, ...]:
        """The organisations the speaker answers for, or else belongs to."""
        return reach_of(self._ctx)

    @cached_property
    def near(self) -> tuple[Person, ...]:
        """Everybody within reach, one question for all."""
        members = self._ctx.roster.members([org.id for org in self.reach], self._ctx.today)
        return tuple(person for person, _ in members)

    def at(self, text: str) -> Found | None:
        """Whoever is named at the very beginning of some words."""
        return (
            self._number(text)
            or self._exact(text)
            or self._titled(text)
            or self._far(text)
            or self._alike(text)
        )

    def within(self, text: str) -> Found | None:
        """The first full name or 编号 anywhere in some words, else a titled name at the beginning."""
        for name in sorted({one.name for one in self.near}, key=len, reverse=True):
            position = text.find(name)
            if position >= 0:
                return self._named(name, position)
        found = (
            self._number(text[at:], at) for at in range(len(text)) if text[at].isdigit() or text[at] == "s"
        )
        return next((one for one in found if one), None) or self.at(text)

    def _number(self, text: str, offset: int = 0) -> Found | None:
        match = _NUMBER.match(text)
        person = self._ctx.roster.person(match[0].upper()) if match else None
        return Found((person,), (offset, offset + match.end())) if match and person else None

    def _exact(self, text: str) -> Found | None:
        names = sorted({one.name for one in self.near if text.startswith(one.name)}, key=len, reverse=True)
        return self._named(names[0], 0) if names else None

    def _named(self, name: str, position: int) -> Found:
        people = tuple(one for one in self.near if one.name == name)
        return Found(people, (position, position + len(name)))

    def _titled(self, text: str) -> Found | None:
        match = _TITLED.match(text) or _PET.match(text)
        if match is None:
            return None
        called, title = match["surname"], match.groupdict().get("title") or ""
        people = tuple(one for one in self.near if one.name.startswith(called) or one.name[1:] == called)
        if title == "书记":
            people = self._secretaries(people)
        return Found(people, match.span()) if people else None

    def _secretaries(self, people: Sequence[Person]) -> tuple[Person, ...]:
        orgs = [org.id for org in self._ctx.roster.orgs()]
        holders = self._ctx.roster.holders(RoleKind.SECRETARY, orgs, self._ctx.today)
        known = {role.person for role in holders}
        return tuple(one for one in people if one.id in known)

    def _far(self, text: str) -> Found | None:
        """Full names outside the reach: offered only when nobody nearer fits."""
        for length in (4, 3, 2):
            people = tuple(self._ctx.roster.named(text[:length])) if len(text) >= length else ()
            if people:
                return Found(people, (0, length))
        return None

    def _alike(self, text: str) -> Found | None:
        for length in (3, 2):
            token = re.match(rf"[\u4e00-\u9fff]{{{length}}}", text)
            people = tuple(self._ctx.roster.sounding_like(token[0])) if token else ()
            if people:
                near = {one.id for one in self.near}
                inside = tuple(one for one in people if one.id in near)
                return Found(inside or people, (0, length))
        return None
