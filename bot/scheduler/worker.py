"""`xieshi work`: threads that send, fetch and run the ticks, and a clock that says which tick's time has come.

Any number of workers may run; rows are claimed and ticks are safe to repeat (house, 6).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread

from bot.decisions import Decision
from bot.faults import place_of
from bot.fetching import fetch
from bot.parts import Bot
from bot.scheduler import stops
from bot.scheduler.clock import waking
from bot.scheduler.leisure import count
from bot.scheduler.showing import show
from bot.scheduler.ticks import SLOW, TICKS, send_some
from domain.clockwork import HEARTBEAT
from storage.db import Conflict, Unavailable

log = logging.getLogger("xieshi.worker")

LOOK, TROUBLE = 0.5, 5.0
"""Seconds between two looks, and after trouble with the database."""
PATIENCE = (2.5, 0.2, 0.2, 0.2, 0.2)
"""Seconds which sender, fetchers, ticks and slow ticks have to come to an end; a call that hangs longer is taken up again
when its lease is over."""
REST = 0.02
"""Seconds between two steps of planning on SQLite, whose lock is polled by whoever writes to the bot meanwhile."""
JUMP = timedelta(seconds=20)
MOST_APART = timedelta(seconds=5)
"""So far may two clocks differ before the log says so."""


class Worker:
    """Runs until `stop` is set."""

    def __init__(self, bot: Bot, stop: Event) -> None:
        self._bot, self._stop = bot, stop
        self._due, self._slow = SimpleQueue[str](), SimpleQueue[str]()
        self._was_silent = True

    def run(self) -> None:
        """Work; returns within five seconds after `stop`."""
        _safely(lambda: agree(self._bot))
        self._bot.database.rest = REST
        scheduler = waking(self._wake)
        scheduler.start()
        # One sender: whatever kills the process finds one call at most between the platform and the database.
        jobs = (self._send, self._fetch, self._fetch, self._tick, self._tick_slowly)
        threads = [Thread(target=job, daemon=True) for job in jobs]
        for thread in threads:
            thread.start()
        for name in ("heartbeat", "plan", "contacts", "calendar", "outlook"):
            self._wake(name)
        self._watch_for_jumps()
        scheduler.shutdown(wait=False)
        for thread, seconds in zip(threads, PATIENCE, strict=True):
            thread.join(seconds)

    def _wake(self, name: str) -> None:
        (self._slow if name in SLOW else self._due).put(name)

    def _watch_for_jumps(self) -> None:
        """The demonstration moves its clock; the next reminder shall not wait for the real minute."""
        before = self._bot.clock.now()
        while not self._stop.wait(LOOK):
            now = self._bot.clock.now()
            if abs(now - before) > JUMP:
                for name in ("heartbeat", "plan", "outlook"):
                    self._wake(name)
            before = now

    def _send(self) -> None:
        self._forever(lambda now: bool(send_some(self._bot, now, self._stop.is_set)))

    def _fetch(self) -> None:
        # What takes long belongs here too: nobody's message waits behind it.
        self._forever(
            lambda now: bool(count(self._bot, now) or fetch(self._bot, now) or show(self._bot, now))
        )

    def _forever(self, work: Callable[[datetime], bool]) -> None:
        while not self._stop.is_set():
            done = _safely(lambda: work(self._bot.clock.now()))
            if not done:
                self._stop.wait(TROUBLE if done is None else LOOK)

    def _tick(self) -> None:
        self._obey(self._due)

    def _tick_slowly(self) -> None:
        self._obey(self._slow)

    def _obey(self, due: SimpleQueue[str]) -> None:
        while not self._stop.is_set():
            try:
                name = due.get(timeout=LOOK)
            except Empty:
                continue
            _safely(lambda: self._run(name))  # noqa: B023

    def _run(self, name: str) -> bool:
        if name == HEARTBEAT:
            return self._beat()
        decisions = TICKS[name](self._bot, self._bot.clock.now())
        _tell(name, decisions)
        return bool(decisions)

    def _beat(self) -> bool:
        # A clock that was moved while we were awake is no stop; one that we could not keep going is.
        was_silent, self._was_silent = self._was_silent, True
        agree(self._bot)
        with self._bot.database.transaction() as tx:
            stops.beat(tx, self._bot, self._bot.clock.now(), was_silent)
        self._was_silent = False
        return True


def agree(bot: Bot) -> bool:
    """Go by the database's clock, since leases are judged by the clock of whoever looks; False without one."""
    server = bot.database.moment()
    if server is None:
        return False
    ahead = bot.clock.agree(server)
    if abs(ahead) > MOST_APART:
        log.warning("this machine's clock is %+.0f s off; the database's counts", ahead.total_seconds())
    return True


def _tell(name: str, decisions: list[Decision]) -> None:
    done = sum(decision.action != "skipped" for decision in decisions)
    if done:
        log.info("tick %s: %s of %s decisions", name, done, len(decisions))


def _safely(work: Callable[[], bool]) -> bool | None:
    """What `work` says, or None after trouble; its exception's words may be people's, so only its kind is logged."""
    try:
        return work()
    except (Unavailable, Conflict) as trouble:
        log.warning("database busy or away: %s", trouble)
    except Exception as fault:
        log.error("broken: %s at %s", type(fault).__name__, place_of(fault))
    return None
