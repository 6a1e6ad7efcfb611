"""`xieshi tick`: the clock's ticks by hand, as of any moment."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import click

from bot.commands import _ground
from bot.decisions import Decision
from bot.scheduler.ticks import NOT_YET, TICKS


@click.command(help="手动运行定时任务：" + " ".join(TICKS) + "。不写名称就全部运行一遍。")
@click.option("--at", type=_ground.Moment(), help="当作什么时刻（默认现在）")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
@click.argument("names", nargs=-1, type=click.Choice([*TICKS, *NOT_YET]), metavar="[名称]...")
def COMMAND(at: datetime | None, as_json: bool, names: tuple[str, ...]) -> None:  # noqa: N802
    """Print one line for each decision."""
    bot = _ground.ready()
    if bot.settings.wecom.is_real and at is not None:
        _ground.refuse("正在连接真正的企业微信，不能用 --at 改时刻。")
    for name in names:
        if name in NOT_YET:
            _ground.refuse(f"{name} 在后续版本提供。")
    now = at or bot.clock.now()
    for name in names or TICKS:
        for decision in TICKS[name](bot, now):
            _show(decision, as_json)


def _show(decision: Decision, as_json: bool) -> None:
    if as_json:
        _ground.say_json(asdict(decision))
        return
    parts = (
        decision.tick,
        _WORDS[decision.action],
        decision.person,
        decision.duty,
        decision.step,
        decision.reason,
    )
    click.echo(" ".join(part for part in parts if part))


_WORDS = {"planned": "已办", "sent": "已发", "cancelled": "取消", "skipped": "不发", "held": "留着"}
