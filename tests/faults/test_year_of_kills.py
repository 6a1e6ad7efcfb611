"""A whole year whose planner and sender are killed two hundred times, with two clocks that are both wrong."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import event

from bot.scheduler import ticks
from storage.codec import ZONE
from storage.line import Line
from tests.faults import webs
from tests.faults.walking import Walk, later
from tests.installation import Installation, running
from tests.scheduler.processes import ROOT, environment

pytestmark = pytest.mark.slow

SEED, KILLS, REAL_KILLS = 2026, 200, 8
SPRING = date(2026, 4, 30)
"""By then every kind of window has opened and ended once; a real process makes no other year."""
AHEAD, BEHIND = timedelta(minutes=7), timedelta(minutes=-9)


class Killed(BaseException):
    """The process is gone in the middle of a statement or a commit: no handler of the project sees it."""


@dataclass
class Reaper:
    """Counts every statement and commit, and kills at one of them."""

    dice: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    left: int = -1
    heard: int = 0
    usual: dict[str, int] = field(default_factory=dict)

    def hear(self, *_: Any) -> None:
        self.heard += 1
        self.left -= 1
        if self.left == 0:
            raise Killed

    def survives(self, name: str, work: Callable[[], object], at_risk: bool) -> bool:
        """Let it work, perhaps to its death; whether it came to an end."""
        self.heard, self.left = 0, self.dice.randint(1, self.usual.get(name, 40)) if at_risk else -1
        try:
            work()
        except Killed:
            self.kills[name] += 1
            return False
        # A look that found nothing to do says nothing about where a busy one can be killed.
        self.usual[name] = max(self.heard, self.usual.get(name, 0) // 2)
        return True


@contextmanager
def listening(engine: Any, reaper: Reaper) -> Iterator[None]:
    points = ("before_cursor_execute", "commit")
    for point in points:
        event.listen(engine, point, reaper.hear)
    commit = Line.commit

    def hear_and_commit(line: Line) -> None:
        # On PostgreSQL it is the line that commits, and SQLAlchemy hears nothing of it.
        reaper.hear()
        commit(line)

    try:
        with patch.object(Line, "commit", hear_and_commit):
            yield
    finally:
        for point in points:
            event.remove(engine, point, reaper.hear)


@pytest.mark.requirement("R-320")
@pytest.mark.requirement("R-321")
@pytest.mark.requirement("R-322")
def test_the_year_is_the_predicted_one_whenever_it_was_killed_and_whichever_clock_was_right(
    database_url: str, tmp_path: Path
) -> None:
    print(f"seed {SEED}")
    with running(database_url, tmp_path) as here:
        here.clock.moment = here.school.now = datetime(2026, 1, 1, 8, tzinfo=ZONE)
        walk, reaper = Walk(here), Reaper(random.Random(SEED))
        with listening(here.bot.database.engine, reaper):
            walk.run(lambda now: a_morning(walk, reaper, now))
        print(f"killed {dict(reaper.kills)}")
        assert reaper.kills.total() >= KILLS and min(reaper.kills.values()) >= KILLS / 5
        walk.assert_whole(reaper.kills["deliver"])


MORNING = ((0, "plan", 2), (40, "deliver", 3), (50, "deliver", 0))
"""How many minutes after nine, what is done, and how often it may be killed; what leases held leaves with the last."""


def a_morning(walk: Walk, reaper: Reaper, now: datetime) -> None:
    """Two workers plan and send by clocks of their own; each is started again as often as it is killed."""
    for minutes, name, chances in MORNING:
        walk.set(later(now, minutes=minutes))
        for ahead in reaper.dice.sample((AHEAD, BEHIND), 2):
            until_done(walk, reaper, name, ahead, chances)


def until_done(walk: Walk, reaper: Reaper, name: str, ahead: timedelta, chances: int) -> None:
    here = walk.here
    work = lambda: ticks.TICKS[name](here.bot, here.now + ahead)  # noqa: E731
    while not reaper.survives(name, work, at_risk=chances > 0 and reaper.dice.random() < 0.55):
        chances -= 1


@dataclass
class Worker:
    """A real process that does as of each moment what a worker does, until it is killed."""

    here: Installation
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.faults.worker_by_hand"]
        env = environment(self.here)
        self.process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self._reads() == "ready"

    def order(self, now: datetime) -> None:
        assert self.process and self.process.stdin
        self.process.stdin.write(f"{now.isoformat()}\n")
        self.process.stdin.flush()

    def work(self, now: datetime) -> None:
        self.order(now)
        assert self._reads() == "done"

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.communicate()

    def _reads(self) -> str:
        assert self.process and self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.mark.requirement("R-322")
def test_a_real_worker_killed_in_its_morning_and_started_again_makes_the_same_spring(
    database_url: str, tmp_path: Path
) -> None:
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    with running(database_url, tmp_path) as here:
        here.clock.moment = here.school.now = datetime(2026, 1, 1, 8, tzinfo=ZONE)
        walk, worker = Walk(here, last=SPRING), Worker(here)
        fatal = set(dice.sample(sorted({day for day, *_ in walk.expected}), REAL_KILLS))
        worker.start()
        try:
            walk.run(lambda now: a_real_morning(walk, worker, now, now.date() in fatal, dice))
        finally:
            worker.kill()
        walk.assert_whole(REAL_KILLS)


def a_real_morning(walk: Walk, worker: Worker, now: datetime, is_fatal: bool, dice: random.Random) -> None:
    walk.set(later(now, minutes=40))
    if is_fatal:
        worker.order(walk.here.now)
        webs.pause(dice.uniform(0, 0.4))
        worker.kill()
        worker.start()
        # What was between call and commit is tried again once its lease is over.
        walk.set(later(now, minutes=50))
    worker.work(walk.here.now)
