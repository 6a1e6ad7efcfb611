"""A full disk: a clear answer, nothing half-written, and everything goes on once there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import texts
from tests.faults import disks, webs
from tests.faults.disks import Disk
from tests.faults.places import installed
from tests.faults.proofs import assert_whole, written
from tests.installation import Installation

pytestmark = pytest.mark.slow

ZHANG = "zhangwei"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disks.small(tmp_path / "disk") as found:
        yield found


def say(here: Installation, text: str) -> str:
    before = len(here.texts(ZHANG))
    here.sandbox.say(ZHANG, text)
    assert here.sandbox.wait_idle(30)
    return "\n".join(here.texts(ZHANG)[before:])


def test_on_a_full_disk_people_are_told_and_nothing_is_half_written(disk: Disk) -> None:
    home = disk.folder / "home"
    home.mkdir()
    with installed(f"sqlite:///{home / 'xieshi.db'}", home) as here, webs.running(here) as web:
        here.school.publish("2010018", "给大三学生讲论文", date(2026, 12, 20))
        here.sandbox.connect(web.url)
        for text in ("写实", "讲了两次", "按计划推进"):
            say(here, text)
        disk.fill(web.pid)
        answers = [say(here, "确认") for _ in range(5)]
        assert set(answers) == {texts.BUSY}, answers
        assert not written(here.school, "report.submitted", "month")
        disk.free(web.pid)
        assert say(here, "确认").startswith("11月写实已交")
        assert set(written(here.school, "report.submitted", "month").values()) == {1}
        assert "Traceback" not in web.log.read_text()
        assert_whole(here.school)
