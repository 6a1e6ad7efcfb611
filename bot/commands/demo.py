"""`xieshi demo`: everything in one go on this machine; prints the URL of the web phones; Ctrl-C stops all."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from bot.commands import _ground
from bot.settings import default_home


@click.command(help="在本机看一看：示例学校、网页手机、机器人，Ctrl-C 结束。")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=9000,
    show_default=True,
    help="网页手机的端口；被占用时自动换一个",
)
def COMMAND(port: int) -> None:  # noqa: N802
    """Run until Ctrl-C."""
    from bot.demo import Demo, NotStarted, children

    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    click.echo("正在准备示例学校，请稍等……", err=True)
    try:
        Demo(default_home() / "demo", children.free(port)).run(_say, stop.is_set)
    except NotStarted as sentence:
        _ground.refuse(str(sentence))
    if not stop.is_set():
        _ground.refuse("有一部分自己停了。请看 var/demo 里的 web.log 和 work.log。")
    click.echo("已全部停止。", err=True)


def _say(url: str) -> None:
    click.echo(f"\n请用浏览器打开：{url}\n按 Ctrl-C 结束。")
