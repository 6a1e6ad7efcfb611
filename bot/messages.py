"""What comes in and what goes out, the same for every channel: frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal[
    "text", "image", "voice", "video", "location", "link", "file", "click", "enter", "event", "unknown"
]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person sent or did.

    `at` is the platform's own moment (CreateTime), `received` ours; both carry an offset. `key` names the
    message for ever and is equal for a repeat only. `text` is the words, or the menu key of a click.
    `media` is what `Channel.fetch` takes.
    """

    channel: str
    account: str
    key: str
    kind: Kind
    at: datetime
    received: datetime
    text: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One proactive message for one or more accounts of a channel, as it will be sent byte for byte.

    Exactly one of `text`, `image` and `file` is meant; `data` and `name` belong to image and file.
    `repeat` says that an earlier attempt of the same bytes may already have arrived.
    """

    kind: Literal["text", "image", "file"]
    text: str = ""
    name: str = ""
    data: bytes = b""
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform said: its message id, and the accounts it could not reach."""

    message: str
    unreachable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a picture or voice exactly as received, and the type the platform claims."""

    data: bytes
    mime: str
