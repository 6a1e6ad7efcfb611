"""The sheet commands as a clerk runs them: real processes on a real folder, and a power cut in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.sheets.writing import Sheet, write
from domain import papersheet, roster_orgs, roster_rows
from sandbox import App, Department, Sandbox, User, World
from storage import ledger, models, rostersheet
from storage.db import Database

pytestmark = pytest.mark.slow
UNITS = [
    ["校党委", "", "", "学校党委"],
    ["总支", "", "", "党总支", "校党委"],
    ["支部", "", "", "党支部", "总支"],
]


def person(n: int) -> list[str]:
    return [str(2000 + n), f"第{n}人", f"u{n}", "支部", "", "书记" if n == 0 else "", "男", "汉族", "1980.1"]


class Clerk:
    """Runs `python -m bot …` in a folder of her own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        own = {key: value for key, value in os.environ.items() if not key.startswith("XIESHI_")}
        self.environment = {**own, "XIESHI_HOME": str(home / "var")}
        self.run("init")

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "bot", *words]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def roster(self, name: str, people: Sequence[Sequence[str]]) -> str:
        sheets = [Sheet("组织", roster_orgs.HEADINGS, UNITS), Sheet("人员", roster_rows.HEADINGS, people)]
        write(self.home / name, sheets)
        return str(self.home / name)

    @property
    def database(self) -> Database:
        return Database(f"sqlite:///{self.home / 'var' / 'xieshi.db'}")

    def people(self) -> int:
        with self.database.reading() as tx:
            return len(rostersheet.present(tx).people)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path)


@pytest.mark.requirement("R-327")
def test_a_roster_goes_in_and_comes_out_and_goes_in_as_no_change(clerk: Clerk) -> None:
    file, out = clerk.roster("a.xlsx", [person(n) for n in range(3)]), str(clerk.home / "out.xlsx")
    assert clerk.run("roster", "import", "--dry-run", file)[:2] == (
        0,
        "检查通过，将写入：3个组织、3人有变动。\n",
    )
    assert clerk.people() == 0
    assert clerk.run("roster", "import", file)[:2] == (0, "已写入：3个组织、3人有变动。\n")
    assert clerk.run("roster", "export", out)[0] == 0
    assert clerk.run("roster", "import", out)[:2] == (0, "没有变化。\n")
    assert json.loads(clerk.run("roster", "import", "--json", file)[1])["entries"] == 0
    assert clerk.run("roster", "export", out)[::2] == (1, f"{out} 已经有了，请换一个文件名。\n")


def test_faults_are_told_on_stderr_and_nothing_is_written(clerk: Clerk) -> None:
    file = clerk.roster("a.xlsx", [person(0), [*person(1)[:6], "F"]])
    code, out, err = clerk.run("roster", "import", file)
    assert (code, out) == (1, "")
    first = "“人员”第3行G列（性别）：没有“F”这一项。请写：男、女。"
    assert err.splitlines() == [first, "共1处，什么都没有写入。请改好后再导入。"]
    assert clerk.people() == 0


def test_paper_commitments_go_in_once(clerk: Clerk) -> None:
    clerk.run("roster", "import", clerk.roster("a.xlsx", [person(0), person(1)]))
    row = ["2001", "第1人", "听课4次", "2026-12-30", "", "2026-01-10", "会议"]
    write(clerk.home / "c.xlsx", [Sheet(papersheet.SHEET, papersheet.HEADINGS, [row])])
    assert clerk.run("commitments", "import", str(clerk.home / "c.xlsx"))[1] == "已写入1件承诺。\n"
    again = clerk.run("commitments", "import", str(clerk.home / "c.xlsx"))[1]
    assert again == "已写入0件承诺。另有1件以前导入过，没有重复写。\n"


def test_an_import_that_is_killed_is_finished_by_running_it_again(clerk: Clerk) -> None:
    file = clerk.roster("a.xlsx", [person(n) for n in range(800)])
    process = clerk.start("roster", "import", file)
    end = time.monotonic() + 60
    while clerk.people() < 50 and time.monotonic() < end:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert 50 <= clerk.people() < 800
    assert clerk.run("roster", "import", file)[0] == 0
    with clerk.database.transaction() as tx:
        present, kept = rostersheet.present(tx), models.rows(tx)
        numbers = [present.people[str(2000 + n)].person.number for n in range(800)]
        owed = tx.connection.exec_driver_sql("select count(*) from owed").scalar()
        assert list(ledger.verify(tx)) == []
        assert len([one for one, _ in ledger.entries(tx) if one.kind == "person.enrolled"]) == 800
    assert numbers == [f"{n:04}" for n in range(1, 801)]
    assert (len(kept["membership"]), len(kept["contact"]), owed) == (800, 800, 0)


def test_accounts_are_matched_by_the_names_that_wecom_shows(clerk: Clerk) -> None:
    rows: list[list[Any]] = [["1", "张伟", ""], ["2", "张伟", ""], ["3", "李芳", ""], ["4", "王明", ""]]
    write(clerk.home / "m.xlsx", [Sheet("人员", ("编号", "姓名", "账号"), rows)])
    users = {"lf": User("lf", "李芳", [1]), "zw": User("zw", "张伟", [1])}
    world = World(
        "wwsim00000000000001",
        "学校",
        {1: Department(1, "学校", 0)},
        users,
        {1000002: App(1000002, "写实", "Sec")},
    )
    with Sandbox(world).start(0) as sandbox:
        clerk.environment |= {
            "XIESHI_WECOM_CORP_ID": "wwsim00000000000001",
            "XIESHI_WECOM_AGENT_ID": "1000002",
            "XIESHI_WECOM_SECRET": "Sec",
            "XIESHI_WECOM_API_URL": sandbox.url,
        }
        code, out, _ = clerk.run("roster", "match", str(clerk.home / "m.xlsx"))
    assert code == 0
    assert out.splitlines()[0] == "已填1个账号，还空着3个。"
    cells = [row[2].value for row in load_workbook(clerk.home / "m.xlsx")["人员"].iter_rows(min_row=2)]
    assert cells == [None, None, "lf", None]
    assert clerk.people() == 0
