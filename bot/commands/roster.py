"""`xieshi roster template|import|export|match`: the school comes in and goes out on a sheet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from bot import importing
from bot.channels.base import ChannelError
from bot.channels.wecom import directory
from bot.commands import _ground, _sheets
from bot.sheets import filling
from bot.sheets import roster as sheets
from domain.roster_match import match as matched
from domain.roster_plan import Plan
from storage import rostersheet

_MOST_LINES = 50


@click.group(name="roster", help="花名册：模板、导入、导出、配账号。")
def COMMAND() -> None:  # noqa: N802
    """The acts on the roster sheet."""


@COMMAND.command(help="写一份空的模板。")
@click.argument("file", type=_sheets.NEW_FILE)
def template(file: Path) -> None:
    """Write the headings and what they mean; refuses to overwrite."""
    with _sheets.told(file):
        sheets.write_template(file)
    click.echo(f"已写好：{file}")


@COMMAND.command(name="import", help="导入花名册；有一处不对就什么都不写。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
@click.argument("file", type=_sheets.OLD_FILE)
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Check everything, then write it in steps; the same file again finishes what was cut off."""
    bot = _ground.ready()
    now = bot.clock.now()
    with _sheets.told(file):
        units, people = sheets.read(file)
        if dry_run:
            plan = importing.look(bot.database, units, people, now.date())
        else:
            plan = importing.run(bot.database, units, people, now, lambda: time.sleep(_sheets.PAUSE))
    if as_json:
        _ground.say_json(_counted(plan))
    else:
        click.echo("\n".join(_shown(plan, dry_run)))


@COMMAND.command(help="把现在的花名册写成文件，改好后可再导入。")
@click.argument("file", type=_sheets.NEW_FILE)
def export(file: Path) -> None:
    """Write the roster as it stands; refuses to overwrite."""
    bot = _ground.ready()
    with bot.database.reading() as tx:
        present = rostersheet.present(tx)
    with _sheets.told(file):
        sheets.write_export(file, present, bot.clock.now().date())
    click.echo(f"已写好：{file}，{len(present.people)}人。")


@COMMAND.command(help="按企业微信里的姓名填上空着的账号，只改文件。")
@click.argument("file", type=_sheets.OLD_FILE)
def match(file: Path) -> None:
    """Fill empty 账号 where a name is single on both sides; list the rest."""
    bot = _ground.load()
    if bot.wecom.api is None:
        _ground.refuse("还没有连接企业微信，请先运行：xieshi wecom setup")
    with _sheets.told(file):
        _, people = sheets.read(file)
        try:
            names = directory.names(bot.wecom.api)
        except ChannelError:
            _ground.refuse("企业微信没有给出名单，请检查应用的可见范围和可信IP，再试一次。")
        found = matched(people.lines, names)
        if found.accounts:
            filling.fill(file, people, "账号", found.accounts)
    click.echo("\n".join([f"已填{len(found.accounts)}个账号，还空着{len(found.rest)}个。", *found.rest]))


def _counted(plan: Plan) -> dict[str, object]:
    entries = plan.entries
    return {
        "entries": len(entries),
        "people": len({entry.subject.id for entry in entries if entry.subject.type == "person"}),
        "organisations": len({entry.subject.id for entry in entries if entry.subject.type == "org"}),
        "left": list(plan.left),
        "missing": list(plan.missing),
    }


def _shown(plan: Plan, dry_run: bool) -> list[str]:
    counted = _counted(plan)
    if not counted["entries"]:
        lines = ["没有变化。"]
    else:
        done = "检查通过，将写入" if dry_run else "已写入"
        lines = [f"{done}：{counted['organisations']}个组织、{counted['people']}人有变动。"]
    lines += _some("在对话中改过、保持不动的：", plan.left)
    return lines + _some("表里没有、保持不动的：", plan.missing)


def _some(title: str, words: Sequence[str]) -> list[str]:
    if not words:
        return []
    more = [f"……共{len(words)}项。"] if len(words) > _MOST_LINES else []
    return [title, *words[:_MOST_LINES], *more]
