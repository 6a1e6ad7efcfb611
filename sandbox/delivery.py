"""Bringing callbacks to the app: sealed anew per attempt, in order per member, with WeCom's retries (wecom §25.6)."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from sandbox import passive
from sandbox.desk import Desk, stopwatch
from sandbox.passive import BadReply
from sandbox.records import Attempt, Callback
from sandbox.wire import TimedOut, Unreachable, exchange
from sandbox.world import App
from sandbox.xmltext import write

AT_ONCE = 64


class Postman:
    """Delivers callbacks in the background; members do not wait for each other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lanes: dict[str, deque[Callback]] = {}
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="callback")
        self._stopping = threading.Event()
        self.open = 0

    def post(self, callback: Callback, apart: bool = False) -> Callback:
        """Takes a callback for delivery; `apart` does not wait for earlier ones of the same member."""
        desk = self._desk
        with desk.lock:
            desk.callbacks.append(callback)
            if not desk.world.app(callback.agentid).callback_url:
                self._settle(callback, "failed", "应用还没有配置回调地址")
                return callback
            if desk.faults.happens(desk.faults.drop_event_rate):
                self._settle(callback, "dropped", "投递途中丢失（演练）")
                return callback
            own_lane = apart or desk.faults.reorder_window_s > 0
            member = f"{callback.agentid}:{callback.user.casefold()}"
            self._enqueue(f"apart:{callback.number}" if own_lane else member, callback)
            if desk.faults.happens(desk.faults.duplicate_rate):
                self._enqueue(f"again:{callback.number}", callback)
        return callback

    def stop(self) -> None:
        """Gives up whatever is still under way."""
        self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _enqueue(self, lane: str, callback: Callback) -> None:
        if self._stopping.is_set():
            return
        self.open += 1
        if lane in self._lanes:
            self._lanes[lane].append(callback)
        else:
            self._lanes[lane] = deque([callback])
            self._pool.submit(self._drain, lane)

    def _drain(self, lane: str) -> None:
        while callback := self._next(lane):
            try:
                self._deliver(callback)
            finally:
                with self._desk.lock:
                    self.open -= 1
                    self._desk.touch()

    def _next(self, lane: str) -> Callback | None:
        with self._desk.lock:
            if self._lanes[lane]:
                return self._lanes[lane].popleft()
            del self._lanes[lane]
            return None

    def _deliver(self, callback: Callback) -> None:
        faults = self._desk.faults
        self._stopping.wait(faults.up_to(faults.reorder_window_s))
        for _ in range(max(1, faults.deliveries_total)):
            attempt = self._attempt(callback)
            if not self._again(attempt):
                break
            self._stopping.wait(0 if attempt.outcome == "timeout" else faults.retry_gap_s)
        with self._desk.lock:
            arrived = any(a.status == 200 for a in callback.attempts)
            self._settle(callback, "delivered" if arrived else "failed", callback.attempts[-1].problem)

    def _again(self, attempt: Attempt) -> bool:
        if self._stopping.is_set():
            return False
        strict = self._desk.faults.retry_policy == "non200_too"
        return attempt.outcome in ("timeout", "unreachable") or (strict and attempt.outcome == "status")

    def _settle(self, callback: Callback, state: str, problem: str) -> None:
        callback.state = state
        if callback.bubble is None or callback.bubble.side == "app":
            self._desk.touch()
            return
        callback.bubble.state, callback.bubble.problem = state, problem
        self._desk.touch(callback.bubble)

    def _attempt(self, callback: Callback) -> Attempt:
        desk = self._desk
        with desk.lock:
            attempt = Attempt(len(callback.attempts) + 1, desk.clock.now())
            callback.attempts.append(attempt)
            app = desk.world.app(callback.agentid)
            query, body = self._sealed(app, callback.plain)
        elapsed = stopwatch()
        answer = b""
        try:
            attempt.status, answer = exchange(app.callback_url, query, body, desk.faults.attempt_timeout_s)
            attempt.outcome = "answered" if attempt.status == 200 else "status"
            attempt.problem = "" if attempt.status == 200 else f"机器人答了 HTTP {attempt.status}"
        except TimedOut as fault:
            attempt.outcome, attempt.problem = "timeout", str(fault)
        except Unreachable as fault:
            attempt.outcome, attempt.problem = "unreachable", str(fault)
        attempt.seconds = elapsed()
        if attempt.status == 200:
            self._read_reply(callback, attempt, answer)
        return attempt

    def _sealed(self, app: App, plain: str) -> tuple[dict[str, str], bytes]:
        sealer = self._desk.world.sealer(app)
        encrypted, nonce = sealer.seal(plain), secrets.token_hex(8)
        timestamp = str(self._desk.clock.stamp())
        query = {
            "msg_signature": sealer.sign(timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        body = write(
            [("ToUserName", self._desk.world.corpid), ("AgentID", str(app.agentid)), ("Encrypt", encrypted)]
        )
        return query, body.encode()

    def _read_reply(self, callback: Callback, attempt: Attempt, answer: bytes) -> None:
        desk = self._desk
        with desk.lock:
            try:
                attempt.reply = passive.opened(desk, callback, answer)
                # Of several answers to one message WeCom shows the first; a repeat of it is not a second message.
                if attempt.reply and not callback.replied:
                    passive.show(desk, callback, attempt.reply)
                    callback.replied = True
            except BadReply as fault:
                attempt.outcome, attempt.problem = "bad_reply", str(fault)
                desk.counters["bad_replies"] += 1
