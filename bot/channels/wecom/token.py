"""One access token per app, shared by all processes and fetched by one of them at a time (wecom §7.1)."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple, Protocol

from bot.channels.base import ChannelError


@dataclass(frozen=True, slots=True)
class Stored:
    """A token and the moment from which a new one is wanted; the token stays out of every repr."""

    token: str = field(repr=False)
    expires_at: datetime


class Issued(NamedTuple):
    """What gettoken answered: the token and its life in seconds."""

    token: str
    life: float


class TokenStore(Protocol):
    """Where all processes keep their tokens, by the name of the app."""

    def load(self, app: str) -> Stored | None:
        """The token kept last, however old."""

    def save(self, app: str, token: str, expires_at: datetime) -> None:
        """Keep this token in place of any other."""

    def drop(self, app: str, token: str) -> None:
        """Forget the token if it is still this one."""

    def lock(self, app: str) -> AbstractContextManager[object]:
        """Only one holder at a time among all processes. The holder waits for WeCom meanwhile, 13 seconds at
        worst, so this must be a lease or an advisory lock and no open transaction."""


class Tokens:
    """Hands out the token of one app; safe to share among threads."""

    def __init__(
        self,
        app: str,
        store: TokenStore,
        fetch: Callable[[], Issued],
        now: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._app, self._store, self._fetch, self._now, self._jitter = app, store, fetch, now, jitter
        self._turn = Lock()
        self._failures = 0
        self._failure: ChannelError | None = None

    def current(self) -> str:
        """A token believed good; raises ChannelError when a new one is needed and cannot be had."""
        failures = self._failures
        return self._fresh() or self._renewed(failures)

    def drop(self, token: str) -> None:
        """WeCom refused this token: the next call fetches another, unless somebody already did."""
        self._store.drop(self._app, token)

    def _fresh(self) -> str | None:
        stored = self._store.load(self._app)
        return stored.token if stored and self._now() < stored.expires_at else None

    def _renewed(self, failures: int) -> str:
        with self._turn:
            if self._failure and self._failures != failures:
                # The one we waited for failed. Asking again, one by one, would get the address banned.
                raise _again(self._failure)
            with self._store.lock(self._app):
                return self._fresh() or self._fetched()

    def _fetched(self) -> str:
        try:
            issued = self._fetch()
        except ChannelError as failure:
            self._failures, self._failure = self._failures + 1, failure
            raise
        self._store.save(self._app, issued.token, self._now() + self._useful(issued.life))
        return issued.token

    def _useful(self, life: float) -> timedelta:
        """Nine tenths of the life, less up to a twentieth so that many apps do not ask together."""
        return timedelta(seconds=life * (0.9 - 0.05 * self._jitter()))


def _again(failure: ChannelError) -> ChannelError:
    return ChannelError(failure.failure, failure.code, failure.detail, failure.retry_after)
