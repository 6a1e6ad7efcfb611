"""Reading the app's answer to a callback: nothing, or a sealed passive reply (wecom §3.7, §6)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from sandbox.bodies import DESCRIPTION_BYTES, MOST_ARTICLES, TITLE_BYTES, Content
from sandbox.crypto import BadEnvelope
from sandbox.desk import Desk
from sandbox.errors import ApiError
from sandbox.limits import cut
from sandbox.records import Callback
from sandbox.xmltext import read, word

SILENCE = (b"", b"success")
CARD_UPDATES = {"update_button", "update_template_card"}


class BadReply(Exception):
    """An answer that WeCom would not show; the text says why."""


def opened(desk: Desk, callback: Callback, answer: bytes) -> str:
    """The plain XML of a passive reply, empty when the app said nothing; raises BadReply."""
    if answer in SILENCE:
        return ""
    app = desk.world.app(callback.agentid)
    try:
        envelope = read(answer.decode())
        parts = (word(envelope, name) for name in ("MsgSignature", "TimeStamp", "Nonce", "Encrypt"))
        return desk.world.sealer(app).open(*parts)
    except BadEnvelope as fault:
        raise BadReply(str(fault)) from None
    except ValueError as fault:
        raise BadReply(f"应答不是加密的 XML：{fault}") from None


def show(desk: Desk, callback: Callback, plain: str) -> None:
    """Puts the reply on the phone of the member it belongs to; raises BadReply. The caller holds the lock."""
    try:
        root = read(plain)
    except ValueError as fault:
        raise BadReply(f"解密后{fault}") from None
    _check_addresses(desk, callback, root)
    kind = word(root, "MsgType")
    if kind in CARD_UPDATES:
        _update_card(desk, callback, root, kind)
        return
    content = _content(desk, root, kind)
    desk.show(
        desk.world.user(callback.user).userid,
        agentid=callback.agentid,
        side="app",
        kind=content.kind,
        text=content.text,
        media_id=content.media_id,
        data=content.data,
        passive=True,
    )


def _check_addresses(desk: Desk, callback: Callback, root: ET.Element) -> None:
    if word(root, "ToUserName").casefold() != callback.user.casefold():
        raise BadReply("ToUserName 不是发消息的人")
    if word(root, "FromUserName") != desk.world.corpid:
        raise BadReply("FromUserName 不是企业号")
    if not callback.replyable:
        raise BadReply(f"{callback.kind} 事件不能被动回复")


def _content(desk: Desk, root: ET.Element, kind: str) -> Content:
    if kind == "text":
        return _text(root)
    if kind in ("image", "voice", "video"):
        return _media(desk, root, kind)
    if kind == "news":
        return _news(root)
    raise BadReply(f"不能被动回复的类型：{kind or '空'}")


def _text(root: ET.Element) -> Content:
    if not word(root, "Content").strip():
        raise BadReply("Content 是空的")
    return Content("text", cut(word(root, "Content")))


def _media(desk: Desk, root: ET.Element, kind: str) -> Content:
    tag = kind.capitalize()
    try:
        media = desk.media.get(word(root, f"{tag}/MediaId"), desk.clock.now(), desk.faults.media_ttl_s)
    except ApiError:
        raise BadReply("MediaId 无效或过期") from None
    if media.kind != kind:
        raise BadReply("MediaId 的类型不对")
    data = {
        "title": cut(word(root, "Video/Title"), TITLE_BYTES),
        "description": cut(word(root, "Video/Description"), DESCRIPTION_BYTES),
    }
    return Content(kind, media_id=media.media_id, data=data if kind == "video" else {})


def _news(root: ET.Element) -> Content:
    items = root.findall("Articles/item")
    if not 1 <= len(items) <= MOST_ARTICLES or word(root, "ArticleCount") != str(len(items)):
        raise BadReply("图文条数不对")
    return Content("news", data={"articles": [_article(item) for item in items]})


def _article(item: ET.Element) -> dict[str, Any]:
    return {
        "title": cut(word(item, "Title"), TITLE_BYTES),
        "description": cut(word(item, "Description"), DESCRIPTION_BYTES),
        "url": word(item, "Url"),
        "picurl": word(item, "PicUrl"),
    }


def _update_card(desk: Desk, callback: Callback, root: ET.Element, kind: str) -> None:
    """Applied only when the switch says so; WeCom's own pages contradict each other (wecom §6.3)."""
    if desk.faults.passive_card_update != "apply" or kind != "update_button" or callback.bubble is None:
        desk.counters["card_updates_ignored"] += 1
        return
    callback.bubble.data = {**callback.bubble.data, "replaced": word(root, "Button/ReplaceName")}
    desk.touch(callback.bubble)
