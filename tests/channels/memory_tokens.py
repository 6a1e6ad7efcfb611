"""A token store in memory, with the same promises as the one in the database."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock

from bot.channels.wecom.token import Stored


class MemoryTokens:
    """`loads` counts how often somebody looked."""

    def __init__(self) -> None:
        self.kept: dict[str, Stored] = {}
        self.loads = 0
        self._lock = Lock()

    def load(self, app: str) -> Stored | None:
        self.loads += 1
        return self.kept.get(app)

    def save(self, app: str, token: str, expires_at: datetime) -> None:
        self.kept[app] = Stored(token, expires_at)

    def drop(self, app: str, token: str) -> None:
        if app in self.kept and self.kept[app].token == token:
            del self.kept[app]

    def lock(self, app: str) -> AbstractContextManager[object]:
        return self._lock
