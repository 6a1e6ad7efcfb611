"""What the sandbox remembers: bubbles on phones, callbacks and their attempts, API calls, sent messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Side = Literal["member", "app"]


@dataclass
class Bubble:
    """One line of a phone's conversation.

    `kind` is WeCom's msgtype, or "event" for what a member did without words. `data` holds what the kind needs
    beyond `text`. `shown` is False for what a WeChat plugin cannot display. `state` of a member's bubble is
    pending, delivered, failed or dropped; `revision` rises whenever anything of it changes.
    """

    number: int
    user: str
    agentid: int
    side: Side
    kind: str
    at: datetime
    text: str = ""
    media_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    passive: bool = False
    msgid: str = ""
    recalled: bool = False
    shown: bool = True
    state: str = ""
    problem: str = ""
    revision: int = 0


@dataclass
class Attempt:
    """One POST of a callback: `outcome` is answered, timeout, unreachable, status or bad_reply."""

    number: int
    at: datetime
    seconds: float = 0.0
    outcome: str = ""
    status: int | None = None
    reply: str = ""
    problem: str = ""


@dataclass
class Callback:
    """One thing WeCom tells the app: the plain XML, identical in all its attempts, and what came of it.

    `state` is queued, delivered, failed or dropped. `replyable` says whether a passive reply may be shown.
    """

    number: int
    agentid: int
    user: str
    kind: str
    plain: str
    at: datetime
    msgid: str = ""
    replyable: bool = True
    bubble: Bubble | None = None
    state: str = "queued"
    replied: bool = False
    attempts: list[Attempt] = field(default_factory=list)


@dataclass
class ApiCall:
    """One call of the server API; `body` is the parsed JSON, tokens and secrets are left out."""

    endpoint: str
    at: datetime
    agentid: int | None
    args: dict[str, str]
    body: Any
    errcode: int


@dataclass
class Sent:
    """One accepted message/send, kept for recall, duplicate check and card updates."""

    msgid: str
    agentid: int
    at: datetime
    receivers: list[str]
    bubbles: list[Bubble]
    response_code: str = ""
