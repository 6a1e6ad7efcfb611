"""The roster sheet as a file: template, reading, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.sheets.reading import read as _read
from bot.sheets.writing import Sheet, write
from domain import roster_export, roster_orgs, roster_rows
from domain.people import OrgKind
from domain.roster_state import Present
from domain.sheets import Table

UNITS, PEOPLE = roster_orgs.SHEET, roster_rows.SHEET
# The heading without which a sheet is not recognised comes first.
_WANTED = {
    UNITS: roster_orgs.HEADINGS,
    PEOPLE: ("姓名", *(heading for heading in roster_rows.HEADINGS if heading != "姓名")),
}
_UNIT_CHOICES = {"组织类型": list(OrgKind)}
_PEOPLE_CHOICES = {
    "政治面貌": roster_rows.POLITICAL,
    "性别": roster_rows.GENDERS,
    "状态": (*roster_rows.STAYING, *roster_rows.LEAVING),
}
_HINTS = (
    ("组织名称", "全称，全校不能重复。改名时在“原名称”里写改名前的名称。"),
    ("上级组织", "上一级的组织名称；学校党委这一格留空。"),
    ("联系领导、分管领导", "编号，几位之间用、隔开。"),
    ("启用日期", "从哪天起使用，例：2026-03-01。空着同上级组织；这天以前不催任何人。"),
    ("编号", "工号或学号，一人一号，人走了也不能给别人用。空着时用第一次导入的账号。"),
    ("账号", "企业微信账号（userid），不分大小写。没有企业微信的人留空。"),
    ("所在组织", "党员写党支部；不是党员的写所在单位。"),
    ("政治面貌", "中共党员、预备党员、入党积极分子、群众。空着是中共党员。"),
    ("党内职务", "书记、副书记、组织委员等，几项之间用、隔开；不在本人组织的写“组织名称:书记”。"),
    ("出生年月、入党时间", "例：1980-01。"),
    (
        "类别",
        f"担任领导职务、无职、年老体弱、离退休、流动等，可以有几项。不是党员的写{'、'.join(roster_rows.VOTERS)}。",
    ),
    ("状态", "在册、长期请假、转出、毕业、去世、除名。空着是在册。"),
    ("生效日期", "这一行的变动从哪天起，例：2026-09-01。空着是导入当天。"),
)


def read(path: Path) -> tuple[Table, Table]:
    """Both sheets; raises Unreadable or Faulty."""
    found = _read(path, dict(_WANTED))
    return found[UNITS], found[PEOPLE]


def write_template(path: Path) -> None:
    """Empty sheets with what each column means; raises FileExistsError."""
    write(path, [*_sheets((), ()), Sheet("说明", ("列", "怎么填"), _HINTS)])


def write_export(path: Path, present: Present, today: date) -> None:
    """The roster as it stands; raises FileExistsError."""
    write(path, _sheets(roster_export.units(present, today), roster_export.people(present, today)))


def _sheets(units: roster_export.Rows, people: roster_export.Rows) -> list[Sheet]:
    return [
        Sheet(UNITS, roster_orgs.HEADINGS, units, _UNIT_CHOICES),
        Sheet(PEOPLE, roster_rows.HEADINGS, people, _PEOPLE_CHOICES),
    ]
