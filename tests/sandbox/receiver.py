"""A tiny bot for the sandbox to call: it opens callbacks and answers as a test tells it to."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from sandbox.crypto import Sealer
from sandbox.xmltext import read, word, write

PATIENCE = 20


@dataclass(frozen=True)
class Received:
    """One callback as it arrived: the opened XML and its envelope."""

    plain: str
    query: dict[str, str]
    body: bytes

    def word(self, path: str) -> str:
        return word(read(self.plain), path)


Answer = tuple[int, bytes]


class Receiver:
    """`answer` decides per callback; `echo` changes what the URL check gets back."""

    def __init__(self, sealer: Sealer, answer: Callable[[Received], Answer] | None = None) -> None:
        self.sealer = sealer
        self.answer = answer or (lambda received: (200, b""))
        self.echo: Callable[[str], bytes] = str.encode
        self.received: list[Received] = []
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/wecom/callback"

    def __enter__(self) -> "Receiver":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, received: Received) -> Answer:
        """An answer that does not come until the test releases it."""
        self.released.wait(PATIENCE)
        return 200, b""

    def sealed(
        self, received: Received, kind: str = "text", body=(("Content", "收到"),), **changed: str
    ) -> bytes:
        """A passive reply; `changed` spoils parts of it."""
        plain = write(
            [
                ("ToUserName", changed.get("to", received.word("FromUserName"))),
                ("FromUserName", changed.get("sender", received.word("ToUserName"))),
                ("CreateTime", 1767225601),
                ("MsgType", kind),
                *body,
            ]
        )
        encrypted = self.sealer.seal(plain)
        signature = changed.get("signature", self.sealer.sign("1767225601", "n", encrypted))
        parts = [
            ("Encrypt", encrypted),
            ("MsgSignature", signature),
            ("TimeStamp", 1767225601),
            ("Nonce", "n"),
        ]
        return write(parts).encode()

    def echoing(self, received: Received) -> Answer:
        """Says the member's words back."""
        return 200, self.sealed(received, body=[("Content", "你说：" + received.word("Content"))])

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                query = {k: values[0] for k, values in parse_qs(urlsplit(self.path).query).items()}
                plain = receiver.open(query, query["echostr"])
                self._send(200, receiver.echo(plain))

            def do_POST(self):
                query = {k: values[0] for k, values in parse_qs(urlsplit(self.path).query).items()}
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received = Received(receiver.open(query, word(read(body.decode()), "Encrypt")), query, body)
                receiver.received.append(received)
                self._send(*receiver.answer(received))

            def _send(self, status: int, body: bytes):
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_):
                pass

        return Handler

    def open(self, query: dict[str, str], encrypted: str) -> str:
        return self.sealer.open(query["msg_signature"], query["timestamp"], query["nonce"], encrypted)
