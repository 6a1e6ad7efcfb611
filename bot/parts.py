"""One installation, put together: what the web, the worker and the commands share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.wecom import WeComChannel
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.settings import Settings
from domain.profile import Profile
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts; `bot.bootstrap` makes them from settings."""

    settings: Settings
    clock: Clock
    profile: Profile
    database: Database
    dispatcher: Dispatcher
    wecom: WeComChannel
