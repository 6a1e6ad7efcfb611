"""Starts each server under the same gunicorn, as real processes on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bot.web.server import THREADS


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def peer(
    factory: str, workers: int, threads: int = THREADS, env: Mapping[str, str] | None = None
) -> Iterator[int]:
    """One of `tests.bench.peers` under gunicorn with our own worker class; gives its port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *(
            "--workers",
            str(workers),
            "--threads",
            str(threads),
            "--keep-alive",
            "30",
            "--log-level",
            "warning",
        ),
        f"tests.bench.peers:{factory}()",
    ]
    with _running(command, {**os.environ, **(env or {})}, port):
        yield port


@contextmanager
def xieshi(env: Mapping[str, str], workers: int | None = None) -> Iterator[int]:
    """`xieshi web` with these settings; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "bot", "web", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers)] if workers else []
    with _running(command, {**os.environ, **env}, port):
        yield port


@contextmanager
def command(words: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`xieshi` with some other words, ended at the latest after the block."""
    full, quiet = [sys.executable, "-m", "bot", *words], subprocess.DEVNULL
    process = subprocess.Popen(full, env={**os.environ, **env}, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _running(command: list[str], env: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=dict(env), start_new_session=True)
    try:
        _wait_for(port, process)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")
