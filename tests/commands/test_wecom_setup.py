"""`xieshi wecom setup` says each step in order and sees whether it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from werkzeug.serving import make_server

from bot import bootstrap, web
from bot.settings import load
from tests.commands.conftest import Run
from tests.installation import Installation
from tests.scheduler.processes import environment

EMPTY = {f"XIESHI_WECOM_{name}": "" for name in ("TOKEN", "AES_KEY")}
NOTHING = EMPTY | {f"XIESHI_WECOM_{name}": "" for name in ("CORP_ID", "AGENT_ID", "SECRET")}


def keys(here: Installation) -> tuple[str, str]:
    """Token and AES key from the `.env` that the command wrote."""
    text = (here.bot.settings.home / ".env").read_text()
    found = dict(re.findall(r"^XIESHI_WECOM_(TOKEN|AES_KEY)=(\w+)$", text, re.MULTILINE))
    return found["TOKEN"], found["AES_KEY"]


def test_with_nothing_set_the_steps_are_said_in_order_and_no_key_is_made_too_early(here, run):
    done = run("wecom", "setup", "--no-wait", **NOTHING)
    assert done.exit_code == 1 and "还有5步" in done.stderr
    titles = re.findall(r"^第(\d)步 (.+)$", done.stdout, re.MULTILINE)
    expected = ["创建应用", "接收消息", "企业可信IP", "可见范围", "测试消息"]
    assert titles == [(str(n), title) for n, title in enumerate(expected, 1)]
    assert "XIESHI_WECOM_CORP_ID" in done.stdout
    assert not (here.bot.settings.home / ".env").exists()


def test_token_and_key_are_made_once_kept_for_the_owner_and_shown(here, run):
    first = run("wecom", "setup", "--no-wait", **EMPTY)
    path = here.bot.settings.home / ".env"
    token, key = keys(here)
    assert len(key) == 43 and len(token) == 32 and str(path) in first.stdout
    assert token in first.stdout and key in first.stdout
    assert path.stat().st_mode & 0o077 == 0
    environ = {name: value for name, value in environment(here).items() if name not in EMPTY}
    assert load(environ, here.bot.settings.home).wecom.receives
    before = path.read_text()
    run("wecom", "setup", "--no-wait", **EMPTY)
    assert path.read_text() == before


def test_an_untrusted_address_is_named(here, run):
    here.sandbox.app.trusted_ips = ["203.0.113.9"]
    done = run("wecom", "setup", "--no-wait")
    assert "企业微信不认识本机的地址127.0.0.1" in done.stdout


def test_whoever_the_app_cannot_see_is_named(here, run):
    here.sandbox.app.visible.departments = [3]
    done = run("wecom", "setup", "--no-wait")
    outside = next(line for line in done.stdout.splitlines() if "可见范围内" in line)
    assert "赵强（2006015）" in outside and "刘洋" not in outside


@contextmanager
def serving(here: Installation) -> Iterator[str]:
    """The web application of the bot on a free port."""
    server = make_server(
        "127.0.0.1", 0, web.create(bootstrap.bot(here.bot.settings, here.clock)), threaded=True
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/wecom/callback"
    finally:
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("wait", ["--no-wait", "--wait"])
def test_when_url_address_range_and_test_message_are_right_all_is_done(
    here: Installation, run: Run, wait: str
):
    with serving(here) as url:
        here.sandbox.connect(url)
        assert here.sandbox.verify_url().ok
        first = run("wecom", "setup", "--no-wait")
        assert "还有1步" in first.stderr and first.stdout.count("已完成") == 4
        here.move(seconds=5)
        here.sandbox.say("mengfan", "收到")
        assert here.sandbox.wait_idle(10)
    done = run("wecom", "setup", wait)
    assert done.exit_code == 0 and done.stdout.count("已完成") == 5
    assert here.texts("mengfan").count("这是“写实”的测试消息。收到请随便回复一句话，例：收到。") == 1
