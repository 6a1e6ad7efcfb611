"""A running sandbox with a standing clock, a client of its API and a bot to call."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import requests

from sandbox import Faults, Sandbox
from tests.sandbox.receiver import Receiver

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AGENT = 1000002


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
