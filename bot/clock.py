"""The only place that reads the clock. Everything else takes its moment as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from os import path
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
YEARS = range(2000, 2100)


def machine() -> datetime:
    """The time of this machine."""
    return datetime.now(ZONE)  # noqa: TID251


class Clock:
    """The real time in Asia/Shanghai, shifted by the seconds in `offset_file` while that file exists.

    The file is how `xieshi demo` lets a newcomer move to the next reminder; without it nothing is shifted.
    """

    def __init__(self, offset_file: Path | None = None, machine: Callable[[], datetime] = machine) -> None:
        self.offset_file, self._machine = offset_file, machine
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The present moment, with offset +08:00."""
        return self._machine() - self._ahead + self._offset()

    def agree(self, server: datetime) -> timedelta:
        """Go by a server's clock from now on; gives how far this machine is ahead of it."""
        self._ahead = self._machine() - server
        return self._ahead

    def _offset(self) -> timedelta:
        # Looking first is cheaper than an exception at every turn.
        if self.offset_file is None or not path.exists(self.offset_file):
            return timedelta()
        try:
            return timedelta(seconds=float(self.offset_file.read_text()))
        except (OSError, ValueError, OverflowError):
            return timedelta()


def read_moment(text: str) -> datetime:
    """ISO 8601 from a command line; without an offset it is Asia/Shanghai.

    Raises ValueError, also for a year at the calendar's ends, where nobody can count on or back.
    """
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
