"""调度状态: what the clock left behind, on one phone screen, and for a 书记 only what concerns her people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.scheduler import ticks
from domain.clockwork import HEARTBEAT, UNLISTED
from storage import claims, settings
from storage.codec import ZONE
from tests import cast
from tests.installation import Installation, note, running

ADMIN, CLERK, LI, ZHAO, ZHANG, HAN = "2009012", "2008030", "2005007", "2006015", "2010018", "2018006"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 6, 24, 9, tzinfo=ZONE)
        made.school.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
        made.school.publish(HAN, "讲3次实验室安全课", date(2026, 12, 31))
        # What the quarter's end brings was heard of the week before.
        made.move(days=-6)
        tick(made, "plan")
        made.move(minutes=40)
        tick(made, "deliver")
        made.move(days=6, minutes=-40)
        keep(made, HEARTBEAT, made.now.isoformat())
        yield made


def keep(here: Installation, key: str, value: str) -> None:
    with here.bot.database.transaction() as tx:
        settings.put(tx, key, value)


def state(here: Installation, person: str = ADMIN) -> list[str]:
    """The lines of the answer."""
    here.school.now = here.now
    return here.school.say(person, "调度状态").reply.split("\n")


def tick(here: Installation, *names: str) -> None:
    for name in names:
        ticks.TICKS[name](here.bot, here.now)


@pytest.mark.requirement("R-351")
def test_when_all_is_well_it_says_so_and_when_reminders_come_next(here: Installation) -> None:
    tick(here, "plan", "outlook")
    assert state(here) == [
        "调度状态（6月24日09:00）",
        "时钟：正常，09:00排过提醒。",
        "停发：没有停。",
        "在等：没有。",
        "近7天没发成：没有。",
        "接下来：6月25日约2人。",
        "看发给谁，请回复“预演”。",
    ]


@pytest.mark.requirement("R-305")
def test_a_secretary_sees_the_reminders_of_her_own_people_only(here: Installation) -> None:
    here.move(days=1)
    keep(here, HEARTBEAT, here.now.isoformat())
    tick(here, "outlook", "plan")
    assert state(here, LI)[0] == "教工第一党支部调度状态（6月25日09:00）"
    assert "在等：1条（到时间就发1）。" in state(here, LI) and "接下来：6月25日约1人。" in state(here, LI)
    assert "在等：2条（到时间就发2）。" in state(here, CLERK) and "接下来：6月25日约2人。" in state(
        here, CLERK
    )


@pytest.mark.row(44)
def test_a_clock_that_stopped_is_the_first_thing_to_mend(here: Installation) -> None:
    here.move(minutes=40)
    assert state(here)[1] == "时钟：停了，09:00走到这里。"
    assert state(here)[-1] == "请在服务器上运行 systemctl restart xieshi-work，恢复后会自动补上。"
    assert state(here, LI)[-1] == "请告诉管理员，恢复后会自动补上。"


def test_what_waits_and_what_failed_is_counted_by_its_reason(here: Installation) -> None:
    here.owe(*(note(n, ZHANG, now=here.now) for n in range(3)))
    here.owe(note("fault", "1975003", now=here.now), note("old", "1975003", now=here.now))
    here.sandbox.faults.change(api_down=True)
    here.move(seconds=1)
    tick(here, "deliver")
    said = state(here)
    assert "近7天没发成：2条（未绑定企业微信账号2）。" in said
    assert said[3].startswith("在等：3条（") and "没有发成，稍后再试" in said[3]
    assert said[-1] == "账号补好以后，回复“补发”再发一次。"
    here.move(days=8)
    keep(here, HEARTBEAT, here.now.isoformat())
    assert "近7天没发成：没有。" in state(here)


@pytest.mark.requirement("R-351")
def test_it_says_since_when_pushes_are_held_and_how_to_go_on(here: Installation) -> None:
    here.owe(note(1, ZHANG, now=here.now))
    keep(here, "hold", (here.now - timedelta(days=2)).isoformat())
    said = state(here)
    assert said[2:4] == ["停发：6月22日09:00起已停发。", "在等：1条（已停发1）。"]
    assert said[-1] == "恢复请回复“恢复发送”。"
    assert state(here, LI)[-1] == "恢复发送由管理员来办。"


def test_a_fault_of_the_road_is_named_as_the_platform_named_it(here: Installation) -> None:
    keep(
        here,
        "stopped",
        json.dumps({"reason": "企业微信不认识本机的地址1.2.3.4。", "until": here.now.isoformat()}),
    )
    assert state(here)[2] == "发送已停：企业微信不认识本机的地址1.2.3.4。"


def test_an_outlook_whose_day_is_over_is_not_repeated(here: Installation) -> None:
    tick(here, "outlook")
    here.move(days=2)
    assert "接下来：还没有算好，想看请回复“预演”。" in state(here)


def test_when_nothing_comes_within_a_week_it_says_until_when_it_looked(here: Installation) -> None:
    here.move(days=-15)
    tick(here, "plan")
    here.move(days=1)
    tick(here, "outlook")
    assert "接下来：6月17日前没有要发的。" in state(here)


def test_years_without_listed_holidays_are_named(here: Installation) -> None:
    keep(here, UNLISTED, "2027")
    assert "2027年的放假安排还没有，节假日只按周末算。" in state(here)


def test_it_fits_one_screen_and_one_message_whatever_the_reasons(here: Installation) -> None:
    people = [id for id, account in cast.ACCOUNT.items() if account]
    for n, person in enumerate(people):
        here.owe(note(n, person, now=here.now))
    with here.bot.database.transaction() as tx:
        for n, _ in enumerate(people):
            claims.postpone(tx, f"news|{n}", here.now, f"原因{n}" * 10)
    reply = "\n".join(state(here))
    assert "其他" in reply and len(reply.encode()) < 1200 and reply.count("\n") <= 8


def test_a_member_is_told_whose_business_it_is(here: Installation) -> None:
    assert state(here, ZHANG) == ["调度状态由支部书记、办公室和管理员来看。您自己要办的事请回复“我的”。"]
