"""补发: what never arrived goes out once more, merged, and only of what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.scheduler import ticks
from domain import enrolment
from domain.people import Person
from storage import outbox, settings
from storage.codec import ZONE
from tests import cast
from tests.installation import ACCOUNTS, Installation, running

ADMIN, CLERK, LI, WANG = "2009012", "2008030", "2005007", "2003011"
ZHANG, LIU, HAN, ZHAO = "2010018", "2011045", "2018006", "2006015"
OPENS = datetime(2026, 6, 25, 9, 30, tzinfo=ZONE)


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        # What the year's and the quarter's windows brought until now has arrived.
        for month, day in ((1, 5), (4, 1), (6, 18)):
            made.clock.moment = made.school.now = datetime(2026, month, day, 10, tzinfo=ZONE)
            run(made)
        made.clock.moment = made.school.now = OPENS
        for person in (ZHANG, LIU, HAN):
            made.school.publish(person, "给大三学生讲论文写作3次", date(2026, 12, 31))
        yield made


def run(here: Installation) -> None:
    """One round of the clock at an hour at which everybody's minute has come."""
    ticks.plan(here.bot, here.now)
    ticks.send(here.bot, here.now)


def outage(here: Installation) -> None:
    """The month opens while WeCom does not answer; after five tries nobody tries any more."""
    here.sandbox.faults.change(api_down=True)
    ticks.plan(here.bot, here.now)
    for minutes in (1, 3, 11, 61, 1):
        for _ in range(3):
            # One failure ends a batch, and the rest of it waits for half a minute.
            ticks.send(here.bot, here.now)
            here.move(seconds=31)
        here.move(minutes=minutes)
    here.sandbox.faults.change(api_down=False)


def lose(here: Installation) -> None:
    """The month opens, and an administrator drops every reminder of it."""
    ticks.plan(here.bot, here.now)
    with here.bot.database.transaction() as tx:
        for one in outbox.standing(tx):
            outbox.drop(tx, one.row.key, here.now, "管理员取消")


def say(here: Installation, person: str, *words: str) -> str:
    here.school.now = here.now
    for each in words:
        here.school.say(person, each)
    here.clock.moment = here.school.now
    return here.school.outcomes[-1].reply


def heard(here: Installation, person: str) -> list[str]:
    return [text for text in here.texts(ACCOUNTS[person]) if "6月写实" in text]


def states(here: Installation) -> set[str]:
    """How the reminders of the month ended."""
    found = here.states().items()
    return {state for key, (state, _) in found if key.startswith("push|K-05 2026-06")}


@pytest.mark.row(45)
@pytest.mark.requirement("R-322")
def test_after_an_outage_each_hears_of_what_is_still_open_in_one_message(here: Installation) -> None:
    outage(here)
    assert states(here) == {"doubtful"} and not heard(here, ZHANG)
    asked = say(here, LI, "补发")
    assert asked.startswith("要给2人补发提醒（每月写实2）：张伟、刘洋。") and "十几分钟内" in asked
    assert asked.endswith("确定请回复“确认”；不办请回复“取消”。")
    assert say(here, LI, "确认") == "好的，给2人补发，十几分钟内陆续发出。发出前办了的，不会再提醒。"
    run(here)
    assert len(heard(here, ZHANG)) == len(heard(here, LIU)) == 1 and not heard(here, HAN)
    assert "7月5日到期，还差" in heard(here, ZHANG)[0]


def test_nothing_leaves_before_it_was_confirmed(here: Installation) -> None:
    lose(here)
    say(here, LI, "补发", "好的")
    run(here)
    say(here, LI, "取消")
    run(here)
    assert not heard(here, ZHANG)


def test_once_a_day_and_not_at_all_when_it_arrived(here: Installation) -> None:
    lose(here)
    say(here, LI, "补发", "确认")
    assert "没有要补发的" in say(here, LI, "补发")
    run(here)
    assert "没有要补发的" in say(here, LI, "补发")
    here.move(days=1)
    assert "没有要补发的" in say(here, LI, "补发")
    assert len(heard(here, ZHANG)) == 1


@pytest.mark.requirement("R-322")
def test_what_was_handed_in_meanwhile_is_neither_read_back_nor_sent(here: Installation) -> None:
    lose(here)
    here.school.hand_in(LIU, "2026-06")
    assert say(here, LI, "补发").startswith("要给1人补发提醒（每月写实1）：张伟。")
    say(here, LI, "确认")
    here.school.hand_in(ZHANG, "2026-06")
    run(here)
    assert not heard(here, ZHANG) and not heard(here, LIU)


