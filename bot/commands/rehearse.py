"""`xieshi rehearse`: every push that would go out, to whom, and why the others get none; writes nothing."""

from __future__ import annotations

from datetime import date

import click

from bot.commands import _ground
from bot.scheduler import holidays, rehearsal

MOST_DAYS = 400


@click.command(help="预演：这段日子会发哪些提醒、发给谁，其余的人为什么不发。")
@click.option("--from", "first", required=True, type=_ground.Day(), help="第一天")
@click.option("--to", "last", required=True, type=_ground.Day(), help="最后一天")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
def COMMAND(first: date, last: date, as_json: bool) -> None:  # noqa: N802
    """Print day by day."""
    if not 0 <= (last - first).days <= MOST_DAYS:
        _ground.refuse(f"日期要先后相接，最多{MOST_DAYS}天。")
    bot = _ground.ready()
    warning = holidays.warning(bot.profile, first, last)
    if warning:
        click.echo(warning, err=True)
    count = 0
    for found in rehearsal.run(bot, first, last):
        count += isinstance(found, rehearsal.Push)
        if as_json:
            _ground.say_json(found.line())
        else:
            click.echo(_shown(found))
    if not as_json:
        click.echo(f"共{count}条提醒。")


def _shown(found: rehearsal.Push | rehearsal.LeftOut) -> str:
    if isinstance(found, rehearsal.LeftOut):
        return f"{found.on} 不发 {found.person} {found.duty}：{found.reason}"
    return f"{found.on} 发给 {found.to}：{found.text.splitlines()[0]}"
