"""The sheet of paper commitments as a file: template and reading."""

from __future__ import annotations

from pathlib import Path

from bot.sheets.reading import read as _read
from bot.sheets.writing import Sheet, write
from domain.papersheet import HEADINGS, SHEET
from domain.sheets import Table

_HINTS = (
    ("编号", "工号或学号；党组织的承诺写组织名称，姓名留空。"),
    ("姓名", "要与编号相符。"),
    ("目标", "承诺书上的原话，一件一行。"),
    ("完成时限", "例：2026-06-30。"),
    ("类别", "例：履行岗位职责；即时承诺写“即时承诺、突发性事件”。空着是年度承诺。"),
    ("公开日期", "例：2026-01-10。还没有公开的留空，公开后由书记在对话里办。"),
    ("渠道", "会议、文件、公开栏、报刊、广播、网络、其他，可以有几种。"),
)


def read(path: Path) -> Table:
    """The sheet; raises Unreadable or Faulty."""
    wanted = ("目标", *(heading for heading in HEADINGS if heading != "目标"))
    return _read(path, {SHEET: wanted})[SHEET]


def write_template(path: Path) -> None:
    """An empty sheet with what each column means; raises FileExistsError."""
    write(path, [Sheet(SHEET, HEADINGS), Sheet("说明", ("列", "怎么填"), _HINTS)])
