"""The menu under the conversation: a click says the same as typing the word (wecom §12)."""

from __future__ import annotations

from typing import Any

from bot.channels.base import ChannelError
from bot.channels.wecom.client import Api
from bot.channels.wecom.errors import NO_MENU

Button = dict[str, Any]


def _says(words: str) -> Button:
    """A button whose name, key and meaning are one entrance of the conversation."""
    return {"type": "click", "name": words, "key": words}


def _group(name: str, *buttons: Button) -> Button:
    return {"name": name, "sub_button": list(buttons)}


_PHOTO: Button = {"type": "pic_photo_or_album", "name": "拍照点评", "key": "点评"}

MENU: dict[str, list[Button]] = {
    "button": [
        _group("我的", *map(_says, ("我的承诺", "作承诺", "写实", "看点评", "我的台账"))),
        _group("点评", _PHOTO, *map(_says, ("点评", "还欠谁", "我的点评"))),
        _group("支部", *map(_says, ("谁没交", "催一下", "待签", "公开", "名单"))),
    ]
}


def publish(api: Api) -> None:
    """Put our menu in place of whatever the app has; raises ChannelError."""
    api.menu.create(api.app.agent_id, MENU)


def published(api: Api) -> dict[str, Any] | None:
    """The menu as WeCom has it, None without one; raises ChannelError."""
    try:
        menu: dict[str, Any] = api.menu.get(api.app.agent_id)
    except ChannelError as error:
        if error.code == NO_MENU:
            return None
        raise
    return menu
