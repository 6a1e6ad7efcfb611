"""Help in Chinese, and wrong usage in one Chinese sentence with exit 2, where click would speak English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

_RIGHT = {
    "choice": "只能是其中之一：{choices}",
    "file": "应是{file}",
    "integer": "应是整数",
    "integer range": "应是{min}到{max}的整数",
}


_ENGLISH = {
    "Options": "选项",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "Show this message and exit.": "显示这些说明。",
    "Show the version and exit.": "显示版本。",
}


def _chinese(words: str) -> str:
    for english, chinese in _ENGLISH.items():
        words = words.replace(english, chinese)
    return words


class Help(click.HelpFormatter):
    """Click's own frame around our sentences, in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Called by click."""
        super().write_usage(prog, _chinese(args), "用法：")

    def write_heading(self, heading: str) -> None:
        """Called by click."""
        super().write_heading(_chinese(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Called by click."""
        super().write_dl([(name, _chinese(words)) for name, words in rows], col_max, col_spacing)


# Every command makes a context of its own; this attribute is where click lets a program choose the words.
click.Context.formatter_class = Help


class Misuse(click.ClickException):
    """Exit 2 with one sentence on stderr."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Called by click."""
        click.echo(self.message, err=True)


@contextmanager
def told() -> Iterator[None]:
    """Click's complaints inside become one sentence; a group without a command still shows its help."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "xieshi"
        raise Misuse(f"{_said(wrong)}用法见：{path} --help") from wrong


def _said(wrong: click.UsageError) -> str:
    match wrong:
        case click.MissingParameter():
            return f"还缺 {_name(wrong)}。"
        case click.BadParameter():
            return f"{_name(wrong)} {_right(wrong)}。"
        case click.NoSuchOption():
            return f"没有 {wrong.option_name} 这个选项。"
        case click.exceptions.NoSuchCommand():
            return f"没有“{wrong.command_name}”这个命令。"
        case click.BadOptionUsage():
            return f"{wrong.option_name} 的写法不对：要么缺了后面的值，要么不该有值。"
    # All that click still has to say is that there is too much.
    return "多写了内容；中间有空格的话要加引号。"


def _name(wrong: click.BadParameter) -> str:
    return (
        wrong.param.get_error_hint(wrong.ctx).replace("'", "") if wrong.param else str(wrong.param_hint or "")
    )


def _right(wrong: click.BadParameter) -> str:
    """What would be right by the kind of the parameter; kinds of our own say it themselves."""
    kind: Any = wrong.param.type if wrong.param else None
    words = _RIGHT.get(getattr(kind, "name", ""))
    if words is None:
        return wrong.message.rstrip("。")
    file = "已有的、读得了的文件" if getattr(kind, "exists", False) else "文件，不是文件夹"
    choices = "、".join(getattr(kind, "choices", ()))
    return words.format(
        choices=choices, file=file, min=getattr(kind, "min", ""), max=getattr(kind, "max", "")
    )
