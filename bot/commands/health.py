"""`xieshi health`: the pings of /readyz for people."""

from __future__ import annotations

from datetime import date

import click

from bot import pings
from bot.commands import _ground
from bot.pings import Ping
from bot.scheduler import holidays
from domain.profile import Profile


@click.command(help="看看一切是否正常。")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
def COMMAND(as_json: bool) -> None:  # noqa: N802
    """Exit 1 when something is not as it should be."""
    bot = _ground.ready()
    now = bot.clock.now()
    found = [*pings.all_of(bot.database, now), _calendar(bot.profile, now.date())]
    if as_json:
        _ground.say_json({ping.name: ping.words for ping in found})
    else:
        click.echo("\n".join(f"{_LABELS[ping.name]}：{ping.words}" for ping in found))
    if not all(ping.is_good for ping in found):
        _ground.refuse("有不正常的地方，请按上面的提示处理。")


def _calendar(profile: Profile, today: date) -> Ping:
    """Days off that nobody listed are worth knowing and no fault."""
    return Ping("calendar", True, holidays.warning(profile, today, holidays.soon(today)) or "已填")


_LABELS = {"database": "数据库", "clock": "定时与发送", "owed": "待发", "calendar": "放假安排"}
