"""The same controls over HTTP, as the page and tests in other processes use them."""

import threading

import pytest
import requests

from tests.sandbox.pictures import picture


class Remote:
    """Calls the control API; returns the parsed answer and asserts the status."""

    def __init__(self, url):
        self.url = f"{url}/sandbox/api"

    def get(self, path, **params):
        return self._checked(requests.get(f"{self.url}/{path}", params=params, timeout=40))

    def post(self, path, **body):
        return self._checked(requests.post(f"{self.url}/{path}", json=body, timeout=40))

    def upload(self, path, files, **form):
        parts = [("file", file) for file in files]
        return self._checked(requests.post(f"{self.url}/{path}", data=form, files=parts, timeout=40))

    def _checked(self, answer):
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def remote(sandbox):
    return Remote(sandbox.url)


def test_a_conversation_can_be_led_from_another_process(sandbox, bot, remote):
    bot.answer = bot.echoing
    state = remote.get("state")
    assert (state["app"]["agentid"], state["corp"]["name"]) == (1000002, "示例理工大学")
    assert [f["role"] for f in state["featured"]] == ["党员", "领导", "书记", "管理员"]
    remote.post("say", user="zhangwei", text="在吗")
    assert remote.post("wait_idle", timeout=10) == {"idle": True}
    assert [m["text"] for m in remote.get("inbox", user="zhangwei")["messages"]] == ["你说：在吗"]
    assert [m["side"] for m in remote.get("inbox", user="zhangwei", both=1)["messages"]] == ["member", "app"]
    (callback,) = remote.get("deliveries", user="zhangwei")["callbacks"]
    assert (callback["state"], callback["attempts"][0]["status"]) == ("delivered", 200)


def test_several_pictures_in_one_request_become_several_messages(sandbox, bot, remote):
    files = [(f"{n}.jpg", picture()) for n in range(3)]
    remote.upload("image", files, user="zhangwei")
    assert sandbox.wait_idle()
    assert [r.word("MsgType") for r in bot.received] == ["image"] * 3
    shown = remote.get("inbox", user="zhangwei", both=1)["messages"]
    assert {m["media"]["mime"] for m in shown} == {"image/jpeg"}


def test_every_act_has_its_call(sandbox, bot, remote):
    remote.post("enter", user="zhangwei")
    remote.post("menu", user="zhangwei", key="menu.mine", note="我的")
    remote.post("menu", user="zhangwei", url="https://a.example")
    remote.post("location", user="zhangwei", latitude=30.25, longitude=120.16, label="示例路")
    remote.post("link", user="zhangwei", title="t", description="d", url="https://a.example")
    remote.post("event", user="zhangwei", event="LOCATION", fields={"Latitude": 30.25})
    remote.upload("medium", [("v.amr", b"#!AMR\n")], user="zhangwei", kind="voice")
    remote.upload("medium", [("v.mp4", b"video")], user="zhangwei", kind="video")
    assert sandbox.wait_idle()
    kinds = [r.word("Event") or r.word("MsgType") for r in bot.received]
    assert kinds == ["enter_agent", "click", "view", "location", "link", "LOCATION", "voice", "video"]


def test_the_clock_is_read_and_moved(sandbox, remote):
    assert remote.get("clock") == {"now": "2026-11-23T09:00:00+08:00"}
    assert remote.post("clock", seconds=3600) == {"now": "2026-11-23T10:00:00+08:00"}
    assert remote.post("clock", to="2026-11-25T09:07") == {"now": "2026-11-25T09:07:00+08:00"}


def test_faults_are_switched_and_wrong_ones_refused(sandbox, remote):
    assert remote.post("faults", busy_rate=1, api_hangs=False)["busy_rate"] == 1
    assert sandbox.faults.busy_rate == 1
    for wrong in ({"gravity": 1}, {"busy_rate": "x"}, {"api_hangs": 1}, {"latency_ms": -1}, {"_ordered": {}}):
        answer = requests.post(f"{remote.url}/faults", json=wrong, timeout=5)
        assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_errors_are_ordered_and_tokens_killed(sandbox, api, remote):
    api.get("agent/list")
    remote.post("fail_next", endpoint="agent/list", errcode=-1)
    assert api.get("agent/list").json()["errcode"] == -1
    remote.post("kill_tokens")
    assert api.get("agent/list").json()["errcode"] == 40014
    assert [c["errcode"] for c in remote.get("calls", endpoint="agent/list")["calls"]] == [0, -1, 40014]
    assert remote.get("counters")["agent/list"] == 3


def test_the_callback_address_is_set_and_checked(sandbox, bot, remote):
    remote.post("callback", url=bot.url)
    assert remote.post("verify")["ok"] is True


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {"user": "nobody", "text": "x"}),
        ("say", {"user": "zhangwei", "text": "  "}),
        ("say", {"text": "x"}),
        ("clock", {"to": "tomorrow"}),
        ("press", {"user": "zhangwei", "task_id": "none", "key": "k"}),
        ("image", {"user": "zhangwei"}),
    ],
)
def test_a_wrong_call_is_answered_with_a_sentence(remote, path, body):
    answer = requests.post(f"{remote.url}/{path}", json=body, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_foreign_page_cannot_act_for_members(remote):
    headers = {"Origin": "https://evil.example"}
    answer = requests.post(
        f"{remote.url}/say", json={"user": "zhangwei", "text": "x"}, headers=headers, timeout=5
    )
    assert answer.status_code == 403


def test_the_feed_gives_only_what_changed_and_wakes_at_a_change(sandbox, api, remote):
    api.text("zhangwei|lifang", "第一条")
    first = remote.get("feed", users="zhangwei")
    assert [b["text"] for b in first["users"]["zhangwei"]] == ["第一条"]
    assert first["unread"] == {"zhangwei": 1, "lifang": 1}
    late = threading.Thread(target=api.text, args=("zhangwei", "第二条"))
    late.start()
    woken = remote.get("feed", users="zhangwei", since=first["revision"], wait=20)
    while not woken["users"]["zhangwei"]:
        woken = remote.get("feed", users="zhangwei", since=woken["revision"], wait=20)
    late.join()
    assert [b["text"] for b in woken["users"]["zhangwei"]] == ["第二条"]


def test_reading_a_phone_clears_its_count(sandbox, api, remote):
    api.text("zhangwei")
    remote.post("read", user="zhangwei", upto=sandbox.see("zhangwei")[-1].number)
    assert remote.get("feed")["unread"] == {}


def test_the_hook_gives_moments_to_jump_to(sandbox, remote):
    sandbox.jumps = lambda: [("下一次提醒", sandbox.now().replace(day=25, hour=9, minute=7))]
    assert remote.get("feed")["jumps"] == [["下一次提醒", "2026-11-25T09:07:00+08:00"]]
