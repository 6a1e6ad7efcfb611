"""One HTTP request to the app's callback URL with a deadline for the whole of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from sandbox.desk import stopwatch

LARGEST_ANSWER = 1 << 20


class Unreachable(Exception):
    """No answer could be had: refused, broken off or not HTTP."""


class TimedOut(Exception):
    """The deadline passed before the whole answer was here."""


def exchange(url: str, query: dict[str, str], body: bytes | None, timeout: float) -> tuple[int, bytes]:
    """Status and body of a POST, or of a GET when `body` is None; raises TimedOut or Unreachable."""
    try:
        return _exchange(url, query, body, timeout)
    except TimeoutError:
        raise TimedOut(f"{timeout:g} 秒内没有应答") from None
    except ConnectionRefusedError:
        raise Unreachable(f"连不上机器人，{urlsplit(url).netloc} 没有程序在听") from None
    except (OSError, HTTPException, ValueError) as fault:
        raise Unreachable(f"连不上机器人 {url}（{type(fault).__name__}）") from None


def _exchange(url: str, query: dict[str, str], body: bytes | None, timeout: float) -> tuple[int, bytes]:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    elapsed = stopwatch()
    try:
        path = f"{parts.path or '/'}?{'&'.join(filter(None, (parts.query, urlencode(query))))}"
        connection.request("GET" if body is None else "POST", path, body, {"Content-Type": "text/xml"})
        sock = connection.sock
        _leave(sock, timeout - elapsed())
        response = connection.getresponse()
        return response.status, _body(response, sock, timeout, elapsed)
    finally:
        connection.close()


def _body(response: HTTPResponse, sock: socket.socket, timeout: float, elapsed: Callable[[], float]) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(65536):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise Unreachable("应答太大")
        if response.fp is not None:
            _leave(sock, timeout - elapsed())
    return b"".join(pieces)


def _leave(sock: socket.socket, seconds: float) -> None:
    if seconds <= 0:
        raise TimeoutError
    sock.settimeout(seconds)
