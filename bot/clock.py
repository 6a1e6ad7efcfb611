"""The only place that reads the clock. Everything else takes its moment as an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


class Clock:
    """The real time in Asia/Shanghai, shifted by the seconds in `offset_file` while that file exists.

    The file is how `xieshi demo` lets a newcomer move to the next reminder; without it nothing is shifted.
    """

    def __init__(self, offset_file: Path | None = None) -> None:
        self.offset_file = offset_file

    def now(self) -> datetime:
        """The present moment, with offset +08:00."""
        return datetime.now(ZONE) + self._offset()  # noqa: TID251

    def _offset(self) -> timedelta:
        if self.offset_file is None:
            return timedelta()
        try:
            return timedelta(seconds=float(self.offset_file.read_text()))
        except (OSError, ValueError, OverflowError):
            return timedelta()


def read_moment(text: str) -> datetime:
    """ISO 8601 from a command line; without an offset it is Asia/Shanghai. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
    except OverflowError as error:
        raise ValueError(text) from error
