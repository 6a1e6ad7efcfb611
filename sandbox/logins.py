"""One-time codes of the web login (wecom §15): five minutes, one use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.errors import ApiError

LIFE = timedelta(minutes=5)


@dataclass
class Code:
    """One login code for one member."""

    userid: str
    issued: datetime
    used: bool = False


class Logins:
    """The codes handed out by the login page."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}

    def issue(self, userid: str, now: datetime) -> str:
        """A new code that stands for this member."""
        value = secrets.token_urlsafe(24)
        self._codes[value] = Code(userid, now)
        return value

    def spend(self, value: str, now: datetime) -> str:
        """The userid behind a code; raises 40029, 42022 or 42003."""
        code = self._codes.get(value)
        if code is None:
            raise ApiError(40029)
        if code.used:
            raise ApiError(42022)
        if now > code.issued + LIFE:
            raise ApiError(42003)
        code.used = True
        return code.userid
