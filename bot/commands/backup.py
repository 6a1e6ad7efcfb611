"""`xieshi backup`: comes with later work, and the command says so."""

from __future__ import annotations

import click

from bot.commands import _ground


@click.command(help="备份（后续版本提供）。", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def COMMAND(arguments: tuple[str, ...]) -> None:  # noqa: N802
    """Refuse with a sentence."""
    _ground.refuse("备份命令在后续版本提供；现在请备份数据库和照片文件夹。")
