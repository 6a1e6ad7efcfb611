"""The decrypted XML of a callback becomes a Message (wecom §3.9, §4, §5)."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha1, sha256
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bot.channels.wecom.envelope import parse
from bot.messages import Kind, Message

CHANNEL = "wecom"
ACCOUNT_LIMIT = 64

MEDIA: dict[str, Kind] = {"image": "image", "voice": "voice", "video": "video", "file": "file"}
"""Kinds that are nothing without their MediaId."""

WORDS: dict[str, tuple[Kind, str]] = {
    "text": ("text", "Content"),
    "location": ("location", "Label"),
    "link": ("link", "Title"),
}
"""Kinds that are told by words, and where the words stand."""

EVENTS = frozenset(
    [
        *[
            "subscribe",
            "unsubscribe",
            "LOCATION",
            "view",
            "view_miniprogram",
            "scancode_push",
            "scancode_waitmsg",
        ],
        *["pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"],
        *["template_card_event", "template_card_menu_event", "taskcard_click"],
        *[
            "batch_job_result",
            "change_contact",
            "open_approval_change",
            "share_agent_change",
            "share_chain_change",
        ],
        *["inactive_alert", "low_active_alert", "close_inactive_agent", "reopen_inactive_agent"],
        *["low_active", "active_restored"],
    ]
)
"""Every other event of wecom §5; `click` and `enter_agent` have kinds of their own."""

_EVENT_KEY = ("CreateTime", "Event", "ChangeType", "EventKey", "TaskId", "ResponseCode")
_EARLIEST, _LATEST = 1_262_304_000, 4_102_444_800  # 2010 and 2100: what lies outside is no real CreateTime.


class Content(NamedTuple):
    """What a message says, apart from who said it and when."""

    kind: Kind
    text: str = ""
    media: str = ""


UNKNOWN = Content("unknown")


def fold(account: str) -> str:
    """The form in which two spellings of one account are equal (WeCom ignores case)."""
    # As `domain.contacts.folded`: letters that only look like ASCII are others.
    return account.lower() if account.isascii() else account


def message_of(plain: str, corp: str, received: datetime) -> Message:
    """One decrypted callback; raises Rejected (400) if it is not WeCom's XML."""
    root = parse(plain)
    account = _field(root, "FromUserName")
    known = 0 < len(account) <= ACCOUNT_LIMIT
    content = _content(root) if known else UNKNOWN
    return Message(
        channel=CHANNEL,
        account=account if known else "",
        key=_key(root, plain, corp, account),
        kind=content.kind,
        at=_moment(_field(root, "CreateTime"), received),
        received=received,
        text=content.text,
        media=content.media,
    )


def _field(root: Element, name: str) -> str:
    return root.findtext(name) or ""


def _content(root: Element) -> Content:
    kind = _field(root, "MsgType")
    if kind == "event":
        return _event(root)
    if kind in MEDIA:
        media = _field(root, "MediaId")
        return Content(MEDIA[kind], media=media) if media else UNKNOWN
    if kind in WORDS:
        known, field = WORDS[kind]
        return Content(known, text=_field(root, field))
    return UNKNOWN


def _event(root: Element) -> Content:
    name = _field(root, "Event")
    if name == "click":
        key = _field(root, "EventKey")
        return Content("click", text=key) if key else UNKNOWN
    if name == "enter_agent":
        return Content("enter")
    return Content("event", text=name) if name in EVENTS else UNKNOWN


def _moment(stamp: str, received: datetime) -> datetime:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= len(str(_LATEST))):
        return received
    seconds = int(stamp)
    if not _EARLIEST <= seconds < _LATEST:
        return received
    return datetime.fromtimestamp(seconds, UTC).astimezone(received.tzinfo)


def _key(root: Element, plain: str, corp: str, account: str) -> str:
    """Equal for a repeat and for nothing else: one MsgId may serve several people (wecom §3.9)."""
    sender = (corp, _agent(root), fold(account))
    number = _field(root, "MsgId")
    if number and _field(root, "MsgType") != "event":
        return _short("m", *sender, number, _field(root, "CreateTime"))
    digest = sha1(plain.encode()).hexdigest()
    return _short("e", *sender, *(_field(root, name) for name in _EVENT_KEY), digest)


def _agent(root: Element) -> str:
    """Task cards of old spell the field their own way (wecom §5)."""
    return _field(root, "AgentID") or _field(root, "AgentId")


def _short(*parts: str) -> str:
    """NUL cannot occur in XML, so no two lists of parts join to the same string."""
    return f"{parts[0]}-{sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"
