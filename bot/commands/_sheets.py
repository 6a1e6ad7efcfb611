"""Sheets on the command line: each way in which a file can fail, as one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands import _ground
from bot.importing import Overtaken
from bot.sheets.guard import Unreadable
from domain.sheets import Faulty
from storage.db import Unavailable

OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
# Between two steps of an import waiting messages get their turn.
PAUSE = 0.02
_MOST_FAULTS = 100


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Whatever goes wrong with a sheet inside becomes exit 1 with what to do about it."""
    try:
        yield
    except Unreadable as fault:
        _ground.refuse(str(fault))
    except Faulty as faulty:
        _ground.refuse(_list(faulty))
    except FileExistsError:
        _ground.refuse(f"{file} 已经有了，请换一个文件名。")
    except OSError:
        _ground.refuse(f"{file} 写不进去，请检查文件夹和磁盘空间。")
    except (Overtaken, Unavailable):
        _ground.refuse("数据库正忙，还没有全部写完。请稍后把同一个文件再导入一次，会接着完成。")


def _list(faulty: Faulty) -> str:
    lines = [str(fault) for fault in faulty.faults[:_MOST_FAULTS]]
    more = len(faulty.faults) - len(lines)
    lines += [f"……另有{more}处。"] if more else []
    return "\n".join([*lines, f"共{len(faulty.faults)}处，什么都没有写入。请改好后再导入。"])
