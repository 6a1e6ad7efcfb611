"""The road of a real callback: sealed by the sandbox's own cryptography, posted to the Flask app, opened again."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot import profiles, web
from bot.bootstrap import wecom
from bot.clock import Clock
from bot.parts import Bot
from bot.settings import Settings, WeComSettings
from sandbox import plain
from sandbox.crypto import Sealer
from tests import cast
from tests.school import School

CORP, AGENT, TOKEN = "wwsim00000000000001", 1000002, "SimToken2026"
AES_KEY = "Q0hJTkFTSU1VTEFUT1JLRVlGT1JURVNUMTIzNDU2Nzg"
SEALER = Sealer(TOKEN, AES_KEY, CORP)
URL = "/wecom/callback"


class SetClock(Clock):
    """A clock that stands where the school's does."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self.school = school

    def now(self) -> datetime:
        return self.school.now


def made(school: School, home: Path, metrics_token: str = "") -> Bot:
    """The whole bot on a school's database and clock."""
    own = WeComSettings(CORP, token=TOKEN, aes_key=AES_KEY)
    settings = Settings(
        home,
        school.database.url,
        str(home / "media"),
        "http://127.0.0.1:8000",
        "harbin",
        own,
        "",
        metrics_token,
    )
    clock = SetClock(school)
    road = wecom(settings, school.database, clock)
    return Bot(settings, clock, profiles.load("harbin"), school.database, school.dispatcher, road)


def app(school: School, home: Path, metrics_token: str = "") -> Flask:
    """The web application on a school's database."""
    return web.create(made(school, home, metrics_token))


def envelope(xml: str, stamp: str = "1767225600", nonce: str = "n0nce") -> tuple[dict[str, str], bytes]:
    """Query and body of a callback around plain XML."""
    encrypted = SEALER.seal(xml)
    query = {"msg_signature": SEALER.sign(stamp, nonce, encrypted), "timestamp": stamp, "nonce": nonce}
    return query, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def opened(response: TestResponse) -> str:
    """The words of a passive reply; empty for an empty body."""
    assert response.status_code == 200
    if not response.data:
        return ""
    outer = ET.fromstring(response.data)
    parts = (outer.findtext(name, "") for name in ("MsgSignature", "TimeStamp", "Nonce", "Encrypt"))
    return ET.fromstring(SEALER.open(*parts)).findtext("Content", "")


class Sealed:
    """A road for dialogue files: every message travels as WeCom would send it."""

    def __init__(self, school: School, home: Path) -> None:
        self.school, self.count = school, 0
        self.client: FlaskClient = app(school, home).test_client()

    def say(self, person: str, text: str) -> str:
        return self.post(person, "text", [("Content", text)])

    def photo(self, person: str) -> str:
        return self.post(person, "image", [("PicUrl", "http://sim/p"), ("MediaId", f"media-{self.count}")])

    def voice(self, person: str) -> str:
        return self.post(person, "voice", [("MediaId", f"voice-{self.count}"), ("Format", "amr")])

    def post(self, person: str, kind: str, body: list[tuple[str, object]]) -> str:
        """One new message of somebody; returns the reply's words."""

        self.count += 1
        self.school.now += timedelta(seconds=1)
        account = cast.ACCOUNT.get(person, person)
        made = plain.message(
            CORP,
            account,
            int(self.school.now.timestamp()),
            kind,
            body,
            str(7460000000000000000 + self.count),
            AGENT,
        )
        query, data = envelope(made)
        return opened(self.client.post(URL, query_string=query, data=data))
