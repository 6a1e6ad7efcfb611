"""`xieshi commitments template|import`: commitments signed on paper before the first day."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bot import papers
from bot.commands import _ground, _sheets
from bot.sheets import papers as sheets


@click.group(name="commitments", help="以前签在纸上的承诺：模板、导入。")
def COMMAND() -> None:  # noqa: N802
    """The acts on the sheet of paper commitments."""


@COMMAND.command(help="写一份空的模板。")
@click.argument("file", type=_sheets.NEW_FILE)
def template(file: Path) -> None:
    """Write the headings and what they mean; refuses to overwrite."""
    with _sheets.told(file):
        sheets.write_template(file)
    click.echo(f"已写好：{file}")


@COMMAND.command(name="import", help="导入纸上的承诺；有一处不对就什么都不写，同一件不会写两次。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.argument("file", type=_sheets.OLD_FILE)
def import_(file: Path, dry_run: bool) -> None:
    """Check everything, then write what is not there yet."""
    bot = _ground.ready()
    now = bot.clock.now()
    with _sheets.told(file):
        table = sheets.read(file)
        if dry_run:
            new = len(papers.look(bot.database, table, bot.profile, now.date()))
        else:
            new = papers.run(bot.database, table, bot.profile, now, lambda: time.sleep(_sheets.PAUSE))
    done = "检查通过，将写入" if dry_run else "已写入"
    old = len(table.lines) - new
    click.echo(f"{done}{new}件承诺。" + (f"另有{old}件以前导入过，没有重复写。" if old else ""))
