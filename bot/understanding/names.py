"""People named in a message, looked up within the speaker's reach first (R-013, R-135)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.engine.turn import Context
from bot.understanding.reach import reach_of
from domain.people import Organisation, Person, Role, RoleKind

_TITLE = "老师|副?书记|同志|副?教授|副?主任|副?院长|副?处长|副?科长|副?校长|副?部长|所长|委员|导|博士|同学|老|工|总"
_TITLED = re.compile(rf"(?P<called>[\u4e00-\u9fff]{{1,2}}?)(?P<title>{_TITLE})(?:同志)?")
_PET = re.compile(r"[小老大](?P<called>[\u4e00-\u9fff])(?:老师|同志)?")
_GIVEN = re.compile(r"(?P<called>[\u4e00-\u9fff]{2})(?:同志|老师)")
_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{0,2}(?:书记|主任|院长|校长|老师|同志|委员|教授|同学))")
_AFTER = re.compile(r"(?:同志|老师|副?书记|副?教授|副?主任|副?院长|副?校长|副?处长|科长|委员|同学|讲师)*")
_NO_NAME = re.compile("[我你您了吗呢吧么啥哪谁几这那还都个怎没]")
_RUN = re.compile("[\u3400-\u9fff·]+")
_LONGEST = 8
_MANY = 60
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

    @property
    def bare_end(self) -> int:
        """Where the name itself ends, a full name's title left out."""
        return self.span[0] + len(self.people[0].name)

    def moved(self, by: int) -> Found:
        """The same in a text that begins so much earlier."""
        return replace(self, span=(self.span[0] + by, self.span[1] + by))


class Names:
    """The look-ups of one message: nothing is read before a rule asks."""

    def __init__(self, ctx: Context, words: str) -> None:
        self._ctx, self._words = ctx, words
        self._asked: dict[str, Found | None] = {}

    @cached_property
    def reach(self) -> tuple[Organisation, ...]:
        """The organisations the speaker answers for, or else belongs to."""
        return reach_of(self._ctx, self._roles)

    @property
    def leads(self) -> bool:
        """Whether the speaker answers for others."""
        return bool(self._roles)

    @cached_property
    def _roles(self) -> Sequence[Role]:
        return self._ctx.roster.roles_of(self._ctx.actor.id, self._ctx.today)

    @property
    def is_wide(self) -> bool:
        """Whether the reach holds so many that somebody always sounds like something."""
        return len(self.reach) > _MANY

    @cached_property
    def near(self) -> Sequence[Person]:
        """Everybody within reach whom the message may name; one question, however many belong there."""
        return self._ctx.roster.spoken_of(self._words, [org.id for org in self.reach], self._ctx.today)

    def sounding(self, names: Collection[str]) -> Sequence[Person]:
        """Everybody within reach whose name sounds like one of these."""
        return self._ctx.roster.sounding(names, [org.id for org in self.reach], self._ctx.today)

    def org_of(self, person: Person) -> str:
        """The organisation to which somebody belongs, or nothing."""
        org = self._ctx.roster.branch_of(person.id, self._ctx.today)
        return org.id if org else ""

    def at(self, text: str) -> Found | None:
        """Whoever is named at the very beginning of some words, with a title before or behind."""
        found = self._anybody(text)
        before = _BEFORE.match(text)
        if found is None and before:
            found = self._anybody(text[before.end() :])
            found = found.moved(before.end()) if found else None
        return self._with_title(found, text) if found else None

    def whole(self, words: str) -> Found | None:
        """Whoever some words name, if they name nobody and nothing else; a sentence is not looked up."""
        if _NO_NAME.search(words) or not words:
            return None
        found = self.at(words) if len(words) <= _LONGEST else self.known(words)
        return found if found and not words[found.span[1] :].strip(" 的,:、") else None

    def within(self, text: str) -> Found | None:
        """The first full name within reach or 编号 anywhere in some words, else whoever is named at the beginning."""
        for name in sorted({one.name for one in self.near}, key=len, reverse=True):
            position = text.find(name)
            if position >= 0:
                return self._with_title(self._named(name, position), text)
        match = re.search(r"(?<![0-9])[a-z]?[0-9]{6,12}(?![0-9])", text)
        numbered = self._number(text[match.start() :]) if match else None
        return numbered.moved(match.start()) if numbered and match else self.at(text)

    def _anybody(self, text: str) -> Found | None:
        """By 编号, by name in the reach, by title, by name anywhere, by sound; who reaches all asks for the name first."""
        if text not in self._asked:
            numbered = self._number(text) or (self._far(text) if self.is_wide else None)
            self._asked[text] = numbered or self.known(text) or self._far(text) or self._alike(text)
        return self._asked[text]

    def _with_title(self, found: Found, text: str) -> Found:
        after = _AFTER.match(text, found.span[1])
        return replace(found, span=(found.span[0], after.end() if after else found.span[1]))

    def _number(self, text: str) -> Found | None:
        match = _NUMBER.match(text)
        person = self._ctx.roster.person(match[0].upper()) if match else None
        return Found((person,), match.span()) if match and person else None

    def exact(self, text: str) -> Found | None:
        """The full name within reach that some words begin with."""
        names = {one.name: one.name for one in self.near} | {
            " ".join(one.name): one.name for one in self.near
        }
        said = max((form for form in names if text.startswith(form)), key=len, default="")
        return replace(self._named(names[said], 0), span=(0, len(said))) if said else None

    def known(self, text: str) -> Found | None:
        """Somebody within reach by full name or title at the beginning, nobody that merely sounds alike."""
        return self.exact(text) or self._titled(text)

    def _named(self, name: str, position: int) -> Found:
        people = tuple(one for one in self.near if one.name == name)
        return Found(people, (position, position + len(name)))

    def _titled(self, text: str) -> Found | None:
        match = _PET.match(text) or _TITLED.match(text) or _GIVEN.match(text)
        if match is None:
            return None
        called = match["called"]
        people = [one for one in self.near if one.name.startswith(called) or one.name[1:] == called]
        if match.groupdict().get("title") == "书记":
            people = self._secretaries(people)
        # Nobody speaks of himself by title, unless he is the only one of the name.
        others = tuple(one for one in people if one.id != self._ctx.actor.id)
        people = list(others) or people
        return Found(tuple(people), match.span()) if people else None

    def _secretaries(self, people: Sequence[Person]) -> list[Person]:
        orgs = [org.id for org in self._ctx.roster.orgs()]
        holders = self._ctx.roster.holders(RoleKind.SECRETARY, orgs, self._ctx.today)
        known = {role.person for role in holders}
        return [one for one in people if one.id in known]

    def _far(self, text: str) -> Found | None:
        """Full names outside the reach: offered only when nobody nearer fits."""
        for token in _tokens(text, 4):
            people = tuple(self._ctx.roster.named(token))
            if people:
                return Found(people, (0, len(token)))
        return None

    def _alike(self, text: str) -> Found | None:
        for token in _tokens(text, 3):
            people = tuple(self._ctx.roster.sounding_like(token))
            if people:
                inside = tuple(self.sounding([token]))
                return Found(inside or people, (0, len(token)))
        return None


def _tokens(text: str, longest: int) -> list[str]:
    """What may be a full name at the beginning of some words, the longest first."""
    run = _RUN.match(text)
    letters = run[0] if run else ""
    return [letters[:length] for length in range(min(longest, len(letters)), 1, -1)]
