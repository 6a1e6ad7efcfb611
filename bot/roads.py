"""The channels that lead out of an installation, by the word in an owed row's `channel`."""

from __future__ import annotations

from bot.channels.base import Channel
from bot.channels.terminal import TerminalChannel
from bot.channels.wecom import WeComChannel
from bot.parts import Bot

WECOM, TERMINAL = WeComChannel.name, TerminalChannel.name
TO_PEOPLE = ""
"""The channel of rows that name a person only: they go by WeCom."""


def roads(bot: Bot) -> dict[str, Channel]:
    """Those that can send and fetch now; WeCom only with its settings."""
    sends = {WECOM: bot.wecom, TO_PEOPLE: bot.wecom} if bot.wecom.api is not None else {}
    return {TERMINAL: TerminalChannel(), **sends}
