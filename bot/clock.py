"""The only place that reads the clock. Everything else takes its moment as an argument."""

from __future__ import annotations

from datetime import datetime
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
        moment = datetime.now(ZONE)  # noqa: TID251
        return moment + self._offset() if self.offset_file else moment

    def _offset(self):  # type: ignore[no-untyped-def]
        from datetime import timedelta

        try:
            return timedelta(seconds=float(self.offset_file.read_text()))  # type: ignore[union-attr]
        except (OSError, ValueError):
            return timedelta()
