"""A plain load of prepared HTTP requests over kept-alive connections to a server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from urllib.parse import urlencode

PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Result:
    """Requests a second, their 50th and 99th percentile in milliseconds, how many failed and how many there were."""

    rate: float
    p50: float
    p99: float
    failed: int
    count: int


def request(path: str, query: dict[str, str], body: bytes) -> bytes:
    """One POST as it goes over the wire."""
    head = f"POST {path}?{urlencode(query)} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def never() -> bool:
    """Nothing ends the load early."""
    return False


def run(
    port: int,
    requests: Sequence[bytes],
    connections: int = 8,
    rate: float | None = None,
    enough: Callable[[], bool] = never,
) -> Result:
    """Send every request once, or until `enough`; with `rate` so many a second, each timed from when it was due."""
    taken: list[float] = []
    failed = [0] * connections
    waiting = chain(range(len(requests)), repeat(len(requests)))
    started = time.perf_counter()

    def worker(n: int) -> None:
        line = _Line(port)
        # Whoever is free takes the next: a worker that got fewer connections must not stand idle at the end.
        for at in iter(waiting.__next__, len(requests)):
            if enough():
                break
            due = started + at / rate if rate else time.perf_counter()
            if due > time.perf_counter():
                threading.Event().wait(due - time.perf_counter())
            failed[n] += not line.exchange(requests[at])
            taken.append(time.perf_counter() - due)
        line.close()

    workers = [threading.Thread(target=worker, args=(n,)) for n in range(connections)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    whole = time.perf_counter() - started
    ordered = sorted(taken)
    return Result(
        len(taken) / whole, _at(ordered, 0.5) * 1000, _at(ordered, 0.99) * 1000, sum(failed), len(taken)
    )


def _at(ordered: Sequence[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class _Line:
    """A kept-alive connection that is opened anew when the server closed it or was silent too long."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: socket.socket | None = None

    def exchange(self, sent: bytes) -> bool:
        """Whether the answer was a 200 with a body; a broken connection counts as failed."""
        try:
            if self._open is None:
                self._open = socket.create_connection(("127.0.0.1", self._port), PATIENCE)
            return _exchange(self._open, sent)
        except OSError:
            self.close()
            return False

    def close(self) -> None:
        """Let the server's thread go."""
        if self._open is not None:
            self._open.close()
            self._open = None


def _exchange(connection: socket.socket, sent: bytes) -> bool:
    connection.sendall(sent)
    data = b""
    while b"\r\n\r\n" not in data:
        data += _received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += _received(connection)
    return head.startswith(b"HTTP/1.1 200") and length > 0


def _received(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionResetError("the server closed the connection")
    return data
