"""`xieshi menu publish`: puts our menu under the app's conversation."""

from __future__ import annotations

import click

from bot import brakes
from bot.channels.base import ChannelError
from bot.channels.wecom import menu
from bot.commands import _ground


@click.group(name="menu", help="企业微信里应用的菜单。")
def COMMAND() -> None:  # noqa: N802
    """Acts on the menu."""


@COMMAND.command(help="发布菜单，替换应用现有的菜单。")
def publish() -> None:
    """Publish; safe to repeat."""
    api = _ground.load().wecom.api
    if api is None:
        _ground.refuse("还没有设置发送，请先运行：xieshi wecom setup")
    try:
        menu.publish(api)
    except ChannelError as error:
        _ground.refuse(f"菜单没有发布。{brakes.explained(error)}")
    click.echo("菜单已发布。大家重新进入应用就能看到。")
