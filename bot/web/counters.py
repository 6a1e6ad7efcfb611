"""What is counted of the callbacks; kinds and reasons only, never words or people."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, generate_latest


class Counters:
    """The numbers of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._received = Counter(
            "xieshi_messages", "Authentic messages by kind", ["kind"], registry=self._registry
        )
        self._rejected = Counter(
            "xieshi_rejected", "Callbacks not accepted, by reason", ["reason"], registry=self._registry
        )
        self._broken = Counter("xieshi_broken", "Turns that ended in a fault", registry=self._registry)

    def received(self, kind: str) -> None:
        """An authentic message came in."""
        self._received.labels(kind).inc()

    def rejected(self, reason: str) -> None:
        """A callback was not accepted."""
        self._rejected.labels(reason.partition(":")[0]).inc()

    def broken(self) -> None:
        """A turn ended in a fault of ours."""
        self._broken.inc()

    def text(self) -> bytes:
        """Everything in Prometheus' format."""
        return generate_latest(self._registry)
