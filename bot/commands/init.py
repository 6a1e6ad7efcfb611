"""`xieshi init`: makes or migrates the database and the folders; safe to repeat."""

from __future__ import annotations

import sys

import click

from bot.commands import _ground
from bot.settings import secret_key
from storage import schema, settings
from storage.db import Transaction


@click.command(help="建好（或升级）数据库和文件夹，可重复运行。")
@click.option("--school", help="学校名称")
@click.option("--office", help="领导小组办公室名称")
def COMMAND(school: str | None, office: str | None) -> None:  # noqa: N802
    """Create what is missing and remember the school's and the office's name."""
    bot = _ground.load()
    try:
        for folder in (bot.settings.home, bot.settings.media, bot.settings.home / "verify"):
            folder.mkdir(parents=True, exist_ok=True)
        secret_key(bot.settings)
    except OSError as error:
        _ground.refuse(f"{error.filename} 建不了，请检查 XIESHI_HOME、XIESHI_MEDIA_URL 和文件夹权限。")
    schema.migrate(bot.database.engine)
    with bot.database.transaction() as tx:
        _remember(tx, "school", school, "学校名称", bot.profile.text("office.school"))
        _remember(tx, "office", office, "办公室名称", bot.profile.text("office.name"))
    click.echo(f"已就绪：{bot.settings.home}")


def _remember(tx: Transaction, key: str, given: str | None, label: str, sample: str) -> None:
    if given is None and settings.get(tx, key):
        return
    asked = given or (click.prompt(label, default=sample) if sys.stdin.isatty() else sample)
    settings.put(tx, key, asked)
