"""kill -9 of the web at any moment: what was acknowledged is kept, and nothing is written twice."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from sandbox import Sandbox
from tests.faults import webs
from tests.faults.proofs import assert_whole, written
from tests.faults.webs import Web
from tests.installation import ACCOUNTS, Installation
from tests.scheduler.processes import wait_for

pytestmark = pytest.mark.slow

PEOPLE = list(ACCOUNTS.values())[:20]
KILLS = 5
RECEIPT = re.compile(r"已签（编号(C-[\w-]+)）")


@dataclass
class Talker:
    """Somebody who promises one thing after the other until told to stop; `signed` are the receipts."""

    sandbox: Sandbox
    account: str
    stop: Event
    signed: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        rounds = 0
        while not self.stop.is_set():
            rounds += 1
            self._promise(f"给大三学生讲论文写作，{self.account}第{rounds}讲")

    def _promise(self, goal: str) -> None:
        """One promise to its receipt; whoever gets no answer at all gives it up and begins another."""
        self._say("取消")
        answer = self._say(f"我要承诺：12月20日前{goal}")
        if "履行岗位职责" in answer:
            answer = self._say("1")
        # Whoever reads back something else than what they said does not sign it.
        is_mine = goal in answer and "签字" in answer
        receipt = RECEIPT.search(self._say("签字")) if is_mine else None
        if receipt:
            self.signed[goal] = receipt[1]

    def _say(self, text: str) -> str:
        """The words of the answer; empty when all three deliveries came to nothing."""
        callback = self.sandbox.say(self.account, text)
        done: Callable[[], bool] = lambda: callback.state != "queued"  # noqa: E731
        assert self.sandbox.wait_for(done, 60)
        return next((attempt.reply for attempt in callback.attempts if attempt.reply), "")


def kill_again_and_again(web: Web, talkers: Sequence[Talker], dice: random.Random) -> None:
    """Each time among full talk: some more receipts were given, and a little later comes the end."""
    for _ in range(KILLS):
        enough = acknowledged(talkers) + dice.randint(5, 20)
        assert wait_for(lambda: acknowledged(talkers) >= enough, 60)  # noqa: B023
        webs.pause(dice.uniform(0, 0.3))
        web.kill()
        web.start()


def acknowledged(talkers: Sequence[Talker]) -> int:
    return sum(len(talker.signed) for talker in talkers)


def hit_by_a_kill(sandbox: Sandbox) -> int:
    """How many messages had to be delivered again; whether in time, depends on how fast the machine starts."""
    return sum(len(one.attempts) > 1 for one in sandbox.deliveries())


@pytest.mark.row(18)
@pytest.mark.requirement("R-291")
def test_a_web_killed_among_twenty_talking_people_loses_and_doubles_nothing(anywhere: Installation) -> None:
    sandbox, stop = anywhere.sandbox, Event()
    talkers = [Talker(sandbox, account, stop) for account in PEOPLE]
    with webs.running(anywhere) as web, ThreadPoolExecutor(len(talkers)) as threads:
        sandbox.connect(web.url)
        talking = [threads.submit(talker.run) for talker in talkers]
        kill_again_and_again(web, talkers, random.Random(2026))
        stop.set()
        for one in talking:
            one.result()
        assert sandbox.wait_idle(60)
    receipts = {number for talker in talkers for number in talker.signed.values()}
    goals = written(anywhere.school, "commitment.proposed", "goal")
    signed = written(anywhere.school, "commitment.signed", "commitment")
    assert len(receipts) == acknowledged(talkers)
    assert receipts <= set(signed) and set(goals.values()) == set(signed.values()) == {1}
    assert {goal for talker in talkers for goal in talker.signed} <= set(goals)
    assert hit_by_a_kill(sandbox) > 0
    assert_whole(anywhere.school)
