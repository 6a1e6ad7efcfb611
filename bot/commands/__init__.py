"""The commands of the contract: one file each, ending in COMMAND; found by name, so that none is imported in vain."""

from __future__ import annotations

import errno
import importlib
import pkgutil
from typing import Any

import click

from bot.commands import _usage
from storage.db import Conflict, Unavailable


class Refusal(click.ClickException):
    """Exit 1 with one sentence on stderr."""

    def show(self, file: Any = None) -> None:
        """Called by click."""
        click.echo(self.message, err=True)


class Folder(click.Group):
    """A group whose commands are the files of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every file that is not private; an underscore inside is a hyphen outside."""
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a file."""
        if name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
        command: click.Command = module.COMMAND
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words before the command."""
        with _usage.told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; without the database it ends in one sentence and with nothing half-done."""
        try:
            with _usage.told():
                return super().invoke(ctx)
        except (Unavailable, Conflict) as trouble:
            raise Refusal(NOT_WRITTEN) from trouble
        except UnicodeEncodeError as error:
            raise Refusal(NOT_UTF8) from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise Refusal(FULL) from error


FULL = "磁盘已满，没有写完。请腾出空间再试一次。"
NOT_UTF8 = "有不是 UTF-8 的字。请把终端和文件的编码设为 UTF-8 再试。"
NOT_WRITTEN = "数据库连不上、正忙、已损坏，或磁盘已满。这一步什么都没有记下，请检查后再试一次。"


@click.group(cls=Folder, help="写实：公开承诺、领导点评、写实台账，在企业微信里完成。")
@click.version_option(package_name="xieshi")
def xieshi() -> None:
    """The whole command line."""
