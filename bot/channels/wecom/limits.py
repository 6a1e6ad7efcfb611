"""How fast we may send: WeCom drops a member's surplus in silence and blocks busy interfaces (wecom §8.2, §19)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PER_MINUTE, PER_HOUR = 25, 900
"""WeCom's own limits are 30 and 1,000; passive replies and the clocks' difference take the rest."""


class Pace:
    """Plans messages so that no minute and no hour of one receiver holds too many.

    `sent` says when each receiver was written to within the last hour, oldest first.
    """

    def __init__(
        self,
        sent: Mapping[str, Sequence[datetime]] | None = None,
        per_minute: int = PER_MINUTE,
        per_hour: int = PER_HOUR,
    ) -> None:
        self._per_minute, self._per_hour = per_minute, per_hour
        self._planned = {who: deque(moments, maxlen=per_hour) for who, moments in (sent or {}).items()}

    def plan(self, receiver: str, moment: datetime) -> datetime:
        """Book the earliest allowed moment not before `moment`, nor before one booked already."""
        planned = self._planned.setdefault(receiver, deque(maxlen=self._per_hour))
        earliest = self._earliest(planned, moment)
        planned.append(earliest)
        return earliest

    def _earliest(self, planned: deque[datetime], moment: datetime) -> datetime:
        bounds = [moment, *list(planned)[-1:]]
        if len(planned) >= self._per_minute:
            bounds.append(planned[-self._per_minute] + MINUTE)
        if len(planned) == self._per_hour:
            bounds.append(planned[0] + HOUR)
        return max(bounds)


def rest(refusals: int, moment: datetime) -> datetime:
    """How long a blocked interface rests after so many refusals in a row: a minute, an hour, then the day."""
    if refusals <= 2:
        return moment + (MINUTE, HOUR)[max(refusals, 1) - 1]
    return datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
