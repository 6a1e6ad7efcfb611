"""解卡: what a 书记 asked for is done once by the worker, and nobody but the owner ever sees the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import freeing
from bot.scheduler import ticks
from storage import ledger, settings
from storage.codec import ZONE
from storage.db import Conflict
from storage.tables import conversation, owed
from tests.installation import Installation, running

ZHANG, LIU, LI, ABOVE, ADMIN = "2010018", "2011045", "2005007", "2003011", "2009012"
SECRET = "听课两次，这句话别人看不到"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with running(database_url, tmp_path) as made:
        made.clock.moment = made.school.now = datetime(2026, 11, 25, 10, tzinfo=ZONE)
        made.school.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
        yield made


def say(here: Installation, person: str, *words: str) -> str:
    here.school.now = here.now
    for each in words:
        here.school.say(person, each)
    here.clock.moment = here.school.now
    return here.school.outcomes[-1].reply


def work(here: Installation) -> list[tuple[str, str, str]]:
    """Everything that is due a moment later; what was decided about conversations."""
    here.move(seconds=3)
    found = ticks.send(here.bot, here.now)
    return [
        (one.person, one.action, one.reason) for one in found if "卡" in one.reason or "一半" in one.reason
    ]


def state(here: Installation, person: str) -> dict[str, Any]:
    with here.bot.database.reading() as tx:
        query = select(conversation.c.state).where(conversation.c.speaker == person)
        found: dict[str, Any] = json.loads(tx.connection.execute(query).scalar() or "{}")
        return found


def freed(here: Installation) -> list[Any]:
    return [one for one in here.school.entries() if one.kind == "conversation.freed"]


@pytest.mark.row(26)
def test_the_draft_is_put_aside_and_both_hear_of_it(here):
    say(here, ZHANG, "写实", SECRET)
    assert say(here, LI, "解卡 张伟").startswith("好的，这就帮张伟同志")
    assert state(here, ZHANG)["draft"] and freed(here) == []
    assert work(here) == [(ZHANG, "planned", "已解卡")]
    assert "draft" not in state(here, ZHANG)
    assert here.texts("zhangwei") == [
        "李芳同志帮您把没办完的“写实”先放下了，写的都替您存着，没有给别人看。接着办请回复“继续”，办别的直接说就行。"
    ]
    assert here.texts("lifang") == [
        "已帮张伟同志放下没办完的事，草稿存着，也告诉了本人。接着办请他回复“继续”，办别的直接说就行。"
    ]
    assert "自我鉴定" in say(here, ZHANG, "继续")
    assert SECRET in say(here, ZHANG, "按计划推进")


@pytest.mark.row(26)
def test_it_is_an_entry_in_the_archive_of_that_person_without_any_words_of_his(here):
    say(here, ZHANG, "写实", SECRET)
    say(here, ABOVE, "解卡 张伟", "1")
    work(here)
    (entry,) = freed(here)
    assert (entry.archive, dict(entry.data)) == (f"person:{ZHANG}", {"by": ABOVE})
    assert (entry.entry.capacity, entry.stamp.actor) == ("l1_secretary", "system")
    assert entry.entry.org_id == "教工第一党支部"
    with here.bot.database.reading() as tx:
        rows = tx.connection.execute(select(owed.c.body).where(owed.c.person != ZHANG)).scalars()
        assert not any(SECRET in body for body in rows)
        assert list(ledger.verify(tx)) == []


@pytest.mark.row(26)
def test_an_administrator_frees_anybody(here):
    say(here, ZHANG, "写实", SECRET)
    say(here, ADMIN, "解卡 张伟")
    assert "要帮哪一位" in here.school.outcomes[-1].reply
    say(here, ADMIN, "1")
    work(here)
    assert freed(here)[0].entry.capacity == "admin"


@pytest.mark.row(26)
def test_who_is_not_in_the_middle_of_anything_is_left_alone(here):
    say(here, LI, "解卡 刘洋")
    assert work(here) == [(LIU, "skipped", "没有办到一半的事")]
    assert here.texts("liuyang") == [] and freed(here) == []
    assert here.texts("lifang") == ["刘洋同志现在没有办到一半的事，不用解卡。请他把想办的事直接再说一次。"]


@pytest.mark.row(26)
def test_what_was_begun_after_the_request_is_not_taken_away(here):
    say(here, LI, "解卡 张伟")
    say(here, ZHANG, "写实", SECRET)
    assert work(here) == [(ZHANG, "skipped", "没有办到一半的事")]
    assert state(here, ZHANG)["draft"] and freed(here) == []


@pytest.mark.row(26)
def test_whoever_keeps_typing_in_vain_meanwhile_is_freed_all_the_same(here):
    say(here, ZHANG, "写实")
    say(here, LI, "解卡 张伟")
    say(here, ZHANG, "9", "8")
    assert work(here) == [(ZHANG, "planned", "已解卡")]


@pytest.mark.row(26)
def test_asked_twice_it_happens_once(here):
    say(here, ZHANG, "写实", SECRET)
    say(here, LI, "解卡 张伟", "解卡 张伟")
    say(here, ABOVE, "解卡 张伟", "1")
    assert [action for _, action, _ in work(here)] == ["planned", "skipped", "skipped"]
    assert len(freed(here)) == 1 and len(state(here, ZHANG)["parked"]) == 1
    assert len(here.texts("zhangwei")) == 1


@pytest.mark.row(26)
def test_a_question_beside_the_open_one_is_gone_with_it(here):
    assert "1 再看一遍问题" in say(here, ZHANG, "写实", "9", "8", "7")
    say(here, LI, "解卡 张伟")
    work(here)
    assert "这个月做了什么" in say(here, ZHANG, "继续")
    assert "效果怎样" in say(here, ZHANG, "2")


@pytest.mark.row(26)
def test_a_mere_offer_is_closed_and_nothing_is_promised(here):
    say(here, LIU, "12月底前给大四学生讲2次论文写作", "1", "签字")
    assert "还有第二件吗" in here.school.outcomes[-1].reply
    say(here, LI, "解卡 刘洋")
    work(here)
    assert here.texts("liuyang") == ["李芳同志帮您把刚才那一问放下了。要办什么直接说就行。"]
    assert not {"draft", "parked"} & state(here, LIU).keys()


@pytest.mark.row(26)
def test_a_draft_that_lay_open_for_weeks_is_kept_seven_days_from_now(here):
    say(here, ZHANG, "写实", SECRET)
    here.move(days=20)
    say(here, LI, "解卡 张伟")
    work(here)
    here.move(days=6)
    assert "自我鉴定" in say(here, ZHANG, "继续")


@pytest.mark.row(26)
def test_when_all_pushes_are_held_the_draft_is_put_aside_and_the_news_wait(here):
    say(here, ZHANG, "写实", SECRET)
    with here.bot.database.transaction() as tx:
        settings.put(tx, "hold", here.now.isoformat())
    say(here, LI, "解卡 张伟")
    work(here)
    assert "draft" not in state(here, ZHANG) and here.texts("zhangwei") == []


@pytest.mark.row(26)
def test_what_breaks_in_the_middle_leaves_everything_as_it_was(here, monkeypatch):
    say(here, ZHANG, "写实", SECRET)
    say(here, LI, "解卡 张伟")
    here.move(seconds=3)
    monkeypatch.setattr(freeing.owed, "put", lambda *given: (_ for _ in ()).throw(Conflict("just then")))
    with pytest.raises(Conflict):
        freeing.free(here.bot, here.now)
    monkeypatch.undo()
    assert state(here, ZHANG)["draft"] and freed(here) == []
    assert work(here) == [(ZHANG, "planned", "已解卡")] and len(freed(here)) == 1


@pytest.mark.row(26)
def test_somebody_who_left_the_roster_keeps_no_worker_busy(here):
    say(here, LI, "解卡 张伟")
    with here.bot.database.transaction() as tx:
        tx.connection.execute(update(owed).values(person="0000000"))
    here.move(seconds=3)
    assert [one.reason for one in freeing.free(here.bot, here.now)] == ["名单里没有这个人"]
    assert freeing.free(here.bot, here.now) == []
