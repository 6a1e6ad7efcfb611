"""The WeCom road: callbacks in, passive replies back, messages out. Each half works without the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.channels.base import Channel, ChannelError, Failure, Rejected
from bot.channels.wecom import callbacks, envelope, replies, sending
from bot.channels.wecom.client import Api, App, Timeouts
from bot.channels.wecom.gate import Gate
from bot.messages import Fetched, Message, Parcel, Receipt

__all__ = ["Api", "App", "Gate", "Timeouts", "WeComChannel"]


class WeComChannel(Channel):
    """A Channel for one self-built app: `gate` lets callbacks in, `api` sends; either may be absent."""

    name = callbacks.CHANNEL

    def __init__(self, gate: Gate | None = None, api: Api | None = None) -> None:
        self.gate, self.api = gate, api

    def challenge(self, query: Mapping[str, str]) -> str:
        """The decrypted `echostr`, to be answered as it stands; raises Rejected."""
        return self._opened(query, query.get("echostr", ""))

    def receive(self, query: Mapping[str, str], body: bytes, received: datetime) -> Message:
        """One callback, opened and read; raises Rejected with 400, 403 or 413 and nothing else."""
        encrypted = envelope.encrypted(body)
        return callbacks.message_of(self._opened(query, encrypted), self._gate().receive_id, received)

    def seal(self, text: str, message: Message, moment: datetime) -> bytes:
        """The HTTP body that answers `message`; empty without a text. Over 2,048 bytes it is cut."""
        return replies.sealed_text(self._gate(), message.account, text, moment)

    def send(self, accounts: Sequence[str], parcel: Parcel) -> Receipt:
        """To at most 1,000 accounts; a text over 2,048 bytes is cut; raises ChannelError."""
        return sending.send(self._api(), accounts, parcel)

    def fetch(self, media: str) -> Fetched:
        """At most 20 MB behind a media id, which WeCom keeps three days; raises ChannelError."""
        return self._api().download(media)

    def _opened(self, query: Mapping[str, str], encrypted: str) -> str:
        signature, timestamp, nonce = (
            query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")
        )
        if not (signature and timestamp and nonce and encrypted):
            raise Rejected("parameter missing", 400)
        return self._gate().open(signature, timestamp, nonce, encrypted)

    def _gate(self) -> Gate:
        if self.gate is None:
            raise Rejected("callback is off", 403)
        return self.gate

    def _api(self) -> Api:
        if self.api is None:
            raise ChannelError(Failure.STOP, None, "sending is off")
        return self.api
