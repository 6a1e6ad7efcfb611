"""The body of each message type: what WeCom refuses, what it cuts, what then stands on the phone (wecom §8.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.call import Call, part, words
from sandbox.cards import check_card
from sandbox.errors import ApiError
from sandbox.limits import cut

TITLE_BYTES, DESCRIPTION_BYTES, URL_BYTES, MOST_ARTICLES = 128, 512, 2048, 8
HIDDEN_IN_PLUGIN = {"markdown", "template_card"}


@dataclass(frozen=True)
class Content:
    """What a bubble will hold."""

    kind: str
    text: str = ""
    media_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def content_of(call: Call, body: dict[str, Any]) -> Content:
    """The checked content of a message/send; raises 40008 for an unknown type and the code of the fault else."""
    kind = words(body, "msgtype")
    if kind not in _READERS:
        raise ApiError(40008)
    return _READERS[kind](call, kind, part(body, kind, dict), body)


def _text(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    content = words(inner, "content")
    if not content.strip():
        raise ApiError(44004)
    if body.get("enable_id_trans") == 1:
        content = _with_names(call, content)
    return Content(kind, cut(content))


def _with_names(call: Call, content: str) -> str:
    def name(match: re.Match[str]) -> str:
        user = call.world.users.get(match[1].casefold())
        return user.name if user else match[0]

    return re.sub(r"\$user(?:Name|AliasOrName)=([\w.@-]+)\$", name, content)


def _media(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    media = call.desk.media.get(words(inner, "media_id"), call.now, call.desk.faults.media_ttl_s)
    if media.kind != kind:
        raise ApiError(40004)
    data = {
        "title": cut(words(inner, "title"), TITLE_BYTES),
        "description": cut(words(inner, "description"), DESCRIPTION_BYTES),
    }
    return Content(kind, media_id=media.media_id, data=data if kind == "video" else {})


def _textcard(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    title, description, url = (words(inner, name) for name in ("title", "description", "url"))
    for value, errcode in ((title, 41016), (description, 41033), (url, 41010)):
        if not value:
            raise ApiError(errcode)
    _check_url(url)
    data = {
        "title": cut(title, TITLE_BYTES),
        "description": cut(description, DESCRIPTION_BYTES),
        "url": url,
        "btntxt": words(inner, "btntxt")[:4] or "详情",
    }
    return Content(kind, data=data)


def _check_url(url: str) -> None:
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", url):
        raise ApiError(45034)
    if len(url.encode()) > URL_BYTES:
        raise ApiError(40039)


def _news(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    if body.get("safe"):
        raise ApiError(40074)
    articles = part(inner, "articles", list)
    if not 1 <= len(articles) <= MOST_ARTICLES:
        raise ApiError(45008)
    return Content(kind, data={"articles": [_article(entry) for entry in articles]})


def _article(entry: object) -> dict[str, str]:
    if not isinstance(entry, dict) or not entry.get("title"):
        raise ApiError(41016)
    return {
        "title": cut(words(entry, "title"), TITLE_BYTES),
        "description": cut(words(entry, "description"), DESCRIPTION_BYTES),
        "url": words(entry, "url"),
        "picurl": words(entry, "picurl"),
    }


def _markdown(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    content = words(inner, "content")
    if not content.strip():
        raise ApiError(44004)
    return Content(kind, cut(content))


def _card(call: Call, kind: str, inner: dict[str, Any], body: dict[str, Any]) -> Content:
    check_card(inner, has_callback=bool(call.app.callback_url))
    task = (call.app.agentid, str(inner.get("task_id", "")))
    if task[1] and task in call.desk.tasks:
        raise ApiError(42014)
    return Content(kind, data={"card": inner})


Reader = Callable[[Call, str, dict[str, Any], dict[str, Any]], Content]

_READERS: dict[str, Reader] = {
    "text": _text,
    "image": _media,
    "voice": _media,
    "video": _media,
    "file": _media,
    "textcard": _textcard,
    "news": _news,
    "markdown": _markdown,
    "template_card": _card,
}
