"""The road of `xieshi ask`: pictures are files on this machine, and what is sent was already shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.channels.base import Channel, ChannelError, Failure, Rejected
from bot.messages import Fetched, Message, Parcel, Receipt

LIMIT = 20 << 20


class TerminalChannel(Channel):
    """A Channel without a platform; nobody can call it from outside."""

    name = "terminal"

    def challenge(self, query: Mapping[str, str]) -> str:
        """Always raises Rejected."""
        raise Rejected("no callbacks on a terminal", 403)

    def receive(self, query: Mapping[str, str], body: bytes, received: datetime) -> Message:
        """Always raises Rejected."""
        raise Rejected("no callbacks on a terminal", 403)

    def seal(self, text: str, message: Message, moment: datetime) -> bytes:
        """The words as they stand."""
        return text.encode()

    def send(self, accounts: Sequence[str], parcel: Parcel) -> Receipt:
        """Nothing to do: the command has printed its answer."""
        return Receipt("")

    def fetch(self, media: str) -> Fetched:
        """The bytes of a file, one more than allowed at most; raises ChannelError (PERMANENT)."""
        try:
            with Path(media).open("rb") as file:
                return Fetched(file.read(LIMIT + 1), "")
        except OSError as error:
            raise ChannelError(Failure.PERMANENT, error.errno, "file cannot be read") from error
