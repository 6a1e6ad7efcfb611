"""预演 by chat: the worker walks through the days and sends a sheet; nothing else leaves or is planned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.scheduler import showing, ticks
from storage.codec import ZONE
from storage.tables import owed
from tests.installation import Installation, running

ADMIN, LI, ZHANG = "2009012", "2005007", "2010018"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 6, 20, 10, tzinfo=ZONE)
        made.school.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
        made.school.publish("2018006", "讲3次实验室安全课", date(2026, 12, 31))
        yield made


def rehearsed(here: Installation, person: str, words: str) -> tuple[str, list[list[str]]]:
    """What the person is told once the worker was there, and the rows of the sheet."""
    here.school.now = here.now
    here.school.say(person, words)
    here.clock.moment = here.school.now
    here.move(seconds=5)
    showing.show(here.bot, here.now)
    rows = [body for key, body in bodies(here).items() if key.endswith("|sheet")]
    said = [str(body["text"]) for key, body in bodies(here).items() if key.endswith("|text")]
    return (said[-1] if said else ""), (list(rows[-1]["rows"]) if rows else [])


def bodies(here: Installation) -> dict[str, dict[str, object]]:
    with here.bot.database.reading() as tx:
        return {row.key: json.loads(row.body) for row in tx.connection.execute(owed.select())}


@pytest.mark.requirement("R-351")
def test_an_administrator_sees_the_whole_school_and_a_reason_for_everyone_left_out(
    here: Installation,
) -> None:
    said, rows = rehearsed(here, ADMIN, "预演6月")
    sent = {(row[1], row[3]) for row in rows if row[5] == "发"}
    assert {("张伟", "每月写实"), ("韩雪", "每月写实"), ("李芳", "党员点评")} <= sent
    assert ("刘洋", "没有公开的承诺") in {(row[1], row[6]) for row in rows if row[5] == "不发"}
    assert f"共会发{sum(row[5] == '发' for row in rows)}条提醒" in said


@pytest.mark.requirement("R-305")
def test_a_secretary_sees_her_own_branch_only(here: Installation) -> None:
    _, rows = rehearsed(here, LI, "预演 6月")
    assert {row[1] for row in rows[1:] if row[5] == "发"} == {"张伟", "李芳"}
    assert "韩雪" not in {row[1] for row in rows}


def test_a_member_is_told_whose_business_it_is_and_nothing_is_ordered(here: Installation) -> None:
    here.school.say(ZHANG, "预演")
    assert "支部书记和管理员" in here.school.outcomes[-1].reply
    assert not any(key.startswith("rehearse|") for key in bodies(here))


def test_days_that_are_over_are_not_rehearsed_and_nothing_is_ordered(here: Installation) -> None:
    here.school.now = here.now
    here.school.say(ADMIN, "预演5月")
    assert here.school.outcomes[-1].reply == "只能预演从明天起三个月内的日子，例：预演下个月"
    assert not any(key.startswith("rehearse|") for key in bodies(here))


@pytest.mark.requirement("R-351")
def test_it_leaves_while_everything_is_held_and_plans_nothing(here: Installation) -> None:
    here.school.now = here.now
    here.school.say(ADMIN, "停发")
    here.school.say(ADMIN, "确认")
    here.school.say(ADMIN, "预演6月")
    here.clock.moment = here.school.now
    here.move(seconds=5)
    ticks.send(here.bot, here.now)
    assert any("预演好了" in text for text in here.texts("mengfan"))
    assert [bubble.kind for bubble in here.bubbles("mengfan")].count("file") == 1
    assert not any(key.startswith("push|") for key in bodies(here))


def test_ordered_once_it_comes_once_though_two_workers_look(here: Installation) -> None:
    rehearsed(here, ADMIN, "预演6月")
    assert showing.show(here.bot, here.now) == []
    here.move(minutes=11)
    assert showing.show(here.bot, here.now) == []
