"""menu/create, get, delete: the app's menu within WeCom's limits (wecom §12)."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sandbox.call import Answer, Call
from sandbox.errors import ApiError

KEYED = {
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
}
KEY_BYTES, URL_BYTES = 128, 1024


class Level(NamedTuple):
    """The codes and limits of one level of the menu."""

    most: int
    name_bytes: int
    size: int
    kind: int
    name: int
    key: int
    url: int
    domain: int


MAIN = Level(3, 16, 40016, 40017, 40018, 40019, 40020, 40054)
SUB = Level(5, 40, 40023, 40024, 40025, 40026, 40027, 40055)


def create(call: Call) -> Answer:
    """POST menu/create?agentid=; replaces the whole menu."""
    call.own_agentid(call.args.get("agentid"))
    buttons = call.body.get("button")
    _check_list(buttons, MAIN, call.app.redirect_domain)
    call.app.menu = list(buttons or [])
    call.desk.touch()
    return {}


def get(call: Call) -> Answer:
    """GET menu/get?agentid=."""
    call.own_agentid(call.args.get("agentid"))
    if not call.app.menu:
        raise ApiError(46003)
    return {"button": call.app.menu}


def delete(call: Call) -> Answer:
    """GET menu/delete?agentid=."""
    call.own_agentid(call.args.get("agentid"))
    call.app.menu = []
    call.desk.touch()
    return {}


def _check_list(buttons: Any, level: Level, domain: str) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= level.most:
        raise ApiError(level.size)
    for button in buttons:
        if not isinstance(button, dict):
            raise ApiError(level.kind)
        _check_button(button, level, domain)


def _check_button(button: dict[str, Any], level: Level, domain: str) -> None:
    name = button.get("name")
    if not isinstance(name, str) or not name.strip() or len(name.encode()) > level.name_bytes:
        raise ApiError(level.name)
    if button.get("sub_button"):
        if level is SUB:
            raise ApiError(40022)
        _check_list(button["sub_button"], SUB, domain)
    else:
        _check_action(button, level, domain)


def _check_action(button: dict[str, Any], level: Level, domain: str) -> None:
    kind = button.get("type")
    if kind in KEYED:
        _check_length(button.get("key"), KEY_BYTES, level.key)
    elif kind == "view":
        url = _check_length(button.get("url"), URL_BYTES, level.url)
        if domain and urlsplit(url).netloc != domain:
            raise ApiError(level.domain)
    elif kind != "view_miniprogram":
        raise ApiError(level.kind)


def _check_length(value: object, most: int, errcode: int) -> str:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= most:
        raise ApiError(errcode)
    return value
