"""`xieshi work`: clock and worker, until it is told to stop."""

from __future__ import annotations

import logging
import signal
from threading import Event
from types import FrameType

import click

from bot.commands import _ground


@click.command(help="启动后台：定时、发送、取照片。")
def COMMAND() -> None:  # noqa: N802
    """Work; a first signal stops cleanly within five seconds."""
    from bot.bootstrap import keep_for_good
    from bot.scheduler.worker import Worker

    bot, stop = _ground.ready(), Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    click.echo("后台已启动。", err=True)
    worker = Worker(bot, stop)
    keep_for_good()
    worker.run()
    bot.database.dispose()
