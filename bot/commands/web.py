"""`xieshi web`: the webhook and the pages under gunicorn."""

from __future__ import annotations

import errno
import re
import socket
from typing import Any

import click

from bot.commands import _ground

_WHY = {
    errno.EADDRINUSE: "这个端口已被别的程序占用，请先停掉它，或换一个端口",
    errno.EACCES: "1024以下的端口要有权限，请换一个端口",
}


class Bind(click.ParamType[tuple[str, int]]):
    """HOST:PORT, with the brackets of IPv6; without a host every address of the machine."""

    name = "HOST:PORT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Called by click."""
        found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]*):([0-9]{1,5})", value)
        if found is None or not 0 < int(found[2]) < 1 << 16:
            self.fail(f"“{value}”不是 HOST:PORT，例：127.0.0.1:8000", param, ctx)
        return found[1].strip("[]"), int(found[2])


@click.command(help="启动接收消息的网站（gunicorn）。")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, type=Bind(), help="监听地址 HOST:PORT")
@click.option(
    "--workers",
    type=click.IntRange(1, 32),
    help="几个进程；不写时 SQLite 一个，PostgreSQL 每个处理器一个（至少两个）",
)
def COMMAND(bind: tuple[str, int], workers: int | None) -> None:  # noqa: N802
    """Serve until stopped."""
    from bot.web.server import Server, workers_on

    bot = _ground.ready()
    bot.database.dispose()
    host, port = bind
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    _try(host, port, at)
    Server(bot.settings, at, workers or workers_on(bot.settings.database_url)).run()


def _try(host: str, port: int, at: str) -> None:
    """Listen once and stop, because gunicorn tries for five seconds and then says it in English."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, UnicodeError) as error:
        why = _WHY.get(getattr(error, "errno", 0) or 0, "这不是本机的地址，请改写，例：127.0.0.1:8000")
        _ground.refuse(f"{at} 用不了：{why}。")
