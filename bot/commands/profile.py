"""`xieshi profile write FILE`: the profile in force as a file to edit."""

from __future__ import annotations

from pathlib import Path

import click

from bot import profiles
from bot.commands import _ground
from bot.parts import Bot
from domain.profile import merged
from storage import settings


@click.group(name="profile", help="学校的口径：期限、用语、选项。")
def COMMAND() -> None:  # noqa: N802
    """Acts on the profile."""


@COMMAND.command(help="把现行口径写成文件，改好后设 XIESHI_PROFILE=该文件。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write(file: Path) -> None:
    """Write every key with its present value; refuses to overwrite."""
    bot = _ground.ready()
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(profiles.dump(merged(bot.profile, _names(bot), bot.profile.name)))
    except FileExistsError:
        _ground.refuse(f"{file} 已经有了，请换一个文件名。")
    except OSError:
        _ground.refuse(f"{file} 写不进去，请检查文件夹。")
    click.echo(f"已写好：{file}")


def _names(bot: Bot) -> dict[str, str]:
    """The school's and the office's own names, which are kept in the database and not in the profile."""
    with bot.database.reading() as tx:
        kept = {"office.school": settings.get(tx, "school"), "office.name": settings.get(tx, "office")}
    return {key: name for key, name in kept.items() if name}
