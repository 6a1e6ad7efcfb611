"""Callbacks as the bot gets them: what is in them, the URL check, retries, order, and things that go astray."""

import threading

import pytest

from sandbox import plain
from sandbox.xmltext import read
from tests.sandbox.receiver import Receiver

HARD = 'A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀'


def test_a_text_arrives_letter_for_letter_sealed_and_signed(sandbox, bot):
    sandbox.say("ZhangWei", HARD)
    assert sandbox.wait_idle()
    (received,) = bot.received
    assert received.word("Content") == HARD
    assert (received.word("FromUserName"), received.word("ToUserName")) == ("zhangwei", sandbox.world.corpid)
    assert received.word("CreateTime") == str(int(sandbox.now().timestamp()))
    assert HARD.encode() not in received.body and "张".encode() not in received.body


def test_message_ids_rise_and_fit_into_64_bits(sandbox, bot):
    sent = [int(sandbox.say("zhangwei", "在吗").msgid) for _ in range(3)]
    assert sent == sorted(set(sent))
    assert sent[-1] < 2**63


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda s: s.send_voice("zhangwei", b"#!AMR\n"), {"MsgType": "voice", "Format": "amr"}),
        (
            lambda s: s.send_location("zhangwei", 30.25, 120.16, "示例路1号"),
            {"Location_X": "30.25", "Label": "示例路1号"},
        ),
        (
            lambda s: s.send_link("zhangwei", "标题", "描述", "https://a.example"),
            {"MsgType": "link", "Title": "标题"},
        ),
        (lambda s: s.send_unknown("zhangwei", "hologram"), {"MsgType": "hologram"}),
        (lambda s: s.enter("zhangwei"), {"Event": "enter_agent", "MsgId": ""}),
        (lambda s: s.click_menu("zhangwei", "menu.mine"), {"Event": "click", "EventKey": "menu.mine"}),
        (
            lambda s: s.view_menu("zhangwei", "https://a.example"),
            {"Event": "view", "EventKey": "https://a.example"},
        ),
        (lambda s: s.join("zhangwei"), {"Event": "subscribe"}),
        (lambda s: s.leave("zhangwei"), {"Event": "unsubscribe"}),
        (
            lambda s: s.event("zhangwei", "scancode_waitmsg", plain.scanned("menu.scan", "CMT-7")),
            {"ScanCodeInfo/ScanResult": "CMT-7"},
        ),
        (
            lambda s: s.event(
                "zhangwei", "location_select", plain.place_chosen("k", 30.25, 120.16, "会议中心")
            ),
            {"SendLocationInfo/Poiname": "会议中心"},
        ),
    ],
)
def test_every_act_has_its_own_xml(sandbox, bot, act, words):
    act(sandbox)
    assert sandbox.wait_idle()
    assert {path: bot.received[0].word(path) for path in words} == words


@pytest.mark.parametrize(
    ("name", "body", "agentid"),
    [
        ("inactive_alert", [("EffectTime", 1767225600)], "1000002"),
        ("change_contact", [("ChangeType", "update_user"), ("UserID", "zhangwei")], ""),
        ("batch_job_result", [("BatchJob", [("JobId", "j1"), ("ErrCode", 0)])], ""),
    ],
)
def test_events_of_wecom_itself_come_from_sys_and_cannot_be_answered(sandbox, bot, name, body, agentid):
    bot.answer = lambda r: (200, bot.sealed(r))
    callback = sandbox.system_event(name, body)
    assert sandbox.wait_idle()
    received = bot.received[0]
    assert (received.word("FromUserName"), received.word("Event"), received.word("AgentID")) == (
        "sys",
        name,
        agentid,
    )
    assert callback.attempts[0].outcome == "bad_reply"


def test_pictures_from_the_menu_are_announced_with_their_digests_and_follow(sandbox, bot):
    sandbox.pick_pictures("zhangwei", "menu.photo", [b"one", b"two"])
    assert sandbox.wait_idle()
    first = bot.received[0]
    assert first.word("SendPicsInfo/Count") == "2"
    assert len(read(first.plain).findall("SendPicsInfo/PicList/item/PicMd5Sum")) == 2
    assert [r.word("MsgType") for r in bot.received] == ["event", "image", "image"]


def test_an_app_that_does_not_want_to_hear_of_entering_is_not_told(sandbox, bot):
    sandbox.app.isreportenter = 0
    assert sandbox.enter("zhangwei") is None


def test_the_url_check_accepts_the_bare_plain_text_only(sandbox, bot):
    assert sandbox.verify_url().ok
    for wrong in (lambda p: p.encode() + b"\n", lambda p: b'"%s"' % p.encode(), lambda p: b"ok"):
        bot.echo = wrong
        assert not sandbox.verify_url().ok
    sandbox.connect("http://127.0.0.1:9/callback")
    assert "连不上" in sandbox.verify_url().problem


