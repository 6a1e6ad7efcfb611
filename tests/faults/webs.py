"""Real `xieshi web` processes beside a sandbox: started, killed without warning, started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import requests

from tests.installation import Installation
from tests.scheduler.processes import environment, wait_for


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Web:
    """One web process of an installation, with all its workers, on a port of its own."""

    def __init__(self, here: Installation) -> None:
        self._here, self.port = here, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/wecom/callback"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> Path:
        return self._here.bot.settings.home.parent / f"web-{self.port}.log"

    def start(self) -> None:
        """Start and wait until a worker answers."""
        command = [sys.executable, "-m", "bot", "web", "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=environment(self._here),
                stdout=log,
                stderr=log,
                cwd=self._here.bot.settings.home,
                start_new_session=True,
            )
        assert wait_for(self._answers), self.log.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 of master and workers at once: what a power cut leaves behind."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(10)
        # The workers die a moment after their master, and the port with the last of them.
        assert wait_for(lambda: not self._answers())

    def _answers(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=10).ok
        except requests.RequestException:
            return False


@contextmanager
def running(here: Installation) -> Iterator[Web]:
    """A web process that is gone after the block."""
    web = Web(here)
    web.start()
    try:
        yield web
    finally:
        web.kill()


def pause(seconds: float) -> None:
    """Let the other processes go on for a while."""
    Event().wait(seconds)
