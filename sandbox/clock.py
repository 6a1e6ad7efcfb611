"""Sandbox time: the real time or a given clock, moved by an offset that tests and the page may change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def real_time() -> datetime:
    """The machine's clock; the only place of the sandbox that reads it."""
    return datetime.now(ZONE)  # noqa: TID251  The sandbox is a program of its own and must not import the bot's clock.


class Clock:
    """Time as everybody in the sandbox sees it; those who watch are told whenever it is moved."""

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source or real_time
        self._offset = timedelta()
        self._watchers: list[Callable[[datetime], object]] = []

    def now(self) -> datetime:
        """The present moment of the sandbox, with offset +08:00."""
        return (self._source() + self._offset).astimezone(ZONE)

    def stamp(self) -> int:
        """The present moment in whole seconds, as CreateTime and TimeStamp want it."""
        return int(self.now().timestamp())

    def watch(self, watcher: Callable[[datetime], object]) -> None:
        """Calls `watcher` with the new moment after every move."""
        self._watchers.append(watcher)

    def move_to(self, moment: datetime) -> datetime:
        """Makes it `moment` now; without offset it is taken as Asia/Shanghai."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
        self._offset = aware - self._source()
        return self._tell()

    def advance(self, seconds: float) -> datetime:
        """Moves on by `seconds`."""
        self._offset += timedelta(seconds=seconds)
        return self._tell()

    def _tell(self) -> datetime:
        moment = self.now()
        for watcher in self._watchers:
            watcher(moment)
        return moment
