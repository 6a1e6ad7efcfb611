"""A running sandbox with a standing clock, a client of its API, a bot to call, and a browser to look at it."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from sandbox import Faults, Sandbox
from tests.sandbox.receiver import Receiver

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AGENT = 1000002

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Api:
    """Calls the server API with a living token, as a bot would."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.token = ""

    def gettoken(self, **changed):
        params = {"corpid": self.sandbox.world.corpid, "corpsecret": self.sandbox.app.secret} | changed
        return requests.get(f"{self.sandbox.url}/cgi-bin/gettoken", params=params, timeout=10).json()

    def params(self, given):
        if "access_token" not in given:
            self.token = self.token or self.gettoken()["access_token"]
        return {"access_token": self.token} | given

    def get(self, endpoint, headers=None, **params):
        url = f"{self.sandbox.url}/cgi-bin/{endpoint}"
        return requests.get(url, params=self.params(params), headers=headers, timeout=10)

    def post(self, endpoint, body=None, files=None, data=None, **params):
        url = f"{self.sandbox.url}/cgi-bin/{endpoint}"
        return requests.post(
            url, params=self.params(params), json=body, files=files, data=data, timeout=10
        ).json()

    def text(self, touser, content="通知", **more):
        body = {"touser": touser, "msgtype": "text", "agentid": AGENT, "text": {"content": content}}
        return self.post("message/send", body | more)

    def upload(self, content, kind="image", name="照片.jpg"):
        return self.post("media/upload", type=kind, files={"media": (name, content)})


@pytest.fixture
def sandbox():
    with Sandbox(clock=lambda: MORNING, faults=Faults(retry_gap_s=0)).start() as running:
        yield running


@pytest.fixture
def api(sandbox):
    return Api(sandbox)


@pytest.fixture
def bot(sandbox):
    with Receiver(sandbox.world.sealer(sandbox.app)) as receiver:
        sandbox.connect(receiver.url)
        yield receiver


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("没有 /usr/bin/chromium，网页测试没有运行（apt-get install chromium fonts-noto-cjk）")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def opened(sandbox, browser):
    """Opens the page at a size; at the end it must not have complained or called anybody else."""
    trouble = []

    def open_at(size):
        page = browser.new_page(viewport=size, locale="zh-CN")
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda r: None if r.url.startswith((sandbox.url, "blob:")) else trouble.append(r.url)
        )
        page.goto(sandbox.url)
        expect(page.locator(".phone").first).to_be_attached()
        return page

    yield open_at
    for context in browser.contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def wide(bot, opened):
    bot.answer = bot.echoing
    return opened(WIDE)


def phone(page, name):
    """The phone of this person on the page."""
    return page.get_by_role("region", name=name)
