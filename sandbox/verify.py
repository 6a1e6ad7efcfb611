"""Saving the callback configuration: the GET check of the URL within one second (wecom §3.1)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox.desk import Desk, stopwatch
from sandbox.wire import TimedOut, Unreachable, exchange
from sandbox.world import App


@dataclass(frozen=True)
class Verification:
    """Whether WeCom would accept the URL, and if not, why."""

    ok: bool
    problem: str
    seconds: float


def verify_url(desk: Desk, app: App) -> Verification:
    """Sends an encrypted echostr and wants exactly its plain text back."""
    sealer = desk.world.sealer(app)
    plain = str(10**18 + secrets.randbelow(9 * 10**18))
    echostr, nonce, timestamp = sealer.seal(plain), secrets.token_hex(8), str(desk.clock.stamp())
    signature = sealer.sign(timestamp, nonce, echostr)
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echostr}
    elapsed = stopwatch()
    try:
        status, body = exchange(app.callback_url, query, None, desk.faults.verify_timeout_s)
    except (TimedOut, Unreachable) as fault:
        return Verification(False, str(fault), elapsed())
    problem = _problem(status, body, plain.encode())
    return Verification(not problem, problem, elapsed())


def _problem(status: int, body: bytes, expected: bytes) -> str:
    if status != 200:
        return f"HTTP {status}，应当是 200"
    if body == expected:
        return ""
    if body.strip().strip(b'"') == expected:
        return "答的明文多了引号、空格或换行"
    return "答的不是解密后的 echostr"
