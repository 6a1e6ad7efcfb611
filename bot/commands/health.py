"""`xieshi health`: the pings of /readyz for people."""

from __future__ import annotations

import click

from bot import pings
from bot.commands import _ground


@click.command(help="看看一切是否正常。")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
def COMMAND(as_json: bool) -> None:  # noqa: N802
    """Exit 1 when something is not as it should be."""
    bot = _ground.ready()
    found = pings.all_of(bot.database, bot.clock.now())
    if as_json:
        _ground.say_json({ping.name: ping.words for ping in found})
    else:
        click.echo("\n".join(f"{_LABELS[ping.name]}：{ping.words}" for ping in found))
    if not all(ping.is_good for ping in found):
        _ground.refuse("有不正常的地方，请按上面的提示处理。")


_LABELS = {"database": "数据库", "clock": "定时与发送", "owed": "待发"}
