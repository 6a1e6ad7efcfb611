"""What chat changed of people and offices since the last import is left and listed, and exports as it is now."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import importing
from domain.roster_plan import Plan
from domain.sheets import Table
from storage import rostersheet
from storage.codec import ZONE
from tests import school
from tests.roster import tables

HEAD, ABOVE, RECEIVER, LEADER = "2015021", "2003011", "2006015", "2009012"
NOON = datetime(2026, 7, 1, 9, tzinfo=ZONE)


def _sheets(one: school.School) -> tuple[Table, Table]:
    with one.database.reading() as tx:
        return tables.exported(rostersheet.present(tx), one.now.date())


def _import(one: school.School, sheets: tuple[Table, Table]) -> Plan:
    return importing.run(one.database, *sheets, one.now)


@pytest.fixture
def imported(database_url: str) -> tuple[school.School, tuple[Table, Table]]:
    """A school whose roster came by sheet, and that sheet."""
    one = school.new(database_url, NOON)
    sheets = _sheets(one)
    _import(one, sheets)
    return one, sheets


def _speak(one: school.School, *turns: tuple[str, str]) -> None:
    for person, words in turns:
        one.say(person, words)


@pytest.mark.requirement("R-008", "R-231")
def test_a_transfer_by_chat_outlives_the_old_sheet(
    imported: tuple[school.School, tuple[Table, Table]],
) -> None:
    one, sheets = imported
    _speak(one, (HEAD, "转出 孙丽 到教工第二党支部 7月1日"), (HEAD, "表现好"), (RECEIVER, "接收 孙丽"))
    plan = _import(one, sheets)
    assert plan.entries == ()
    assert [line for line in plan.left if "孙丽" in line and "所在组织" in line]


@pytest.mark.requirement("R-016", "R-356")
@pytest.mark.parametrize(
    ("turns", "name", "heading"),
    [
        (((ABOVE, "换届 教工第一党支部 陈静 7月1日"), (ABOVE, "确认")), "李芳", "党内职务"),
        (((HEAD, "毕业 孙丽 7月1日"), (HEAD, "确认")), "孙丽", "状态"),
        (((RECEIVER, "年老体弱 韩雪"), (RECEIVER, "确认")), "韩雪", "类别"),
    ],
)
def test_what_chat_changed_is_left_and_listed(
    imported: tuple[school.School, tuple[Table, Table]],
    turns: tuple[tuple[str, str], ...],
    name: str,
    heading: str,
) -> None:
    one, sheets = imported
    _speak(one, *turns)
    plan = _import(one, sheets)
    assert plan.entries == ()
    assert [line for line in plan.left if name in line and heading in line]


@pytest.mark.requirement("R-004")
def test_a_link_made_by_chat_is_kept_and_exported(
    imported: tuple[school.School, tuple[Table, Table]],
) -> None:
    one, sheets = imported
    _speak(one, (LEADER, "联系点 马骏 机关党总支 7月1日"), (LEADER, "确认"))
    assert _import(one, sheets).entries == ()
    again = _sheets(one)
    leaders = {line["组织名称"]: line["联系领导"] for line in again[0].lines}
    assert leaders["机关党总支"] == "2001002"


@pytest.mark.requirement("R-356")
def test_what_chat_left_exports_and_imports_back_as_no_change(
    imported: tuple[school.School, tuple[Table, Table]],
) -> None:
    one, _ = imported
    _speak(
        one,
        (HEAD, "新增 李雷 2026001 预备党员 7月1日"),
        (HEAD, "确认"),
        (ABOVE, "换届 教工第一党支部 陈静 7月1日"),
        (ABOVE, "确认"),
        (HEAD, "离校 孙丽 7月1日"),
        (HEAD, "确认"),
    )
    assert _import(one, _sheets(one)).entries == ()