def test_the_url_check_waits_no_longer_than_its_limit(sandbox, bot):
    sandbox.faults.verify_timeout_s = 0.2
    bot.echo = lambda p: bot.hold(None)[1]
    assert "秒内没有应答" in sandbox.verify_url().problem


def test_a_bot_that_does_not_answer_is_asked_three_times_with_the_same_words(sandbox, bot):
    sandbox.faults.attempt_timeout_s = 0.2
    bot.answer = bot.hold
    callback = sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert [a.outcome for a in callback.attempts] == ["timeout"] * 3
    assert callback.state == "failed"
    assert len({r.plain for r in bot.received}) == 1
    assert len({r.query["nonce"] for r in bot.received}) == len({r.body for r in bot.received}) == 3


def test_the_second_attempt_may_be_the_one_that_is_answered(sandbox, bot):
    sandbox.faults.attempt_timeout_s = 0.3
    bot.answer = lambda r: bot.hold(r) if len(bot.received) == 1 else bot.echoing(r)
    callback = sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert [a.outcome for a in callback.attempts] == ["timeout", "answered"]
    assert [b.text for b in sandbox.see("zhangwei")] == ["你说：在吗"]


@pytest.mark.parametrize(("policy", "attempts"), [("timeout_only", 1), ("non200_too", 3)])
def test_an_answer_other_than_200_is_retried_only_under_that_policy(sandbox, bot, policy, attempts):
    sandbox.faults.retry_policy = policy
    bot.answer = lambda r: (500, b"broken")
    callback = sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert [(a.outcome, a.status) for a in callback.attempts] == [("status", 500)] * attempts
    assert sandbox.conversation("zhangwei")[0].state == "failed"


def test_a_bot_that_is_not_there_is_called_as_often_as_set(sandbox):
    sandbox.faults.deliveries_total = 4
    sandbox.connect("http://127.0.0.1:9/callback")
    callback = sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert [a.outcome for a in callback.attempts] == ["unreachable"] * 4


def test_an_app_without_an_address_is_not_called(sandbox):
    callback = sandbox.say("zhangwei", "在吗")
    assert (callback.state, callback.attempts) == ("failed", [])


def test_one_member_is_served_in_order_while_another_waits_for_nobody(sandbox, bot):
    bot.answer = lambda r: bot.hold(r) if r.word("Content") == "慢" else bot.echoing(r)
    sandbox.say("zhangwei", "慢")
    sandbox.say("zhangwei", "快")
    sandbox.say("lifang", "快")
    assert sandbox.wait_for(lambda: bool(sandbox.see("lifang")))
    assert sandbox.see("zhangwei") == []
    bot.released.set()
    assert sandbox.wait_idle()
    words = [r.word("Content") for r in bot.received if r.word("FromUserName") == "zhangwei"]
    assert words == ["慢", "快"]


def test_pictures_sent_together_arrive_in_parallel(sandbox, bot):
    together = threading.Barrier(5, timeout=10)
    bot.answer = lambda r: (200, b"" if together.wait() >= 0 else b"")
    callbacks = sandbox.send_images("zhangwei", [b"%d" % n for n in range(5)])
    assert sandbox.wait_idle()
    assert [c.state for c in callbacks] == ["delivered"] * 5


def test_a_lost_callback_is_never_delivered(sandbox, bot):
    sandbox.faults.drop_event_rate = 1
    callback = sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert (callback.state, bot.received) == ("dropped", [])


def test_a_doubled_callback_arrives_twice_and_shows_one_reply(sandbox, bot):
    sandbox.faults.duplicate_rate = 1
    bot.answer = bot.echoing
    sandbox.say("zhangwei", "在吗")
    assert sandbox.wait_idle()
    assert len(bot.received) == 2 and len({r.plain for r in bot.received}) == 1
    assert len(sandbox.see("zhangwei")) == 1


def test_within_the_reorder_window_later_ones_may_overtake(sandbox, bot):
    sandbox.faults.reorder_window_s = 0.3
    said = [f"第{n}句" for n in range(12)]
    for words in said:
        sandbox.say("zhangwei", words)
    assert sandbox.wait_idle()
    arrived = [r.word("Content") for r in bot.received]
    assert sorted(arrived) == sorted(said) and arrived != said


def test_dozens_of_members_are_served_at_once(sandbox, bot):
    bot.answer = bot.echoing
    for userid in list(sandbox.world.users) * 5:
        sandbox.say(userid, "在吗")
    assert sandbox.wait_idle(30)
    assert all(len(sandbox.see(userid)) == 5 for userid in sandbox.world.users)


def test_a_bot_with_another_key_cannot_open_anything(sandbox):
    other = type(sandbox.world.sealer(sandbox.app))("OtherToken", sandbox.app.aeskey, sandbox.world.corpid)
    with Receiver(other) as stranger:
        sandbox.connect(stranger.url)
        assert not sandbox.verify_url().ok
