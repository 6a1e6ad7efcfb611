"""Which refusal comes first: path, token, app, address, ordered faults, frequency, syntax, the endpoint's own rules."""

import threading
from datetime import timedelta

import pytest
import requests

from tests.sandbox.conftest import AGENT


def test_an_unknown_path_or_a_wrong_method_is_not_found(sandbox):
    assert requests.get(f"{sandbox.url}/cgi-bin/no/such", timeout=5).status_code == 404
    assert requests.get(f"{sandbox.url}/cgi-bin/message/send", timeout=5).status_code == 404


def test_token_faults_come_before_everything_else(sandbox, api):
    sandbox.app.disabled = True
    assert requests.get(f"{sandbox.url}/cgi-bin/user/get", timeout=5).json()["errcode"] == 41001
    assert api.get("user/get", access_token="invented").json()["errcode"] == 40014


def test_a_token_past_its_two_hours_is_expired_and_a_new_one_is_issued(sandbox, api):
    first = api.gettoken()
    assert first["expires_in"] == 7200
    assert api.gettoken()["access_token"] == first["access_token"]
    sandbox.advance(7200)
    assert api.get("agent/list", access_token=first["access_token"]).json()["errcode"] == 42001
    assert api.gettoken()["access_token"] != first["access_token"]


def test_a_token_killed_early_is_invalid_and_the_next_one_works(sandbox, api):
    api.get("agent/list")
    sandbox.kill_tokens()
    assert api.get("agent/list").json()["errcode"] == 40014
    api.token = ""
    assert api.get("agent/list").json()["errcode"] == 0


def test_a_disabled_app_is_refused_before_its_address_is_looked_at(sandbox, api):
    sandbox.app.trusted_ips = ["192.0.2.7"]
    sandbox.app.disabled = True
    assert api.text("zhangwei")["errcode"] == 50003
    sandbox.app.disabled = False
    refusal = api.text("zhangwei")
    assert refusal["errcode"] == 60020
    assert "from ip: 127.0.0.1" in refusal["errmsg"]


@pytest.mark.parametrize("trusted", ["127.0.0.1", "127.0.*"])
def test_a_trusted_address_may_call(sandbox, api, trusted):
    sandbox.app.trusted_ips = [trusted]
    assert api.text("zhangwei")["errcode"] == 0


def test_an_ordered_fault_comes_before_syntax_and_only_as_often_as_ordered(sandbox, api):
    sandbox.fail_next("message/send", -1, times=2)
    assert [api.post("message/send", data=b"{")["errcode"] for _ in range(3)] == [-1, -1, 47001]
    sandbox.fail_next("*", 45009)
    assert api.get("agent/list").json()["errcode"] == 45009
    assert api.get("agent/list").json()["errcode"] == 0


def test_the_base_frequency_is_limited_per_minute_but_not_for_sending(sandbox, api):
    sandbox.faults.base_per_minute = 2
    assert [api.get("agent/list").json()["errcode"] for _ in range(3)] == [0, 0, 45009]
    assert [api.text("zhangwei")["errcode"] for _ in range(3)] == [0, 0, 0]
    sandbox.advance(61)
    assert api.get("agent/list").json()["errcode"] == 0


def test_a_body_that_is_not_an_object_is_refused(api):
    assert api.post("message/send", data=b"[1]")["errcode"] == 40035


def test_gettoken_tells_corp_and_secret_apart(api):
    assert api.gettoken(corpid="wwother")["errcode"] == 40013
    assert api.gettoken(corpsecret="wrong")["errcode"] == 40001
    assert api.gettoken(corpsecret="")["errcode"] == 41004


def test_five_wrong_secrets_shut_an_address_out_for_an_hour(sandbox, api):
    for _ in range(5):
        api.gettoken(corpsecret="wrong")
    assert api.gettoken()["errcode"] == 45009
    sandbox.advance(3601)
    assert api.gettoken()["errcode"] == 0


def test_every_call_is_recorded_without_token_and_secret(sandbox, api):
    api.text("zhangwei", "记下来")
    (call,) = sandbox.calls("message/send")
    assert (call.agentid, call.errcode, call.body["text"]["content"]) == (AGENT, 0, "记下来")
    assert all("simtok" not in str(c.args) and "SimSecret" not in str(c.args) for c in sandbox.calls())


def test_a_broken_proxy_answers_502_or_a_page(sandbox, api):
    api.gettoken()
    sandbox.faults.http502_rate = 1
    assert api.get("agent/list", access_token="x").status_code == 502
    sandbox.faults.http502_rate, sandbox.faults.html200_rate = 0, 1
    page = api.get("agent/list", access_token="x")
    assert (page.status_code, page.headers["Content-Type"].split(";")[0]) == (200, "text/html")


def test_an_api_that_is_down_closes_the_connection_and_comes_back(sandbox, api):
    api.gettoken()
    sandbox.faults.api_down = True
    with pytest.raises(requests.ConnectionError):
        api.get("agent/list", access_token="x")
    sandbox.faults.api_down = False
    assert api.get("agent/list").json()["errcode"] == 0


def test_an_api_that_hangs_says_nothing_while_the_phones_still_work(sandbox):
    sandbox.faults.api_hangs = True
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{sandbox.url}/cgi-bin/gettoken", timeout=0.3)
    assert requests.get(f"{sandbox.url}/sandbox/api/clock", timeout=5).status_code == 200


def test_a_stopped_sandbox_refuses_connections_that_are_still_open(sandbox):
    session = requests.Session()
    session.get(f"{sandbox.url}/sandbox/api/clock", timeout=5)
    sandbox.stop()
    with pytest.raises(requests.ConnectionError):
        session.get(f"{sandbox.url}/sandbox/api/clock", timeout=5)


def test_forty_callers_at_once_are_all_served(sandbox, api):
    api.gettoken()
    api.params({})
    sandbox.faults.per_member_minute = 1000
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(api.text("zhangwei"))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [a["errcode"] for a in answers] == [0] * 40
    assert len({a["msgid"] for a in answers}) == len(sandbox.see("zhangwei")) == 40


def test_the_clock_moves_for_everybody(sandbox):
    seen = []
    sandbox.on_clock(seen.append)
    before = sandbox.now()
    sandbox.advance(3600)
    sandbox.move_to((before + timedelta(days=2)).replace(tzinfo=None))
    assert seen == [before + timedelta(hours=1), before + timedelta(days=2)]
    assert sandbox.now() == before + timedelta(days=2)
