"""`xieshi outbox list|hold|release|drop`: what waits and why, and the hand on the brake (R-351)."""

from __future__ import annotations

from typing import Any

import click

from bot import brakes
from bot.commands import _ground
from storage import outbox, settings
from storage.outbox import Standing

MOST = 1000


@click.group(name="outbox", help="待发的消息：查看、全部停发、恢复、取消一条。")
def COMMAND() -> None:  # noqa: N802
    """Acts on what is owed."""


@COMMAND.command(name="list", help="还有什么没有发出、为什么。")
@click.option("--failed", is_flag=True, help="改看没有发成的")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
def listed(failed: bool, as_json: bool) -> None:
    """One row a line, the longest due first."""
    bot = _ground.ready()
    with bot.database.reading() as tx:
        found = outbox.standing(tx, outbox.FAILED if failed else outbox.OPEN, MOST)
        state = brakes.read(tx)
    lines = [_line(one, state) for one in found]
    if as_json:
        for line in lines:
            _ground.say_json(line)
        return
    for words in _overall(state):
        click.echo(words)
    for line in lines:
        parts = (line["key"], line["to"], _WORDS[line["state"]], line["not_before"], line["reason"])
        click.echo(" ".join(part for part in parts if part))
    click.echo(f"共{len(lines)}条。" if len(lines) < MOST else f"只列出最早的{MOST}条。")


def _line(one: Standing, state: brakes.Brakes) -> dict[str, Any]:
    row = one.row
    is_held = row.state == "waiting" and state.held and not one.is_answer
    return {
        "key": row.key,
        "kind": row.kind,
        "to": row.person or row.account,
        "duty": row.duty,
        "step": row.step,
        "state": "held" if is_held else row.state,
        "not_before": row.not_before.isoformat(),
        "tries": one.tries,
        "reason": "已停发" if is_held else one.reason or (state.stopped if row.state == "waiting" else ""),
    }


def _overall(state: brakes.Brakes) -> list[str]:
    held = ["所有推送都已停发。恢复请运行：xieshi outbox release"] if state.held else []
    return held + ([f"发送已停：{state.stopped}"] if state.stopped else [])


@COMMAND.command(help="立刻停发所有推送；对本人提问的回答照常。")
def hold() -> None:
    """Hold everything."""
    bot = _ground.ready()
    with bot.database.transaction() as tx:
        settings.put(tx, brakes.HOLD, bot.clock.now().isoformat())
    click.echo("已停发。恢复请运行：xieshi outbox release")


@COMMAND.command(help="恢复发送；写上某一条的 KEY，就只让这一条重新发。")
@click.argument("key", required=False)
def release(key: str | None) -> None:
    """Release everything, or one row that was held, in doubt or failed."""
    bot = _ground.ready()
    with bot.database.transaction() as tx:
        if key is not None:
            found = outbox.release(tx, key, bot.clock.now())
        else:
            found = True
            outbox.release_held(tx)
            for brake in (brakes.HOLD, brakes.STOPPED, brakes.RESTING):
                settings.put(tx, brake, "")
    if not found:
        _ground.refuse(f"没有停着的“{key}”。用 xieshi outbox list 查看。")
    click.echo("已恢复发送。" if key is None else "这一条会重新发。")


@COMMAND.command(help="取消一条，不再发送。")
@click.argument("key")
def drop(key: str) -> None:
    """Cancel one row."""
    bot = _ground.ready()
    with bot.database.transaction() as tx:
        found = outbox.drop(tx, key, bot.clock.now(), "管理员取消")
    if not found:
        _ground.refuse(f"没有待发的“{key}”。用 xieshi outbox list 查看。")
    click.echo("已取消。")


_WORDS = {"waiting": "待发", "in_flight": "在发", "held": "停发", "doubtful": "不确定", "failed": "没发成"}
