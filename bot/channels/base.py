"""What the bot may expect of a road, and the ways in which a road can fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.messages import Fetched, Message, Parcel, Receipt


class Failure(Enum):
    """How a call to a platform failed, which decides what the worker does next."""

    PERMANENT = "permanent"
    """This address or this body will never work: no retry, the secretary is told."""
    TRANSIENT = "transient"
    """Back off and try the same bytes again."""
    SLOW_DOWN = "slow_down"
    """A frequency limit: pause this endpoint."""
    STOP = "stop"
    """Configuration is wrong (secret, trusted IP, permission): stop all sending, tell the administrator."""


class ChannelError(Exception):
    """A platform refused or did not answer; carries what the worker needs to decide."""

    def __init__(
        self, failure: Failure, code: int | None, detail: str, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{failure.value} {code}: {detail}")
        self.failure, self.code, self.detail, self.retry_after = failure, code, detail, retry_after


class Rejected(Exception):
    """A callback that is not accepted: `reason` is what to count, `status` what to answer over HTTP."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


class Channel(Protocol):
    """A road for messages. Knows a platform; knows nothing about the bot."""

    name: str

    def challenge(self, query: Mapping[str, str]) -> str:
        """Answer the platform's check of the URL; raises Rejected."""

    def receive(self, query: Mapping[str, str], body: bytes, received: datetime) -> Message:
        """Open one callback; raises Rejected. An authentic kind that is not known has kind 'unknown'."""

    def seal(self, text: str, message: Message, moment: datetime) -> bytes:
        """The passive reply to `message` as the HTTP body; text over the road's limit is cut on a character."""

    def send(self, accounts: Sequence[str], parcel: Parcel) -> Receipt:
        """Send one parcel to at most 1,000 accounts; raises ChannelError."""

    def fetch(self, media: str) -> Fetched:
        """The bytes behind a media id; raises ChannelError."""
