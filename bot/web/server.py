"""gunicorn under our own command: how many workers and threads each database can use."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from bot.bootstrap import bot, keep_for_good
from bot.settings import Settings
from bot.web import create

THREADS = 16


def workers_on(database_url: str) -> int:
    """One on SQLite, where a second made a turn slower when tried (house, 11); else one a processor, at least two."""
    return 1 if database_url.startswith("sqlite") else max(2, os.cpu_count() or 2)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped.
    """The web process: workers with threads, each with a bot of its own."""

    def __init__(self, settings: Settings, bind: str, workers: int) -> None:
        self._settings, self._bind, self._workers = settings, bind, workers
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        chosen: dict[str, Any] = {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": self._workers,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 30,
            "control_socket_disable": True,
            "accesslog": None,
            "loglevel": "warning",
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called by gunicorn in each worker, after the fork, so that no connection is shared."""
        app = create(bot(self._settings))
        keep_for_good()
        return app
