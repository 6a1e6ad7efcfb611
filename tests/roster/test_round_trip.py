"""What is exported imports back as no change: for made-up schools and for the cast, over a real file too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import importing
from bot.sheets import roster as sheets
from domain.roster_state import Present
from storage import rostersheet, schema
from storage.db import Database
from tests import cast
from tests.roster import tables
from tests.roster.tables import NOW, TODAY, Office

LATER = NOW + timedelta(days=300)
WORDS = st.text("张王李赵伟芳A&<]= 0·", min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def schools(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rows of a small school with units, branches and people of every kind."""
    units = [{"组织名称": "党委", "组织类型": "学校党委"}]
    branches = []
    for n in range(draw(st.integers(1, 3))):
        units.append(
            {
                "组织名称": f"总支{n}",
                "组织类型": draw(st.sampled_from(["党总支", "分党委"])),
                "上级组织": "党委",
            }
        )
        units[-1]["联系领导"] = draw(st.sampled_from(["", "p0", "p0、p1"]))
        branches.append(f"支部{n}")
        units.append(
            {
                "组织名称": f"支部{n}",
                "组织类型": "党支部",
                "上级组织": f"总支{n}",
                "简称": draw(WORDS | st.just("")),
            }
        )
    people = []
    for n in range(draw(st.integers(2, 8))):
        posts = draw(
            st.sets(
                st.sampled_from(["副书记", "组织委员", "总支0：管理员", "学校领导", "记录员", "总支0:委员"]),
                max_size=3,
            )
        )
        people.append(
            {
                "编号": f"p{n}",
                "姓名": draw(WORDS),
                "账号": draw(st.sampled_from(["", f"a{n}"])),
                "所在组织": draw(st.sampled_from(branches)),
                "政治面貌": draw(st.sampled_from(["", "中共党员", "预备党员", "群众"])),
                "党内职务": "、".join(sorted(posts)),
                "性别": draw(st.sampled_from(["", "男", "女"])),
                "出生年月": draw(st.sampled_from(["", "1980.1", "1980年12月", "198005"])),
                "现任职务": draw(WORDS | st.just("")),
                "类别": draw(st.sampled_from(["", "无职", "离退休、年老体弱"])),
                "状态": draw(st.sampled_from(["", "在册", "长期请假"])),
            }
        )
    return units, people


@pytest.mark.requirement("R-327")
@settings(max_examples=20, deadline=None)
@given(school=schools())
def test_any_school_exported_imports_back_as_no_change(school: tuple[list[dict[str, str]], ...]) -> None:
    with TemporaryDirectory() as folder:
        office = Office(f"sqlite:///{folder}/xieshi.db")
        office.bring(tables.units(*school[0]), tables.people(*school[1]))
        plan = office.bring(*tables.exported(office.present()), LATER)
        assert (plan.entries, plan.left, plan.missing) == ((), (), ())
        assert importing.look(office.database, *tables.exported(office.present()), LATER.date()).changes == ()
        office.database.dispose()


@pytest.mark.requirement("R-327")
def test_the_cast_goes_out_and_in_over_a_file(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    with database.transaction() as tx:
        schema.create(tx.connection)
    cast.enrol(database)
    with database.reading() as tx:
        present = rostersheet.present(tx)
    sheets.write_export(tmp_path / "roster.xlsx", present, TODAY)
    units, people = sheets.read(tmp_path / "roster.xlsx")
    assert (len(units.lines), len(people.lines)) == (len(cast.ORGS), len(cast.PEOPLE))
    plan = importing.run(database, units, people, LATER)
    assert (plan.entries, plan.left, plan.missing) == ((), (), ())
    assert importing.look(database, units, people, LATER.date()).changes == ()


def test_an_export_into_an_empty_school_makes_the_same_school(sqlite_url: str, tmp_path: Path) -> None:
    one, other = Office(sqlite_url), Office(f"sqlite:///{tmp_path}/other.db")
    one.start(
        {"编号": "9", "姓名": "A&B<3 ]]> {{7*7}} =1+1", "所在组织": "一支部", "党内职务": "校党委:委员"}
    )
    other.bring(*tables.exported(one.present()))
    assert known(other.present()) == known(one.present())


def known(present: Present) -> dict[str, object]:
    """Everything of a roster but how it came in."""
    people = {
        id: (one.person, one.bonds, sorted(one.roles, key=str), one.account, one.personal)
        for id, one in present.people.items()
    }
    return people | {id: unit.org for id, unit in present.units.items()}
