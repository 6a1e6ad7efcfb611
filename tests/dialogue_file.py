"""Plays a dialogue as plain text, as the office could read and write it, and checks every line of it.

Lines: `# title` · `要求：R-220 R-221` · `时间 2026-06-25 09:10` · `已公开 张伟 | 目标 | 2026-11-30` ·
`已交 张伟 | 2026-06` (`| 迟报`) · `已点评 张伟 | 李芳 | 2026-07-03` (`| 仅共同`) ·
`要整改 张伟 | 李芳 | 值班表上墙 | 2026-06-30` ·
`停用 教工第一党支部` (as before its 开始) · `口径 qingdao` (that office's rules) ·
`张伟：words` (two blanks at the start of a line continue the message; `[图片]` is a picture, `[语音]` a voice) ·
`机：a……b` (the reply holds these pieces in this order; `机：` alone: no reply) · `机不说：a` ·
`推给 李芳：a……b` · `没有推给 王明` · `台账：kind key=value data.path=value` (one entry of the last turn) ·
`台账没有：kind` · `记 号 C-\\d+-\\d+-\\d+` (remember what matches in the reply; used as {号}).
People are written by name; the second 张伟 is 张伟二.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from bot import profiles
from domain import enrolment
from storage import ledger
from storage.codec import ZONE
from storage.tables import owed
from tests import cast
from tests.school import School


class Road(Protocol):
    """How a message gets to the bot and the reply back: straight, or sealed over HTTP."""

    def say(self, person: str, text: str) -> str: ...
    def photo(self, person: str) -> str: ...
    def voice(self, person: str) -> str: ...


class Straight:
    """Right into the dispatcher."""

    def __init__(self, school: School) -> None:
        self.school = school

    def say(self, person: str, text: str) -> str:
        return self.school.say(person, text).reply

    def photo(self, person: str) -> str:
        return self.school.photo(person).reply

    def voice(self, person: str) -> str:
        return self.school.say(person, "", "voice", "voice-1").reply


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The file's meaningful lines with their numbers; continuations are joined to what they continue."""
    pending: tuple[int, str] | None = None
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("  ") and pending:
            pending = (pending[0], f"{pending[1]}\n{line.strip()}")
            continue
        if pending:
            yield pending
        pending = (n, line.strip()) if line.strip() and not line.startswith("#") else None
    if pending:
        yield pending


