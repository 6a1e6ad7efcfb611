"""Calls to WeCom end in an answer or in one ChannelError, however the other side behaves."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom import WeComChannel
from bot.channels.wecom.failures import outcome_unknown, untrusted_ip
from bot.messages import Parcel
from tests.channels.fake_wecom import APP, SECRET, Answer, answer, error
from tests.channels.memory_tokens import MemoryTokens
from tests.channels.vectors import CORP

HELLO = Parcel("text", text="您好")
HTML = Answer(b"<html><body>Bad gateway</body></html>", mime="text/html")


def failure(call) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        call()
    return raised.value


def sent(channel: WeComChannel) -> ChannelError:
    return failure(lambda: channel.send(["lifang"], HELLO))


def test_the_token_is_fetched_once_and_goes_with_every_call(wecom, channel):
    for _ in range(3):
        channel.send(["lifang"], HELLO)
    assert [call.query for call in wecom.called("gettoken")] == [{"corpid": CORP, "corpsecret": SECRET}]
    assert {call.query["access_token"] for call in wecom.called("message/send")} == {"token-1"}


def test_ten_threads_at_a_cold_start_fetch_one_token(wecom, channel):
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: channel.send(["lifang"], HELLO), range(30)))
    assert len(wecom.called("gettoken")) == 1
    assert len(wecom.called("message/send")) == 30


@pytest.mark.parametrize("code", [40014, 42001])
def test_a_token_that_died_early_is_replaced_and_the_message_goes_out(wecom, channel, code):
    wecom.faults["message/send"].append(error(code))
    channel.send(["lifang"], HELLO)
    assert [call.query["access_token"] for call in wecom.called("message/send")] == ["token-1", "token-2"]


def test_a_token_refused_for_ever_costs_exactly_two_calls(wecom, channel):
    wecom.answers["message/send"] = error(40014)
    assert sent(channel).failure is Failure.TRANSIENT
    assert (len(wecom.called("message/send")), len(wecom.called("gettoken"))) == (2, 2)


def test_a_dead_token_stored_by_another_process_costs_one_fetch(wecom):
    store = MemoryTokens()
    wecom.api(store).get("getcallbackip")
    wecom.dead.add("token-1")
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: wecom.api(store).get("getcallbackip"), range(20)))
    assert store.kept[APP].token == "token-2"
    assert len(wecom.called("gettoken")) == 2


@pytest.mark.parametrize("code", [40001, 40013, 40091])
def test_a_wrong_secret_stops_everything_at_the_first_try(wecom, channel, code):
    wecom.answers["gettoken"] = error(code)
    assert sent(channel).failure is Failure.STOP
    assert (len(wecom.called("gettoken")), len(wecom.called("message/send"))) == (1, 0)


def test_an_untrusted_address_stops_everything_and_is_told(wecom, channel):
    wecom.answers["message/send"] = error(
        60020, "not allow to access from your ip, from ip: 192.0.2.7, more info"
    )
    stopped = sent(channel)
    assert stopped.failure is Failure.STOP
    assert untrusted_ip(stopped) == "192.0.2.7"


def test_a_frequency_limit_slows_down(wecom, channel):
    wecom.answers["message/send"] = error(45009)
    slow = sent(channel)
    assert (slow.failure, slow.code, slow.retry_after) == (Failure.SLOW_DOWN, 45009, 60)


def test_a_busy_system_is_left_to_the_worker_and_not_asked_again(wecom, channel):
    wecom.answers["message/send"] = error(-1)
    assert sent(channel).failure is Failure.TRANSIENT
    assert len(wecom.called("message/send")) == 1


def test_an_answer_that_does_not_come_leaves_the_outcome_unknown(wecom):
    wecom.faults["message/send"].append(Answer(hang=True))
    late = sent(WeComChannel(api=wecom.api(patience=0.1)))
    assert (late.failure, late.code) == (Failure.TRANSIENT, None)
    assert "timed out" in late.detail
    assert outcome_unknown(late)


def test_a_photo_that_does_not_come_is_not_waited_for_long(wecom):
    wecom.faults["media/get"].append(Answer(hang=True))
    assert "timed out" in failure(lambda: wecom.api(patience=0.1).download("2photo")).detail


ODD = {
    "bad gateway": HTML._replace(status=502),
    "not found": HTML._replace(status=404),
    "HTML with status 200": HTML,
    "nothing": Answer(),
    "half a JSON": Answer(b'{"errcode":0,'),
    "a JSON list": Answer(b"[1]"),
    "a word for a code": Answer(b'{"errcode":"none"}'),
    "no code but null": Answer(b'{"errcode":null}'),
    "very deep JSON": Answer(b"[" * 100_000),
    "not UTF-8": Answer(b"\xff\xfe"),
    "a cut line": Answer(drop=True),
    "a body shorter than said": Answer(b'{"errcode":0', length=500),
    "a redirect": Answer(status=302, location="http://127.0.0.1:1/elsewhere"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_answer_that_is_not_wecoms_is_transient_with_unknown_outcome(wecom, channel, name):
    wecom.faults["message/send"].append(ODD[name])
    odd = sent(channel)
    assert (odd.failure, odd.code) == (Failure.TRANSIENT, None)
    assert outcome_unknown(odd)
    channel.send(["lifang"], HELLO)


@pytest.mark.parametrize("name", ODD)
def test_a_token_answer_that_is_not_wecoms_is_transient(wecom, channel, name):
    wecom.faults["gettoken"].append(ODD[name])
    assert sent(channel).failure is Failure.TRANSIENT
    channel.send(["lifang"], HELLO)


@pytest.mark.parametrize("fields", [{}, {"access_token": ""}, {"access_token": "t", "expires_in": "soon"}])
def test_a_token_answer_without_its_parts_is_transient(wecom, channel, fields):
    wecom.answers["gettoken"] = answer(**fields)
    assert sent(channel).failure is Failure.TRANSIENT


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_connection_nothing_was_sent(wecom):
    wecom.url = f"http://127.0.0.1:{closed_port()}"
    refused = sent(WeComChannel(api=wecom.api()))
    assert refused.failure is Failure.TRANSIENT
    assert not outcome_unknown(refused)


def every_text(error: BaseException) -> str:
    """What a log could print of an error: itself and all it drags along."""
    chain, seen = error, []
    while chain is not None:
        seen += [str(chain), repr(chain), str(vars(chain))]
        chain = chain.__cause__ or chain.__context__
    return " ".join(seen)


def test_no_failure_tells_a_secret(wecom):
    faults = [
        *ODD.values(),
        error(40001, f"corpsecret={SECRET}"),
        error(40035, "access_token=token-1"),
        Answer(hang=True),
    ]
    for path in ("gettoken", "message/send", "media/get"):
        for fault in faults:
            channel = WeComChannel(api=wecom.api(patience=0.1))
            wecom.faults[path].append(fault)
            told = every_text(failure(lambda: (channel.send(["lifang"], HELLO), channel.fetch("2x"))))  # noqa: B023
            assert SECRET not in told
            assert "token-1" not in told
    wecom.url = f"http://127.0.0.1:{closed_port()}"
    assert SECRET not in every_text(sent(WeComChannel(api=wecom.api())))


def test_without_an_app_nothing_is_sent():
    assert sent(WeComChannel()).failure is Failure.STOP
    assert failure(lambda: WeComChannel().fetch("2x")).failure is Failure.STOP


def test_no_cookie_is_kept(wecom, channel):
    wecom.faults["gettoken"].append(
        answer(access_token="token-1", expires_in=7200)._replace(cookie="who=you")
    )
    channel.send(["lifang"], HELLO)
    assert all("Cookie" not in call.headers for call in wecom.calls)


def test_a_body_is_sent_as_plain_utf8_json(wecom, channel):
    channel.send(["lifang"], HELLO)
    (call,) = wecom.called("message/send")
    assert "您好".encode() in call.body
    assert call.headers["Content-Type"].startswith("application/json")
    assert json.loads(call.body)["agentid"] == 1000002
