"""One call of the server API as its endpoint sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from sandbox.desk import Desk
from sandbox.errors import ApiError
from sandbox.world import App, World

Answer = dict[str, Any] | Response


@dataclass(frozen=True)
class Call:
    """`args` is the query, `body` the parsed JSON object (empty for GET), `raw` its bytes."""

    desk: Desk
    app: App
    args: dict[str, str]
    body: dict[str, Any]
    raw: bytes
    file: FileStorage | None
    byte_range: str
    ip: str

    @property
    def world(self) -> World:
        """Who there is."""
        return self.desk.world

    @property
    def now(self) -> datetime:
        """The sandbox's present moment."""
        return self.desk.clock.now()

    def own_agentid(self, value: object) -> None:
        """Raises 41011 without an agentid and 301002 for one that is not the token's."""
        if value in (None, ""):
            raise ApiError(41011)
        if str(value) != str(self.app.agentid):
            raise ApiError(301002)


def part(body: dict[str, Any], name: str, kind: type, errcode: int = 40035) -> Any:
    """`body[name]` when it is of this kind; raises `errcode` otherwise."""
    value = body.get(name)
    if not isinstance(value, kind):
        raise ApiError(errcode, name)
    return value


def words(body: dict[str, Any], name: str) -> str:
    """An optional string, empty when absent; raises 40035 for anything that is not a string."""
    value = body.get(name, "")
    if not isinstance(value, str):
        raise ApiError(40035, name)
    return value
