"""解卡 under kill -9 and two workers at once: each conversation is freed once, and its draft is there once."""

from __future__ import annotations

import json
import signal
from collections import Counter

import pytest
from sqlalchemy import select

from storage import ledger, speakers
from storage.owed import Owed
from storage.tables import conversation, owed
from tests.faults.proofs import assert_whole
from tests.installation import ACCOUNTS, Installation
from tests.scheduler.processes import wait_for, working

pytestmark = pytest.mark.slow
ADMIN = "2009012"
PEOPLE = [person for person in ACCOUNTS if person != ADMIN][:16]
ASKED = 3


def leave_drafts(here: Installation) -> None:
    now = here.bot.clock.now()
    with here.bot.database.transaction() as tx:
        for person in PEOPLE:
            draft = {
                "handler": "report",
                "fields": {"month": "2026-11"},
                "started": "2026-11-26T09:00:00+08:00",
            }
            speakers.save(tx, person, {"draft": draft}, now)


def ask(here: Installation) -> None:
    """Everybody is to be freed by several requests that come at once."""
    now = here.bot.clock.now()
    body = {"by": ADMIN, "capacity": "admin", "at": now.isoformat()}
    here.owe(*(Owed(f"free|{n}|{who}", "free", body, now, now, who) for n in range(ASKED) for who in PEOPLE))


def freed(here: Installation) -> Counter[str]:
    # Only looking: a test that took SQLite's write lock would keep the workers waiting.
    with here.bot.database.reading() as tx:
        found = [one for one, _ in ledger.entries(tx) if one.kind == "conversation.freed"]
    return Counter(one.archive.removeprefix("person:") for one in found)


def parked(here: Installation) -> dict[str, int]:
    with here.bot.database.reading() as tx:
        rows = tx.connection.execute(select(conversation).where(conversation.c.speaker.in_(PEOPLE)))
        states = {row.speaker: json.loads(row.state) for row in rows}
    assert not any("draft" in state for state in states.values())
    return {person: len(state["parked"]) for person, state in states.items()}


def is_over(here: Installation) -> bool:
    with here.bot.database.reading() as tx:
        states = select(owed.c.state).where(owed.c.kind == "free").distinct()
        return set(tx.connection.execute(states).scalars()) == {"done"}


@pytest.mark.row(26)
def test_killed_and_doubled_workers_free_everybody_exactly_once(anywhere: Installation) -> None:
    anywhere.sandbox.faults.change(latency_ms=15)
    leave_drafts(anywhere)
    ask(anywhere)
    for n in (2, 5, 9):
        with working(anywhere, 2) as workers:
            assert wait_for(lambda: freed(anywhere).total() >= n)  # noqa: B023
            for worker in workers:
                worker.send_signal(signal.SIGKILL)
                worker.wait(10)
    with working(anywhere, 2):
        assert wait_for(lambda: is_over(anywhere))
    assert freed(anywhere) == Counter(PEOPLE)
    assert parked(anywhere) == dict.fromkeys(PEOPLE, 1)
    assert_whole(anywhere.school)
