"""Lengths in bytes and counts in sliding windows, as WeCom limits them (wecom §8.2, §19)."""

from __future__ import annotations

from collections import defaultdict, deque

TEXT_BYTES = 2048


def cut(text: str, limit: int = TEXT_BYTES) -> str:
    """At most `limit` bytes of `text`, ending on a whole character."""
    return text.encode()[:limit].decode("utf-8", "ignore")


class Windows:
    """Counts what happened per key within the last seconds; the caller gives the time."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def count(self, key: str, now: float, seconds: float) -> int:
        """How often `key` happened within the last `seconds`."""
        return sum(1 for moment in self._times[key] if moment > now - seconds)

    def add(self, key: str, now: float, keep: float) -> None:
        """Remembers one more; forgets what is older than `keep` seconds."""
        times = self._times[key]
        times.append(now)
        while times and times[0] <= now - keep:
            times.popleft()
