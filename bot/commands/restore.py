"""`xieshi restore`: comes with later work, and the command says so."""

from __future__ import annotations

import click

from bot.commands import _ground


@click.command(help="恢复（后续版本提供）。", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def COMMAND(arguments: tuple[str, ...]) -> None:  # noqa: N802
    """Refuse with a sentence."""
    _ground.refuse("恢复命令在后续版本提供；现在请用数据库自己的工具恢复。")
