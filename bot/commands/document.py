"""`xieshi document`: the official papers come with later work, and the command says so."""

from __future__ import annotations

import click

from bot.commands import _ground


@click.command(help="正式表格（后续版本提供）。", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def COMMAND(arguments: tuple[str, ...]) -> None:  # noqa: N802
    """Refuse with a sentence."""
    _ground.refuse("正式表格在后续版本提供；台账可用 xieshi ledger export 导出。")
