"""The state of a running sandbox, all of it behind one lock that also wakes whoever waits for a change."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.limits import Windows
from sandbox.logins import Logins
from sandbox.media import MediaStore
from sandbox.records import ApiCall, Bubble, Callback, Sent
from sandbox.tokens import Tokens
from sandbox.world import World

KEPT = 20000
FIRST_MSGID = 7_000_000_000_000_000_000


class Desk:
    """Everything that can change. Whoever reads or writes it holds `lock`."""

    def __init__(self, world: World, clock: Clock, faults: Faults) -> None:
        self.world, self.clock, self.faults = world, clock, faults
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.revision = 0
        self.stopped = False
        self.base_url = ""
        self.run = secrets.token_hex(8)
        self.tokens, self.media, self.logins = Tokens(), MediaStore(), Logins()
        self.windows = Windows()
        self.counters: Counter[str] = Counter()
        self.calls: deque[ApiCall] = deque(maxlen=KEPT)
        self.callbacks: deque[Callback] = deque(maxlen=KEPT)
        self.sent: dict[str, Sent] = {}
        self.sent_bodies: dict[str, Sent] = {}
        self.tasks: set[tuple[int, str]] = set()
        self.codes: dict[str, Sent] = {}
        self.inbox: dict[str, list[Bubble]] = defaultdict(list)
        self.read: Counter[str] = Counter()
        self._numbers = itertools.count(1)
        self._msgids = self._rising_msgids()

    def _rising_msgids(self) -> Iterator[int]:
        # A restarted sandbox must not repeat the ids of the last run: the bot under test remembers them for ever.
        return itertools.count(FIRST_MSGID + int(self.clock.now().timestamp() * 1000) * 1000)

    def number(self) -> int:
        """The next of one rising sequence, for bubbles, callbacks and hints."""
        return next(self._numbers)

    def msgid(self) -> str:
        """The next MsgId of a callback, a rising 64-bit integer."""
        return str(next(self._msgids))

    def touch(self, *bubbles: Bubble) -> None:
        """Marks these bubbles as changed now and wakes everybody who waits."""
        self.revision += 1
        for bubble in bubbles:
            bubble.revision = self.revision
        self.changed.notify_all()

    def show(self, user: str, **parts: Any) -> Bubble:
        """Adds a bubble to a member's phone."""
        bubble = Bubble(number=self.number(), user=user, at=self.clock.now(), **parts)
        self.inbox[user.casefold()].append(bubble)
        self.touch(bubble)
        return bubble

    def wait_for(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Waits until `condition` holds, looking at every change; False when `timeout` seconds passed."""
        with self.lock:
            return self.changed.wait_for(lambda: self.stopped or condition(), timeout) and condition()

    def stop(self) -> None:
        """Lets everybody go who waits."""
        with self.lock:
            self.stopped = True
            self.touch()


def stopwatch() -> Callable[[], float]:
    """Seconds since this call, whatever the sandbox's clock does."""
    start = time.monotonic()
    return lambda: time.monotonic() - start
