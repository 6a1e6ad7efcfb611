"""What is owed is sent once, in time, to whom it is owed, and every obstacle ends in a state people can read."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import openpyxl
import pytest

from bot import brakes
from bot.channels.base import ChannelError, Failure
from bot.delivery import deliver, deliver_some
from storage import settings
from storage.owed import Owed
from storage.photos import Photos
from tests.installation import ACCOUNTS, NOON, note, without_sending
from tests.storage.test_photos import photographed

ODD = 'A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀'


def test_news_reaches_the_phone_and_the_row_is_done(anywhere):
    anywhere.owe(note(1, text=ODD))
    (decision,) = deliver(anywhere.bot, NOON)
    assert anywhere.texts("zhangwei") == [ODD]
    assert anywhere.states() == {"news|1": ("done", "")}
    assert (decision.person, decision.action) == ("2010018", "sent")
    assert deliver(anywhere.bot, NOON) == []


def test_what_is_not_due_yet_waits(here):
    here.owe(note(1, now=NOON + timedelta(seconds=2)))
    assert deliver(here.bot, NOON) == []
    assert deliver(here.bot, NOON + timedelta(seconds=2)) != []


def test_four_workers_send_each_of_180_rows_once(anywhere):
    people = list(ACCOUNTS)[:20]
    anywhere.owe(*(note(f"{n}-{who}", who) for n in range(9) for who in people))

    def work() -> None:
        while deliver_some(anywhere.bot, NOON):
            pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    said = [(who, text) for who in people for text in anywhere.texts(ACCOUNTS[who])]
    assert len(said) == len(set(said)) == 180
    assert {state for state, _ in anywhere.states().values()} == {"done"}


@pytest.mark.requirement("R-294")
def test_thirty_five_messages_within_a_minute_to_one_member_all_arrive(anywhere):
    anywhere.owe(*(note(n) for n in range(35)))
    deliver(anywhere.bot, NOON)
    assert len(anywhere.texts("zhangwei")) == 25
    deliver(anywhere.bot, anywhere.move(seconds=61))
    assert len(set(anywhere.texts("zhangwei"))) == 35
    assert "silently_dropped" not in anywhere.sandbox.counters


def test_four_workers_together_do_not_outrun_a_member(anywhere):
    anywhere.owe(*(note(n) for n in range(60)))
    workers = [threading.Thread(target=deliver, args=(anywhere.bot, NOON)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(anywhere.texts("zhangwei")) == 25


def test_equal_texts_to_many_people_are_one_call(here):
    here.owe(*(note(who, who, "六月写实开始了") for who in ACCOUNTS))
    deliver(here.bot, NOON)
    assert here.sends() == 1
    assert all(here.texts(account) == ["六月写实开始了"] for account in ACCOUNTS.values())


def test_whoever_is_owed_the_same_words_twice_gets_them_twice(here):
    here.owe(*(note(n, text="请看") for n in range(3)))
    deliver(here.bot, NOON)
    assert here.texts("zhangwei") == ["请看"] * 3


def test_somebody_without_an_account_is_marked_as_such(here):
    here.owe(note(1, "1975003"))
    assert [one.action for one in deliver(here.bot, NOON)] == ["skipped"]
    assert here.states() == {"news|1": ("failed", "未绑定企业微信账号")}


def test_who_cannot_be_reached_is_told_to_the_secretary_once(here):
    here.sandbox.leave("zhangwei")
    here.owe(note(1, text="好"), note(2, "2011045", "好"))
    deliver(here.bot, NOON)
    here.owe(note(3))
    deliver(here.bot, here.move(minutes=1))
    assert here.texts("liuyang") == ["好"]
    assert [here.states()[f"news|{n}"][0] for n in (1, 2, 3)] == ["failed", "done", "failed"]
    (said,) = here.texts("lifang")
    assert said.startswith("张伟（2010018）收不到我的消息") and "管理员" in said


def test_while_the_secretary_herself_cannot_be_reached_the_administrator_is_told(here):
    here.sandbox.leave("lifang")
    here.owe(note(1, "2005007"))
    deliver(here.bot, NOON)
    assert "李芳" in here.texts("mengfan")[0]


def test_an_hour_without_the_api_loses_nothing_and_doubles_nothing(anywhere):
    anywhere.owe(*(note(n, who) for n, who in enumerate(list(ACCOUNTS)[:5])))
    anywhere.sandbox.faults.change(api_down=True)
    for _ in range(130):
        deliver(anywhere.bot, anywhere.move(seconds=30))
    anywhere.sandbox.faults.change(api_down=False)
    for _ in range(150):
        deliver(anywhere.bot, anywhere.move(seconds=30))
    assert {state for state, _ in anywhere.states().values()} == {"done"}
    assert [len(anywhere.texts(ACCOUNTS[who])) for who in list(ACCOUNTS)[:5]] == [1] * 5


def test_what_failed_five_times_is_doubtful_and_left_to_people(here):
    here.owe(note(1))
    here.sandbox.faults.fail_next("message/send", -1, 99)
    for _ in range(12):
        deliver(here.bot, here.move(hours=1))
    assert here.states()["news|1"][0] == "doubtful"
    assert here.sends() == 5


def test_an_answer_that_never_came_is_asked_for_again_as_the_same_call(here):
    here.owe(*(note(who, who, "请写实") for who in list(ACCOUNTS)[:3]))
    send = here.bot.wecom.send

    def lose_the_answer(accounts, parcel):
        send(accounts, parcel)
        raise ChannelError(Failure.TRANSIENT, None, "outcome unknown: timed out")

    here.bot.wecom.send = lose_the_answer
    deliver(here.bot, NOON)
    assert {state for state, _ in here.states().values()} == {"in_flight"}
    here.bot.wecom.send = send
    deliver(here.bot, here.move(seconds=31))
    first, second = (call.body for call in here.sandbox.calls("message/send"))
    assert second["touser"] == first["touser"] and second["enable_duplicate_check"] == 1
    assert "enable_duplicate_check" not in first
    assert {state for state, _ in here.states().values()} == {"done"}


def test_a_worker_that_died_is_followed_by_another_when_its_lease_is_over(anywhere):
    anywhere.owe(note(1))

    class Died(BaseException):
        pass

    def die(*_: object) -> None:
        raise Died

    send = anywhere.bot.wecom.send
    anywhere.bot.wecom.send = die
    with pytest.raises(Died):
        deliver(anywhere.bot, NOON)
    anywhere.bot.wecom.send = send
    assert deliver(anywhere.bot, anywhere.move(seconds=20)) == []
    deliver(anywhere.bot, anywhere.move(minutes=5))
    assert anywhere.texts("zhangwei") == ["消息1"]


def test_a_token_revoked_by_another_process_is_replaced_at_once(here):
    here.owe(note(1))
    deliver(here.bot, NOON)
    here.sandbox.kill_tokens()
    here.owe(note(2))
    deliver(here.bot, NOON)
    assert here.texts("zhangwei") == ["消息1", "消息2"]


def test_a_wrong_configuration_stops_all_and_says_why_until_it_is_mended(here):
    here.sandbox.app.trusted_ips = ["203.0.113.9"]
    here.owe(note(1), note(2, "2011045"))
    deliver(here.bot, NOON)
    with here.bot.database.transaction() as tx:
        assert "127.0.0.1" in brakes.read(tx).stopped and "可信IP" in brakes.read(tx).stopped
    calls = here.sends()
    assert deliver(here.bot, here.move(minutes=5)) == [] and here.sends() == calls
    here.sandbox.app.trusted_ips = []
    deliver(here.bot, here.move(minutes=6))
    deliver(here.bot, here.now)
    assert here.texts("zhangwei") + here.texts("liuyang") == ["消息1", "消息2"]
    with here.bot.database.transaction() as tx:
        assert brakes.read(tx) == brakes.Brakes()


def test_a_frequency_limit_rests_the_road_without_counting_as_a_try(here):
    here.owe(note(1))
    here.sandbox.faults.fail_next("message/send", 45009, 1)
    deliver(here.bot, NOON)
    assert here.sends() == 1 and deliver(here.bot, here.move(seconds=59)) == []
    deliver(here.bot, here.move(seconds=2))
    assert here.texts("zhangwei") == ["消息1"]


def test_a_body_that_is_refused_fails_alone(here):
    here.owe(note(1), note(2, "2011045"))
    here.sandbox.faults.fail_next("message/send", 40058, 1)
    deliver(here.bot, NOON)
    assert sorted(state for state, _ in here.states().values()) == ["done", "failed"]


@pytest.mark.requirement("R-351")
def test_nothing_but_answers_leaves_between_hold_and_release(anywhere):
    with anywhere.bot.database.transaction() as tx:
        settings.put(tx, "hold", "1")
    answer = Owed("late|m-1", "text", {"text": "答复"}, NOON, NOON, channel="wecom", account="zhangwei")
    sheet = Owed(
        "file|m-1|0",
        "file",
        {"name": "名单.xlsx", "rows": [["姓名"]]},
        NOON,
        NOON,
        "2010018",
        "wecom",
        "zhangwei",
    )
    anywhere.owe(note(1), note(2, duty="K-05", unit="教工第一党支部"), answer, sheet)
    deliver(anywhere.bot, NOON)
    assert [bubble.kind for bubble in anywhere.bubbles("zhangwei")] == ["file", "text"] or [
        bubble.kind for bubble in anywhere.bubbles("zhangwei")
    ] == ["text", "file"]
    with anywhere.bot.database.transaction() as tx:
        settings.put(tx, "hold", "")
    deliver(anywhere.bot, anywhere.move(minutes=1))
    assert set(anywhere.texts("zhangwei")) == {"答复", "消息1", "消息2"}


@pytest.mark.requirement("R-293")
def test_a_long_list_comes_as_a_sheet_whose_cells_are_words(here):
    rows = [["姓名", "情况"], ["张伟", ODD], ["=1+1", "-5"], ["\x01坏", "2026-01-01"]]
    here.owe(
        Owed(
            "file|m|0",
            "file",
            {"name": "名单.xlsx", "rows": rows},
            NOON,
            NOON,
            "2010018",
            "wecom",
            "zhangwei",
        )
    )
    deliver(here.bot, NOON)
    (bubble,) = here.bubbles("zhangwei")
    sheet = openpyxl.load_workbook(io.BytesIO(here.sandbox.media(bubble.media_id).content)).active
    assert [[cell.value for cell in row] for row in sheet] == [*rows[:3], ["坏", "2026-01-01"]]
    assert {cell.data_type for row in sheet for cell in row} == {"s"}


@pytest.mark.requirement("R-131")
def test_a_picture_leaves_the_store_as_its_clean_copy(here):
    sha = Photos(here.bot.settings.media).put(photographed())
    body = {"blob": sha, "name": "现场.png", "mime": "image/jpeg"}
    here.owe(Owed("photo", "file", body, NOON, NOON, person="2010018"))
    deliver(here.bot, NOON)
    (bubble,) = here.bubbles("zhangwei")
    sent = here.sandbox.media(bubble.media_id)
    assert bubble.kind == "image" and sent.name == "现场.jpg" and b"Phone" not in sent.content


def test_a_picture_that_is_no_longer_in_the_store_fails_with_a_reason(here):
    body = {"blob": "a" * 64, "name": "现场.jpg", "mime": "image/jpeg"}
    here.owe(Owed("photo", "file", body, NOON, NOON, person="2010018"))
    deliver(here.bot, NOON)
    assert here.states()["photo"][0] == "failed" and "不在了" in here.states()["photo"][1]


def test_before_wecom_is_set_up_rows_wait_and_nothing_breaks(here):
    here.owe(note(1))
    assert deliver(without_sending(here.bot), NOON) == []
    assert here.states()["news|1"] == ("waiting", "")
