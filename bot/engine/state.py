"""Where a conversation stands: fields by name, never positions, so that a deploy breaks nobody's draft."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

CONFIRM = "confirm"
"""What is asked at the read-back."""
# The name of a field among the others, so that kept drafts stay as they are.
LEAVABLE = "__leavable"
_WAITING, _WHERE = ("pending", "older"), ("pending_to", "keep_older", "cause", "pending_for")


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's progress through one handler.

    `asked` names the open question (`confirm` for the read-back, empty before the first), `order` the fields
    answered so far, oldest first, for 返回. `photos` are attachment numbers. Times are ISO 8601; `touched` is
    when its owner last spoke while it was open, `until` when a draft put aside is forgotten, if earlier than
    others. `shown` says what the digits of the open question, or 确认, stood for when it was asked.
    """

    handler: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""
    tries: int = 0
    photos: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    started: str = ""
    touched: str = ""
    until: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_leavable(self) -> bool:
        """Whether it is only an offer (还有第二件吗？): who begins something else need not answer it."""
        return bool(self.fields.get(LEAVABLE))

    def showed(self, things: Mapping[str, str]) -> bool:
        """Whether the open question showed these things, and in these versions."""
        return all(self.shown.get(thing) == version for thing, version in things.items())

    @property
    def waiting(self) -> tuple[str, ...]:
        """Photos of which nobody has said yet where they belong."""
        return tuple(photo for name in _WAITING for photo in self.fields.get(name, ()))

    def having(self, **values: Any) -> Draft:
        """With some fields set; they are remembered as answered in this order."""
        order = tuple(name for name in self.order if name not in values) + tuple(values)
        return replace(self, fields={**self.fields, **values}, order=order, tries=0)

    def without(self, *names: str) -> Draft:
        """With some fields forgotten."""
        kept = {name: value for name, value in self.fields.items() if name not in names}
        return replace(self, fields=kept, order=tuple(name for name in self.order if name not in names))

    def put_aside(self, now: datetime) -> Draft:
        """As it is kept for 继续: its days count from now, and waiting photos are free for the next draft (R-130)."""
        asked = "" if self.asked in _WHERE else self.asked
        return replace(self.without(*_WAITING, *_WHERE), asked=asked, touched=now.isoformat())


@dataclass(frozen=True, slots=True)
class Act:
    """The last thing somebody did, as far as it can be taken back: which handler, which things."""

    handler: str
    at: str
    numbers: tuple[str, ...] = ()
    note: Mapping[str, Any] = field(default_factory=dict)

    def is_within(self, now: datetime, minutes: int) -> bool:
        """Whether it happened at most so many minutes ago."""
        return now - datetime.fromisoformat(self.at) <= timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is kept of a speaker between messages. `choices` are the words behind 1, 2, 3… of the last list.

    `shown` are the things of that list with the version in which it showed them. `photos` are pictures without a place: attachment number and moment. `memory` holds small facts of
    handlers by key (the last review, whether one was greeted).
    """

    draft: Draft | None = None
    parked: tuple[Draft, ...] = ()
    choices: tuple[str, ...] = ()
    listed: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    act: Act | None = None
    photos: tuple[tuple[str, str], ...] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)


MOST_PARKED = 5


def put_aside(conversation: Conversation, draft: Draft | None, at: datetime) -> Conversation:
    """With nothing open; `draft` is the open one as it is kept for 继续, unless it was merely an offer."""
    is_kept = draft is not None and not draft.is_leavable
    aside = (replace(draft, touched=at.isoformat()),) if draft and is_kept else ()
    return replace(conversation, draft=None, parked=(*aside, *conversation.parked)[:MOST_PARKED])


def from_state(state: Mapping[str, Any]) -> Conversation:
    """A conversation from its kept JSON; unknown keys of another release are ignored."""
    draft, act = state.get("draft"), state.get("act")
    return Conversation(
        draft=_draft(draft) if draft else None,
        parked=tuple(_draft(one) for one in state.get("parked", ())),
        choices=tuple(state.get("choices", ())),
        listed=state.get("listed", ""),
        shown=state.get("shown", {}),
        act=Act(act["handler"], act["at"], tuple(act["numbers"]), act.get("note", {})) if act else None,
        photos=tuple((one[0], one[1]) for one in state.get("photos", ())),
        memory=state.get("memory", {}),
    )


def known(conversation: Conversation, handlers: Container[str]) -> Conversation:
    """Without an open draft that this release has no handler for: it is put aside, nobody is held by it."""
    draft = conversation.draft
    if draft is None or draft.handler in handlers:
        return conversation
    return replace(conversation, draft=None, parked=(draft, *conversation.parked))


def _draft(kept: Mapping[str, Any]) -> Draft:
    return Draft(
        handler=kept.get("handler", ""),
        fields=kept.get("fields", {}),
        asked=kept.get("asked", ""),
        tries=kept.get("tries", 0),
        photos=tuple(kept.get("photos", ())),
        order=tuple(kept.get("order", ())),
        started=kept.get("started", ""),
        touched=kept.get("touched", ""),
        until=kept.get("until", ""),
        shown=kept.get("shown", {}),
    )


def to_state(conversation: Conversation) -> dict[str, Any]:
    """The JSON to keep; empty parts are left out."""
    act = conversation.act
    state = {
        "draft": _kept(conversation.draft) if conversation.draft else None,
        "parked": [_kept(one) for one in conversation.parked],
        "choices": list(conversation.choices),
        "listed": conversation.listed,
        "shown": dict(conversation.shown),
        "act": {"handler": act.handler, "at": act.at, "numbers": list(act.numbers), "note": dict(act.note)}
        if act
        else None,
        "photos": [list(one) for one in conversation.photos],
        "memory": dict(conversation.memory),
    }
    return {key: value for key, value in state.items() if value}


def _kept(draft: Draft) -> dict[str, Any]:
    return {
        "handler": draft.handler,
        "fields": dict(draft.fields),
        "asked": draft.asked,
        "tries": draft.tries,
        "photos": list(draft.photos),
        "order": list(draft.order),
        "started": draft.started,
        "touched": draft.touched,
        "until": draft.until,
        "shown": dict(draft.shown),
    }
