"""`xieshi web`: the webhook and the pages under gunicorn."""

from __future__ import annotations

import click

from bot.commands import _ground


@click.command(help="启动接收消息的网站（gunicorn）。")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="监听地址 HOST:PORT")
def COMMAND(bind: str) -> None:  # noqa: N802
    """Serve until stopped."""
    from bot.web.server import Server

    bot = _ground.ready()
    bot.database.dispose()
    Server(bot.settings, bind).run()
