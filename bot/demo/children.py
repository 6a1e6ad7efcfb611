"""The two processes of the bot as children of the demonstration; none outlives it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

GRACE = 8.0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def free(port: int) -> int:
    """The port itself if nobody listens on it, else another."""
    with socket.socket() as one:
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
    return port


class Children:
    """Processes that end with the `with` block."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._running:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGTERM)
        for one in self._running:
            try:
                one.wait(GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()

    def web(self, environment: Mapping[str, str], port: int) -> None:
        """`xieshi web` on a port of this machine."""
        self._start(environment, "web", "--bind", f"127.0.0.1:{port}")

    def work(self, environment: Mapping[str, str]) -> None:
        """`xieshi work`; what it reports goes to a file beside the database."""
        self._start(environment, "work")

    def all_alive(self) -> bool:
        """Whether none has ended by itself."""
        return all(one.poll() is None for one in self._running)

    def _start(self, environment: Mapping[str, str], name: str, *arguments: str) -> None:
        with open(f"{environment['XIESHI_HOME']}/{name}.log", "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", name, *arguments],
                env={**_without_settings(), **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)


def _without_settings() -> dict[str, str]:
    """The environment without anything that would lead the demonstration to a real installation."""
    return {key: value for key, value in os.environ.items() if not key.startswith("XIESHI_")}
