"""The only place where parts are put together."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from bot import handlers, profiles, understanding
from bot.channels.wecom import Api, App, Gate, WeComChannel
from bot.channels.wecom.token import Stored
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.engine.talk import Talk
from bot.engine.turn import Context, Handler, Turn
from bot.parts import Bot
from bot.settings import Settings
from storage.db import Database
from storage.tokens import TokenRows


def bot(settings: Settings, clock: Clock | None = None) -> Bot:
    """Everything by its settings; raises what `profiles.load` raises. No connection is made yet."""
    clock = clock or Clock(settings.home / "clock")
    profile = profiles.load(settings.profile)
    database = Database(settings.database_url)
    dispatcher = Dispatcher(database, talk(), profile)
    return Bot(settings, clock, profile, database, dispatcher, wecom(settings, database, clock))


def wecom(settings: Settings, database: Database, clock: Clock) -> WeComChannel:
    """The WeCom road; each half only with its settings."""
    own = settings.wecom
    gate = Gate(own.token, own.aes_key, own.corp_id) if own.receives else None
    store = TokenRows(database, clock.now, Stored)
    api = (
        Api(App(own.corp_id, own.agent_id), own.secret, store, clock.now, own.api_url) if own.sends else None
    )
    return WeComChannel(gate, api)


def keep_for_good() -> None:
    """What a process that stays consists of stays with it, so no search for garbage need go through it again."""
    gc.collect()
    gc.freeze()


def talk() -> Talk:
    """All handlers, how first messages are understood, where a lone photo goes and who takes loose words."""
    found = handlers.load()
    return Talk(
        found,
        understanding.understand,
        place_photo=lambda ctx: _first(found.values(), "place", ctx),
        catch=lambda ctx: _first(_by_last_list(found, ctx), "catch", ctx),
    )


def _by_last_list(found: dict[str, Handler], ctx: Context) -> list[Handler]:
    """The handlers, that of the last list before all others."""
    listed = ctx.choices[0] if ctx.choices else ""
    return sorted(found.values(), key=lambda one: not listed.startswith(tuple(one.words)))


def _first(found: Iterable[Handler], name: str, ctx: Context) -> Turn | None:
    """The turn of the first handler that has such a method and wants the message."""
    for handler in found:
        wants = getattr(handler, name, None)
        turn: Turn | None = wants(ctx) if wants else None
        if turn is not None:
            return turn
    return None