def test_a_list_that_changed_before_the_confirmation_is_read_back_again(here: Installation) -> None:
    lose(here)
    say(here, LI, "补发")
    here.school.hand_in(LIU, "2026-06")
    assert say(here, LI, "确认").startswith("您看过以后有变动，还没有提交。请看现在的：\n要给1人补发")
    here.school.hand_in(ZHANG, "2026-06")
    assert say(here, LI, "确认") == "现在没有要补发的了，都已经办了或者送到了。"


@pytest.mark.requirement("R-320")
def test_at_night_it_waits_for_the_morning_and_says_so(here: Installation) -> None:
    lose(here)
    here.clock.moment = datetime(2026, 6, 26, 22, tzinfo=ZONE)
    assert "2026年6月27日早上8点以后发出" in say(here, LI, "补发", "确认")
    run(here)
    assert not heard(here, ZHANG)
    here.clock.moment = datetime(2026, 6, 27, 8, 40, tzinfo=ZONE)
    run(here)
    assert len(heard(here, ZHANG)) == 1


@pytest.mark.requirement("R-351")
def test_what_expired_while_pushes_were_held_can_be_sent_again(here: Installation) -> None:
    with here.bot.database.transaction() as tx:
        settings.put(tx, "hold", here.now.isoformat())
    run(here)
    here.move(days=4)
    assert "没有要补发的" in say(here, LI, "补发")
    with here.bot.database.transaction() as tx:
        settings.put(tx, "hold", "")
    ticks.send(here.bot, here.now)
    assert states(here) == {"cancelled"}
    assert say(here, LI, "补发").startswith("要给2人补发提醒")


def test_who_was_bound_too_late_for_any_reminder_is_among_them(here: Installation) -> None:
    """Eight days after the quarter opened, its next step is months away."""
    here.school.now = here.now
    with_account = Person(ZHAO, "赵强")
    here.school.write([enrolment.released(with_account, "wecom", "zhaoqiang")])
    here.clock.moment = datetime(2026, 7, 12, 10, tzinfo=ZONE)
    run(here)
    assert "没有要补发的" in say(here, WANG, "教工第二党支部补发")
    here.school.now = here.now
    here.school.write([enrolment.bound(with_account, "wecom", "zhaoqiang", None)])
    assert "党员点评1" in say(here, WANG, "教工第二党支部补发")
    say(here, WANG, "确认")
    run(here)
    assert any("第3季度点评" in text for text in here.texts("zhaoqiang"))


def test_who_cannot_be_reached_is_named_so_that_somebody_tells_him(here: Installation) -> None:
    lose(here)
    here.school.now = here.now
    here.school.write([enrolment.released(Person(LIU, "刘洋"), "wecom", "liuyang")])
    asked = say(here, LI, "补发")
    assert "（每月写实1）：张伟。" in asked and "另有1人没有绑定企业微信，收不到：刘洋。" in asked


def test_who_put_it_off_himself_is_left_in_peace(here: Installation) -> None:
    lose(here)
    say(here, ZHANG, "后天上午提醒我")
    assert say(here, LI, "补发").startswith("要给1人补发提醒（每月写实1）：刘洋。")


@pytest.mark.requirement("R-305")
def test_an_administrator_has_it_sent_for_the_school_and_for_one_branch(here: Installation) -> None:
    lose(here)
    assert say(here, ADMIN, "补发").startswith("要给3人补发提醒（每月写实3）：张伟、刘洋、韩雪。")
    say(here, ADMIN, "取消")
    assert say(here, ADMIN, "教工第二党支部补发提醒").startswith("要给1人补发提醒（每月写实1）：韩雪。")
    say(here, ADMIN, "确认")
    entry = here.school.entries(f"person:{HAN}")[-1]
    assert (entry.kind, entry.entry.capacity, entry.stamp.actor) == ("reminder.resent", "admin", ADMIN)
    assert say(here, LI, "教工第二党支部补发") == "您只能看教工第一党支部。要别处的情况请问王建国同志。"


def test_the_first_twenty_are_named_and_the_rest_counted(here: Installation) -> None:
    for id, *_ in cast.PEOPLE:
        if id not in (ZHANG, LIU, HAN):
            here.school.publish(id, "给大三学生讲论文写作3次", date(2026, 12, 31))
    lose(here)
    asked = say(here, ADMIN, "补发")
    assert "要给21人补发提醒（每月写实21）" in asked and "等21人" in asked and asked.count("、") == 19


@pytest.mark.parametrize("person", [ZHANG, CLERK])
def test_nobody_else_may(here: Installation, person: str) -> None:
    refused = say(here, person, "补发")
    assert refused.startswith("补发提醒由") and refused.endswith("您自己要办的事请回复“我的”。")