class Player:
    """One dialogue on one school over one road."""

    def __init__(self, school: School, road: Road, path: Path) -> None:
        self.school, self.road, self.path = school, road, path
        self.reply, self.known = "", dict[str, str]()
        self.pushes: list[tuple[str, str]] = []
        self.entries: list[Any] = []

    def play(self) -> None:
        """Raises AssertionError that names file and line."""
        for n, line in lines(self.path):
            try:
                self._line(line)
            except AssertionError as error:
                raise AssertionError(f"{self.path.name}:{n}: {line}\n{error}\n回复：{self.reply}") from None

    def _line(self, line: str) -> None:
        for name, value in self.known.items():
            line = line.replace("{" + name + "}", value)
        for opening, act in _VERBS:
            if line.startswith(opening):
                act(self, line[len(opening) :].strip())
                return
        who, _, words = line.partition("：")
        assert who in cast.BY_NAME or who.startswith("陌生人"), "not a line of a dialogue"
        self._speak(cast.BY_NAME.get(who, who.removeprefix("陌生人") or "nobody"), words)

    def _speak(self, person: str, words: str) -> None:
        pushes, entries = self._all_pushes(), self._all_entries()
        for part in re.split(r"(\[图片\]|\[语音\])", words):
            if part in ("[图片]", "[语音]"):
                self.reply = (self.road.photo if part == "[图片]" else self.road.voice)(person)
            elif part:
                self.reply = self.road.say(person, part)
        self.pushes = [push for key, push in self._all_pushes().items() if key not in pushes]
        self.entries = [entry for key, entry in self._all_entries().items() if key not in entries]

    def _all_pushes(self) -> dict[str, tuple[str, str]]:
        with self.school.database.transaction() as tx:
            query = select(owed.c.key, owed.c.person, owed.c.account, owed.c.body).where(
                owed.c.kind == "text"
            )
            rows = tx.connection.execute(query)
            return {row.key: (row.person or row.account, json.loads(row.body)["text"]) for row in rows}

    def _all_entries(self) -> dict[tuple[str, int], Any]:
        with self.school.database.transaction() as tx:
            return {(one.archive, one.seq): one for one, _ in ledger.entries(tx)}

    def requirements(self, words: str) -> None:
        """Read by the table of requirements, not played."""

    def move_to(self, words: str) -> None:
        self.school.now = datetime.fromisoformat(words).replace(tzinfo=ZONE)

    def published(self, words: str) -> None:
        name, goal, due = (part.strip() for part in words.split("|"))
        person = cast.BY_NAME[name]
        n = 1 + sum(1 for one in self.school.entries(f"person:{person}") if one.kind == "commitment.proposed")
        self.school.publish(person, goal, date.fromisoformat(due), n=n)

    def handed_in(self, words: str) -> None:
        name, month, *late = (part.strip() for part in words.split("|"))
        self.school.hand_in(cast.BY_NAME[name], month, late=bool(late))

    def reviewed(self, words: str) -> None:
        name, by, on, *common = (part.strip() for part in words.split("|"))
        if name not in cast.BY_NAME:
            self.school.reviewed_unit(name, cast.BY_NAME[by], date.fromisoformat(on))
            return
        self.school.reviewed(cast.BY_NAME[name], cast.BY_NAME[by], date.fromisoformat(on), bool(common))

    def demanded(self, words: str) -> None:
        name, by, requirement, due = (part.strip() for part in words.split("|"))
        owner, leader = cast.BY_NAME.get(name, name), cast.BY_NAME[by]
        capacity = {"李芳": "branch_secretary", "王建国": "l1_secretary", "马骏": "school_leader"}[by]
        self.school.demanded(
            owner, leader, requirement, date.fromisoformat(due), self.school.now.date(), capacity
        )

    def governed(self, profile: str) -> None:
        self.school.dispatcher.profile = profiles.load(profile)

    def closed(self, org: str) -> None:
        unit = next(one for one in cast.ORGS if one.id == org)
        self.school.write([enrolment.org_changed(unit, opened_on=None)])

    def says(self, words: str) -> None:
        if not words:
            assert self.reply == "", "expected no reply"
        assert_pieces(words, self.reply)

    def says_not(self, words: str) -> None:
        assert words not in self.reply, f"{words} was said"

    def pushed(self, words: str) -> None:
        who, _, pieces = words.partition("：")
        texts = [text for person, text in self.pushes if person == cast.BY_NAME.get(who, who)]
        assert texts, f"nothing was pushed to {who}; pushed: {self.pushes}"
        assert any(_holds(pieces, text) for text in texts), f"pushed to {who}: {texts}"

    def not_pushed(self, who: str) -> None:
        assert cast.BY_NAME.get(who, who) not in [person for person, _ in self.pushes], self.pushes

    def written(self, words: str) -> None:
        kind, *conditions = words.split(" ")
        found = [one for one in self.entries if one.kind == kind]
        assert found, f"no {kind}; written: {[one.kind for one in self.entries]}"
        assert any(all(_meets(one, each) for each in conditions) for one in found), [
            dict(one.data) for one in found
        ]

    def not_written(self, words: str) -> None:
        assert words not in [one.kind for one in self.entries]

    def remember(self, words: str) -> None:
        name, pattern = words.split(" ", 1)
        match = re.search(pattern, self.reply) or next(
            (m for _, text in self.pushes if (m := re.search(pattern, text))), None
        )
        assert match, f"{pattern} matches nothing"
        self.known[name] = match.group(0)


_VERBS = (
    ("要求：", Player.requirements),
    ("时间 ", Player.move_to),
    ("已公开 ", Player.published),
    ("已交 ", Player.handed_in),
    ("已点评 ", Player.reviewed),
    ("要整改 ", Player.demanded),
    ("停用 ", Player.closed),
    ("口径 ", Player.governed),
    ("机不说：", Player.says_not),
    ("机：", Player.says),
    ("推给 ", Player.pushed),
    ("没有推给 ", Player.not_pushed),
    ("台账没有：", Player.not_written),
    ("台账：", Player.written),
    ("记 ", Player.remember),
)


def _holds(pieces: str, text: str) -> bool:
    at = 0
    for piece in pieces.split("……"):
        found = text.find(piece.strip(), at)
        if found < 0:
            return False
        at = found + len(piece.strip())
    return True


def assert_pieces(pieces: str, text: str) -> None:
    """The text holds the pieces in their order."""
    assert _holds(pieces, text), f"not in this order: {pieces}"


def _meets(written: Any, condition: str) -> bool:
    path, _, wanted = condition.partition("=")
    value: Any = {
        "archive": written.archive,
        "actor": written.stamp.actor,
        "capacity_as": written.entry.capacity,
        **written.data,
    }
    for step in path.split("."):
        value = (
            value[int(step)]
            if isinstance(value, list | tuple) and step.isdigit()
            else value.get(step)
            if value
            else None
        )
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown == wanted
