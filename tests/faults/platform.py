"""WeCom's side of the callback, posted by hand: several deliveries of one message travel at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from sandbox import Sandbox, plain, xmltext
from sandbox.crypto import Sealer


class Platform:
    """Goes round several web processes."""

    def __init__(self, sandbox: Sandbox, urls: Sequence[str]) -> None:
        app, self._corp = sandbox.app, sandbox.world.corpid
        self._sandbox, self._agent, self._urls = sandbox, app.agentid, urls
        self._sealer = Sealer(app.token, app.aeskey, self._corp)
        self._count = 7460000000000000000

    def say(self, account: str, text: str, times: int = 1) -> list[str]:
        """One message, delivered so often at once; the words of every answer."""
        return self.at_once([self._message(account, text)] * times)

    def all_say(self, accounts: Sequence[str], text: str) -> list[str]:
        """The same words from several people at once; the words of every answer."""
        return self.at_once([self._message(account, text) for account in accounts])

    def at_once(self, messages: Sequence[str]) -> list[str]:
        """Deliver all of these at the same moment."""
        together = Barrier(len(messages))

        def deliver(n: int) -> str:
            together.wait(30)
            return self._post(self._urls[n % len(self._urls)], messages[n], str(n))

        with ThreadPoolExecutor(len(messages)) as threads:
            return list(threads.map(deliver, range(len(messages))))

    def _message(self, account: str, text: str) -> str:
        self._count += 1
        stamp, body = int(self._sandbox.now().timestamp()), [("Content", text)]
        return plain.message(self._corp, account, stamp, "text", body, str(self._count), self._agent)

    def _post(self, url: str, xml: str, nonce: str) -> str:
        encrypted = self._sealer.seal(xml)
        signature = self._sealer.sign("1", nonce, encrypted)
        query = {"msg_signature": signature, "timestamp": "1", "nonce": nonce}
        body = f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()
        answer = requests.post(url, params=query, data=body, timeout=30)
        assert answer.status_code == 200
        return self._opened(answer.content) if answer.content else ""

    def _opened(self, body: bytes) -> str:
        outer = xmltext.read(body.decode())
        parts = (xmltext.word(outer, name) for name in ("MsgSignature", "TimeStamp", "Nonce", "Encrypt"))
        return xmltext.word(xmltext.read(self._sealer.open(*parts)), "Content")
