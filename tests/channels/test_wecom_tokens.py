"""All threads and processes share one token, and only one of them fetches it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event, Lock

import pytest

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.token import Issued, Stored, Tokens
from tests.channels.memory_tokens import MemoryTokens
from tests.channels.vectors import RECEIVED

APP = "ww1:1000002"
LIFE = 7200


class Office:
    """Issues numbered tokens, or fails; `gate` holds an answer back until the test opens it."""

    def __init__(self, failure: ChannelError | None = None) -> None:
        self.asked = 0
        self.failure = failure
        self.gate = Event()
        self.gate.set()
        self._lock = Lock()

    def issue(self) -> Issued:
        with self._lock:
            self.asked += 1
            number = self.asked
        assert self.gate.wait(10)
        if self.failure:
            raise self.failure
        return Issued(f"token-{number}", LIFE)


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = RECEIVED

    def now(self) -> datetime:
        return self.moment


def tokens(office: Office, store: MemoryTokens, watch: Watch | None = None, jitter: float = 0) -> Tokens:
    return Tokens(APP, store, office.issue, (watch or Watch()).now, lambda: jitter)


def test_a_token_is_fetched_once_and_used_again():
    office, store = Office(), MemoryTokens()
    shared = tokens(office, store)
    assert [shared.current() for _ in range(3)] == ["token-1"] * 3
    assert office.asked == 1


def test_another_process_uses_the_stored_token():
    office, store = Office(), MemoryTokens()
    assert tokens(office, store).current() == tokens(office, store).current() == "token-1"


@pytest.mark.parametrize(("jitter", "share"), [(0, 0.9), (1, 0.85)])
def test_a_token_is_renewed_before_nine_tenths_of_its_life(jitter, share):
    office, store, watch = Office(), MemoryTokens(), Watch()
    shared = tokens(office, store, watch, jitter)
    shared.current()
    watch.moment = RECEIVED + timedelta(seconds=LIFE * share - 1)
    assert shared.current() == "token-1"
    watch.moment = RECEIVED + timedelta(seconds=LIFE * share)
    assert shared.current() == "token-2"


def test_a_refused_token_is_dropped_only_while_it_is_the_stored_one():
    office, store = Office(), MemoryTokens()
    shared = tokens(office, store)
    shared.current()
    shared.drop("token-0")
    assert shared.current() == "token-1"
    shared.drop("token-1")
    assert shared.current() == "token-2"


def together(count: int, call) -> list[object]:
    """The outcomes of `call` in as many threads, started at the same moment."""
    start = Barrier(count)

    def run() -> object:
        start.wait(10)
        try:
            return call()
        except ChannelError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return [future.result(20) for future in [pool.submit(run) for _ in range(count)]]


def test_twenty_threads_at_a_cold_start_fetch_one_token():
    office, store = Office(), MemoryTokens()
    assert together(20, tokens(office, store).current) == ["token-1"] * 20
    assert office.asked == 1


def test_two_processes_at_a_cold_start_fetch_one_token():
    office, store = Office(), MemoryTokens()
    processes = [tokens(office, store) for _ in range(8)]
    assert together(8, lambda: processes.pop().current()) == ["token-1"] * 8
    assert office.asked == 1


def test_after_an_early_death_twenty_threads_fetch_one_token():
    office, store = Office(), MemoryTokens()
    shared = tokens(office, store)
    shared.current()

    def refused() -> str:
        shared.drop("token-1")
        return shared.current()

    assert together(20, refused) == ["token-2"] * 20
    assert office.asked == 2


def test_who_waited_for_a_failed_fetch_does_not_ask_again():
    office, store = Office(ChannelError(Failure.STOP, 40001, "wrong secret")), MemoryTokens()
    office.gate.clear()
    shared = tokens(office, store)
    with ThreadPoolExecutor(10) as pool:
        waiting = [pool.submit(shared.current) for _ in range(10)]
        until(lambda: store.loads >= 10)
        office.gate.set()
        outcomes = [future.exception(20) for future in waiting]
    assert {outcome.failure for outcome in outcomes if isinstance(outcome, ChannelError)} == {Failure.STOP}
    assert len(set(map(id, outcomes))) == 10
    assert office.asked == 1


def until(condition) -> None:
    """Wait for `condition`, at most a while."""
    for _ in range(1000):
        if condition():
            return
        Event().wait(0.01)
    raise AssertionError("waited in vain")


def test_after_a_failure_the_next_call_tries_again():
    office, store = Office(ChannelError(Failure.TRANSIENT, None, "no connection")), MemoryTokens()
    shared = tokens(office, store)
    with pytest.raises(ChannelError):
        shared.current()
    office.failure = None
    assert shared.current() == "token-2"


def test_a_stored_token_is_not_told_by_its_repr():
    assert "token-1" not in repr(Stored("token-1", RECEIVED))
