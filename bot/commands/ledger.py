"""`xieshi ledger export|verify|rebuild`: the ledger for others, its proof, and its read models anew."""

from __future__ import annotations

import time

import click

from bot import exporting
from bot.commands import _ground, _sheets, _who
from bot.commands._usage import Misuse
from storage import ledger, rebuilding

STEP = 20
"""Archives folded again in one transaction."""


@click.group(name="ledger", help="台账：导出、校验、重建。")
def COMMAND() -> None:  # noqa: N802
    """The three acts on the whole ledger."""


@COMMAND.command(help="按行输出 JSON。")
@click.option("--archive", help="编号、组织名称，或 person:… / org:…")
@click.option(
    "--since",
    type=click.IntRange(0, 1_000_000_000),
    default=0,
    help="只要这个序号之后的（与 --archive 同用）",
)
def export(archive: str | None, since: int) -> None:
    """Every entry, or those of one archive after a number."""
    if since and archive is None:
        raise Misuse("--since 要和 --archive 一起用。")
    bot = _ground.ready()
    name = _who.archive(bot, archive) if archive else None
    with bot.database.reading() as tx:
        for line in exporting.lines(tx, bot.profile, name, since):
            _ground.say_json(line)


@COMMAND.command(help="校验每一条链，断了就说断在哪里。")
def verify() -> None:
    """Exit 1 when any chain does not hold."""
    bot = _ground.ready()
    with bot.database.reading() as tx:
        found = list(ledger.verify(tx))
    for fault in found:
        click.echo(f"{fault.archive} 第{fault.seq}条：{_REASONS[fault.reason]}", err=True)
    if found:
        _ground.refuse(f"共{len(found)}处不符。")
    click.echo("全部相符。")


@COMMAND.command(help="由台账重新算出现状表。")
def rebuild() -> None:
    """Fold the ledger again, a few archives in a step, so that no turn waits long; safe to repeat."""
    bot = _ground.ready()
    with bot.database.reading() as tx:
        names = rebuilding.archives(tx)
    bot.database.attempt(rebuilding.remove_strays)
    for at in range(0, len(names), STEP):
        bot.database.attempt(lambda tx: rebuilding.refold(tx, names[at : at + STEP]))  # noqa: B023
        time.sleep(_sheets.PAUSE)
    click.echo("已重建。")


_REASONS = {"gap": "缺号", "previous": "与上一条接不上", "content": "内容被改动", "hash": "摘要不符"}
