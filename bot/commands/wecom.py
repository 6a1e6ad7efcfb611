"""`xieshi wecom setup`: leads through WeCom's console step by step and looks whether each is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import click

from bot.commands import _ground
from bot.commands._wecom_steps import STEPS, Step, make_keys
from bot.parts import Bot

LOOK = 3.0
"""Seconds between two looks while waiting for a step."""


@click.group(name="wecom", help="连接企业微信。")
def COMMAND() -> None:  # noqa: N802
    """Acts on the road to WeCom."""


@COMMAND.command(help="一步一步接上企业微信：说清每一步，并查看是否已完成。")
@click.option("--wait/--no-wait", default=True, help="每一步等到完成（默认），或只看一遍")
def setup(wait: bool) -> None:
    """Exit 0 when all steps are done, else 1."""
    env = Path.cwd() / ".env"
    done = [_walk(n, step, env, wait) for n, step in enumerate(STEPS, 1)]
    if not all(done):
        _ground.refuse(f"还有{done.count(False)}步没有完成。完成后请再运行一次。")
    click.echo("全部完成。最后请运行：xieshi menu publish")


def _walk(n: int, step: Step, env: Path, wait: bool) -> bool:
    bot = _with_keys(env)
    click.echo(f"第{n}步 {step.title}")
    _say(step.how(bot))
    missing, said = step.check(bot), ""
    while missing and wait:
        if missing != said:
            click.echo(f"  等待：{missing}")
            said = missing
        Event().wait(LOOK)
        bot.database.dispose()
        bot = _with_keys(env)
        missing = step.check(bot)
    click.echo(f"  还没有完成：{missing}。" if missing else "  已完成。")
    return missing is None


def _with_keys(env: Path) -> Bot:
    """The bot by the settings as they are now, with Token and AES key made as soon as they can be used."""
    bot = _ground.ready()
    try:
        is_new = make_keys(bot, env)
    except OSError:
        _ground.refuse(f"{env} 写不进去，请检查文件夹。")
    if not is_new:
        return bot
    click.echo(
        f"已生成 Token 和 EncodingAESKey，写在 {env}。服务器用别的设置文件时，请把这两行抄过去，并重启 xieshi web。"
    )
    return _ground.ready()


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(f"  {line}")
