"""Access tokens: one living token per app (wecom §7.1), and the ban after too many wrong secrets."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.errors import ApiError
from sandbox.world import App

LIFE = timedelta(seconds=7200)
WRONG_SECRETS = 5
BAN = timedelta(hours=1)


@dataclass
class Token:
    """One access_token as issued; `dead` when WeCom ended it early."""

    value: str
    agentid: int
    expires: datetime
    dead: bool = False


class Tokens:
    """All tokens ever issued, and which addresses guessed secrets."""

    def __init__(self) -> None:
        self._by_value: dict[str, Token] = {}
        self._current: dict[int, Token] = {}
        self._wrong: dict[str, list[datetime]] = {}

    def issue(self, app: App, now: datetime) -> Token:
        """The app's living token, or a new one."""
        token = self._current.get(app.agentid)
        if token is None or token.dead or token.expires <= now:
            token = Token(f"simtok.{app.agentid}.{secrets.token_hex(16)}", app.agentid, now + LIFE)
            self._current[app.agentid] = self._by_value[token.value] = token
        return token

    def check(self, value: str, now: datetime) -> int:
        """The agentid a token belongs to; raises 41001, 40014 or 42001."""
        if not value:
            raise ApiError(41001)
        token = self._by_value.get(value)
        if token is None or token.dead:
            raise ApiError(40014)
        if token.expires <= now:
            raise ApiError(42001)
        return token.agentid

    def kill(self, agentid: int | None = None) -> None:
        """Ends the living token of one app, or of all, before its time."""
        for token in self._current.values():
            token.dead = token.dead or agentid in (None, token.agentid)

    def wrong_secret(self, ip: str, now: datetime) -> None:
        """Remembers a wrong secret from this address."""
        self._wrong.setdefault(ip, []).append(now)

    def banned(self, ip: str, now: datetime) -> bool:
        """Whether five wrong secrets within the last hour shut this address out."""
        recent = [moment for moment in self._wrong.get(ip, []) if moment > now - BAN]
        return len(recent) >= WRONG_SECRETS
