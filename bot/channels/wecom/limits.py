"""How fast we may send: WeCom drops a member's surplus in silence and blocks busy interfaces (wecom §8.2, §19)."""

from __future__ import annotations

from collections import deque
from datetime import datetime, time, timedelta
from threading import Lock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PER_MINUTE, PER_HOUR = 25, 900
"""WeCom's own limits are 30 and 1,000; passive replies and the clocks' difference take the rest."""


class Pace:
    """Plans messages so that no minute and no hour of one account holds too many; safe among threads."""

    def __init__(self, per_minute: int = PER_MINUTE, per_hour: int = PER_HOUR) -> None:
        self._per_minute, self._per_hour = per_minute, per_hour
        self._planned: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def plan(self, account: str, moment: datetime) -> datetime:
        """Book the earliest allowed moment not before `moment`, nor before one booked already."""
        with self._lock:
            planned = self._planned.setdefault(account.casefold(), deque(maxlen=self._per_hour))
            earliest = self._earliest(planned, moment)
            planned.append(earliest)
            return earliest

    def forget(self, moment: datetime) -> None:
        """Drop the accounts whose last message is over an hour old."""
        with self._lock:
            self._planned = {who: all_ for who, all_ in self._planned.items() if all_[-1] > moment - HOUR}

    def _earliest(self, planned: deque[datetime], moment: datetime) -> datetime:
        bounds = [moment, *list(planned)[-1:]]
        if len(planned) >= self._per_minute:
            bounds.append(planned[-self._per_minute] + MINUTE)
        if len(planned) == self._per_hour:
            bounds.append(planned[0] + HOUR)
        return max(bounds)


class Pauses:
    """How long each blocked interface rests: a minute, then an hour, then the day; safe among threads."""

    def __init__(self) -> None:
        self._blocks: dict[str, tuple[int, datetime]] = {}
        self._lock = Lock()

    def block(self, interface: str, moment: datetime) -> datetime:
        """WeCom said SLOW_DOWN: when to try again. A refusal during a rest does not lengthen it."""
        with self._lock:
            count, until = self._blocks.get(interface, (0, moment))
            if moment < until:
                return until
            resumed = _rest(count, moment)
            self._blocks[interface] = count + 1, resumed
            return resumed

    def until(self, interface: str, moment: datetime) -> datetime | None:
        """The end of the rest, if the interface rests at `moment`."""
        _, until = self._blocks.get(interface, (0, moment))
        return until if moment < until else None

    def succeeded(self, interface: str) -> None:
        """A call went through: the next rest is a short one again."""
        with self._lock:
            self._blocks.pop(interface, None)


def _rest(count: int, moment: datetime) -> datetime:
    if count < 2:
        return moment + (MINUTE, HOUR)[count]
    return datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
