"""The words in which handlers and engine speak to each other: context in, turn out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.engine.state import Act, Conversation, Draft
from bot.messages import Message
from domain.entries import Entry
from domain.facts import Facts
from domain.foresight import Foresight
from domain.people import Person, Roster
from domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a decision may rely on. `text` is the message's words, cleaned; `now` its own moment.

    `speaker` is None for a stranger; `attachment` is the number given to the picture of this message.
    `tapped` says that the message was a digit, and `text` are the words which the last list put behind it.
    `soon` may be told what will be asked of roster and facts. `at_leisure` says that nobody waits for the answer in
    a chat, so that it may take long: a worker plays what a message ordered, or somebody asks at the machine itself.
    """

    message: Message
    text: str
    now: datetime
    speaker: Person | None
    conversation: Conversation
    roster: Roster
    facts: Facts
    profile: Profile
    attachment: str = ""
    tapped: bool = False
    soon: Foresight = Foresight()
    at_leisure: bool = False

    @property
    def actor(self) -> Person:
        """The known person who speaks."""
        if self.speaker is None:
            raise LookupError("a stranger has no actor")
        return self.speaker

    @property
    def today(self) -> date:
        """The office's local day of the message."""
        return self.now.date()

    @property
    def choices(self) -> tuple[str, ...]:
        """The words behind the digits of the last list, while it is young enough to count (R-297)."""
        listed = self.conversation.listed
        hours = timedelta(hours=self.profile.number("chat.list_hours"))
        is_young = bool(listed) and self.now - datetime.fromisoformat(listed) <= hours
        return self.conversation.choices if is_young else ()

    def is_stale(self, thing: str, version: str) -> bool:
        """Whether a digit stands for a thing which the last list showed otherwise, or not at all."""
        return self.tapped and self.conversation.shown.get(thing) != version


@dataclass(frozen=True, slots=True)
class Tell:
    """Something owed to another person: `key` is its meaning and never sent twice.

    `unit` is the organisation whose start and hold it obeys. `duty`, `step` and `period` make it a push that
    is checked again before it leaves; empty for the news of an act. `account` (of the message's channel)
    addresses somebody who is not in the roster yet.
    """

    key: str
    person: str
    text: str
    unit: str = ""
    duty: str = ""
    step: str = ""
    period: str = ""
    account: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Freeing:
    """Somebody else's open draft that the worker is to put aside, since a turn locks nobody but its speaker.

    `capacity` is the speaker's post by which it is done.
    """

    person: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Order:
    """Work for the speaker that takes longer than an answer may; a worker does it by its kind."""

    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file for the speaker, sent after the answer: a sheet of names that is too long for a message."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message leads to.

    `draft` is the open conversation afterwards (None closes it) unless `keep` says that it stays as it was,
    which is what a question in the middle does; `park` puts what was open aside for 继续. `loose`, if given,
    are the photos that still have no place. `choices` are the words that 1, 2, 3… stand for from now on,
    `shows` the versions of the things which those numbers mean.
    `link` names attachments that now belong to a numbered thing; `set` are settings of the installation.
    `people` are those whose own fields change; what binds them is in the entries.
    `shelve` is a draft put aside for 继续 that does not become the open one (R-043).
    """

    say: str = ""
    draft: Draft | None = None
    keep: bool = False
    entries: tuple[Entry, ...] = ()
    tell: tuple[Tell, ...] = ()
    choices: tuple[str, ...] = ()
    shows: Mapping[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    free: Freeing | None = None
    order: Order | None = None
    act: Act | None = None
    remember: Mapping[str, Any] = field(default_factory=dict)
    link: tuple[tuple[str, str], ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    park: bool = False
    shelve: Draft | None = None
    loose: tuple[tuple[str, str], ...] | None = None
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a message was understood: contract, `xieshi understand`."""

    handler: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    score: float = 0.0


class Handler(Protocol):
    """One thing the bot can do for a person. Handlers decide; they cannot write."""

    name: str
    title: str
    words: Sequence[str]
    is_query: bool

    def allowed(self, ctx: Context) -> str | None:
        """None, or the sentence with which this person is refused."""

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        """Start with what the message already said, by the contract's field names."""

    def resume(self, ctx: Context, draft: Draft) -> str:
        """The open question once more, for coming home after an interruption."""

    def so_far(self, draft: Draft) -> str:
        """How far a draft has got, for its owner; empty when it waits for nothing."""

    def answer(self, ctx: Context, draft: Draft, text: str) -> Turn:
        """Go on with an answer to the open question."""

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        """Take a message that would have started this same handler, were its draft not open."""

    def command(self, ctx: Context, draft: Draft, word: str, rest: str) -> Turn:
        """Obey confirm, back, skip, or amend (rest is `N words`) in the open draft."""

    def picture(self, ctx: Context, draft: Draft, attachment: str) -> Turn | None:
        """Take a photo into the draft, or None if it has no place there."""

    def waits_for_words(self, ctx: Context, draft: Draft) -> bool:
        """Whether the open question takes any text, so that entrances are not obeyed blindly."""

    def expects(self, ctx: Context, draft: Draft, text: str) -> bool:
        """Whether the open question names these very words as an answer (签字), so that they begin nothing."""

    def undo(self, ctx: Context, act: Act) -> Turn:
        """Take back one's own last act."""
