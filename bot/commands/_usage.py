"""Wrong usage in one Chinese sentence with exit 2, where click would speak English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

_RIGHT = {
    "choice": "只能是其中之一：{choices}",
    "file": "应是{file}",
    "integer": "应是整数",
    "integer range": "应是{min}到{max}的整数",
}


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
