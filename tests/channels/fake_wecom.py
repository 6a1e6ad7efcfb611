"""WeCom's API by hand, over real HTTP, with faults on demand; it remembers every call."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from bot.channels.wecom import Api, App, Timeouts
from tests.channels.memory_tokens import MemoryTokens
from tests.channels.vectors import CORP, RECEIVED

SECRET = "sEcReT-of-the-invented-app-0123456789abcdefg"
AGENT_ID = 1000002
APP = f"{CORP}:{AGENT_ID}"


class Call(NamedTuple):
    """What arrived."""

    path: str
    query: dict[str, str]
    body: bytes
    headers: dict[str, str]

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


class Answer(NamedTuple):
    """What goes back; `hang` holds it until the server closes, `drop` cuts the line instead."""

    body: bytes = b""
    status: int = 200
    mime: str = "application/json; charset=UTF-8"
    hang: bool = False
    drop: bool = False
    length: int | None = None
    location: str = ""
    cookie: str = ""


def error(code: int, errmsg: str = "refused") -> Answer:
    return Answer(json.dumps({"errcode": code, "errmsg": errmsg}).encode())


def answer(**fields: Any) -> Answer:
    return Answer(json.dumps({"errcode": 0, "errmsg": "ok"} | fields, ensure_ascii=False).encode())


@dataclass
class FakeWeCom:
    """`faults` are answered first and once; `answers` stand in for what the calls say by default."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    answers: dict[str, Answer] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    closing: Event = field(default_factory=Event)

    def called(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    def respond(self, call: Call) -> Answer:
        self.calls.append(call)
        if self.faults[call.path]:
            return self.faults[call.path].popleft()
        if call.path == "gettoken":
            return self.answers.get("gettoken") or answer(access_token=self.new_token(), expires_in=7200)
        if call.query.get("access_token") in self.dead:
            return error(40014, "invalid access_token")
        return self.answers.get(call.path) or answer()

    def new_token(self) -> str:
        return f"token-{len(self.called('gettoken'))}"

    def api(self, store: MemoryTokens | None = None, patience: float = 10) -> Api:
        """A client of this server that waits `patience` seconds for an answer."""
        timeouts = Timeouts(connect=10, read=patience, media=patience)
        return Api(App(CORP, AGENT_ID), SECRET, store or MemoryTokens(), lambda: RECEIVED, self.url, timeouts)


@contextmanager
def running_wecom() -> Iterator[FakeWeCom]:
    """The fake on a free port of this machine, until the block ends."""
    fake = FakeWeCom()
    server = _Server(("127.0.0.1", 0), _handler(fake))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        fake.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # Of twenty callers at once the sixth would else wait a second.


def _handler(fake: FakeWeCom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # Head and body in one packet; else each answer waits 40 ms for an acknowledgement.

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def log_message(self, *args: object) -> None:
            """Nothing to standard error."""

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            query = {
                name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()
            }
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = parts.path.removeprefix("/cgi-bin/")
            self._say(fake.respond(Call(path, query, body, dict(self.headers))))

        def _say(self, said: Answer) -> None:
            if said.hang:
                fake.closing.wait(10)
            if said.drop or said.hang:
                self.close_connection = True
                return
            self.send_response(said.status)
            self.send_header("Content-Type", said.mime)
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
            for name, value in (("Location", said.location), ("Set-Cookie", said.cookie)):
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = said.length is not None

    return Handler
