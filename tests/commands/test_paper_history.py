"""A commitment from paper, as its owner reads its history."""

from __future__ import annotations

import pytest

from bot.sheets.writing import Sheet, write
from domain import papersheet

GOAL = "12月31日前，为2名新教师各听课4次并书面反馈"


@pytest.mark.requirement("R-353")
@pytest.mark.parametrize(("on", "shown"), [("2026-01-10", "1月10日"), ("2025-12-20", "2025年12月20日")])
def test_it_shows_its_own_day_and_the_day_of_entry(run, tmp_path, on, shown):
    file = tmp_path / "承诺.xlsx"
    row = ["2010018", "张伟", GOAL, "2026-12-31", "履行岗位职责", on, "会议、公开栏"]
    write(file, [Sheet(papersheet.SHEET, papersheet.HEADINGS, [row])])
    assert run("commitments", "import", str(file)).exit_code == 0
    run("ask", "--as", "2010018", "我的承诺")
    _, history = run("ask", "--as", "2010018", "1").stdout.split("经过：\n")
    assert history.splitlines() == [f"{shown} 公开（会议、公开栏、纸面）", "11月23日 录入（已在纸面签字）"]
