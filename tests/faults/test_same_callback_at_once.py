"""The same callback three times at once on two web processes: one effect, and the same words for all three."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import requests

from sandbox import Sandbox, plain, xmltext
from sandbox.crypto import Sealer
from tests.faults import webs
from tests.faults.proofs import assert_whole, written
from tests.installation import ACCOUNTS, Installation

pytestmark = pytest.mark.slow

PEOPLE = ("2010018", "2011045", "2014023", "2013008", "2016011", "2007033", "2010052", "2017019")


class Platform:
    """Posts callbacks itself, so that several deliveries of one message travel at the same moment."""

    def __init__(self, sandbox: Sandbox, urls: list[str]) -> None:
        app, self._corp = sandbox.app, sandbox.world.corpid
        self._sandbox, self._agent, self._urls = sandbox, app.agentid, urls
        self._sealer = Sealer(app.token, app.aeskey, self._corp)
        self._count = 7460000000000000000

    def say(self, account: str, text: str, times: int = 1) -> list[str]:
        """One message, delivered so often at once, going round the processes; the words of every answer."""
        self._count += 1
        stamp = int(self._sandbox.now().timestamp())
        xml = plain.message(
            self._corp, account, stamp, "text", [("Content", text)], str(self._count), self._agent
        )
        together = Barrier(times)

        def deliver(n: int) -> str:
            together.wait(30)
            return self._post(self._urls[n % len(self._urls)], xml, str(n))

        with ThreadPoolExecutor(times) as threads:
            return list(threads.map(deliver, range(times)))

    def _post(self, url: str, xml: str, nonce: str) -> str:
        encrypted = self._sealer.seal(xml)
        query = {
            "msg_signature": self._sealer.sign("1", nonce, encrypted),
            "timestamp": "1",
            "nonce": nonce,
        }
        body = f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()
        answer = requests.post(url, params=query, data=body, timeout=30)
        assert answer.status_code == 200
        return self._opened(answer.content) if answer.content else ""

    def _opened(self, body: bytes) -> str:
        outer = xmltext.read(body.decode())
        parts = (xmltext.word(outer, name) for name in ("MsgSignature", "TimeStamp", "Nonce", "Encrypt"))
        return xmltext.word(xmltext.read(self._sealer.open(*parts)), "Content")


@pytest.mark.requirement("R-291")
def test_three_deliveries_at_once_to_two_processes_are_one_act_with_one_answer(
    anywhere: Installation,
) -> None:
    for person in PEOPLE:
        anywhere.school.publish(person, "给大三学生讲论文", date(2026, 12, 20))
    with webs.running(anywhere) as first, webs.running(anywhere) as second:
        platform = Platform(anywhere.sandbox, [first.url, second.url])
        for person in PEOPLE:
            answers = [
                platform.say(ACCOUNTS[person], text, times=3)
                for text in ("写实", "讲了两次", "按计划推进", "确认")
            ]
            assert [len(set(words)) for words in answers] == [1, 1, 1, 1], answers
            assert answers[-1][0].startswith("11月写实已交"), answers
    handed_in = written(anywhere.school, "report.submitted", "report")
    assert len(handed_in) == len(PEOPLE) and set(handed_in.values()) == {1}
    assert_whole(anywhere.school)
