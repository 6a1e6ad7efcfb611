"""A simulated year walked through by whoever plays the worker, with what people do on each day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from storage.codec import ZONE
from storage.tables import occasion, owed
from tests.installation import ACCOUNTS, Installation
from tests.scheduler.prediction import HOME, YEAR, Happened, Push, predicted
from tests.scheduler.test_year import acts, happened, perform, planned

EARLY = date(2026, 1, 5)


@dataclass
class Walk:
    """One year of one installation, or its beginning; the same seed makes the same year."""

    here: Installation
    last: date = YEAR[-1]
    seed: int = 7
    done: list[tuple[date, str, tuple[object, ...]]] = field(init=False)

    def __post_init__(self) -> None:
        self.done = acts(random.Random(self.seed), "harbin")

    @property
    def expected(self) -> set[Push]:
        return {push for push in predicted(happened(self.done), "harbin") if push[0] <= self.last}

    def busy(self) -> set[date]:
        """The days on which anything could be due whatever people did; the year without faults proves the others silent."""
        kept = Happened(promised=dict.fromkeys(HOME, EARLY))
        pushes = predicted(Happened(), "harbin") | predicted(kept, "harbin") | self.expected
        return {day for day, *_ in pushes}

    def run(self, morning: Callable[[datetime], None]) -> None:
        """Day by day: the clock in the morning of busy days, then people until the evening."""
        busy = self.busy()
        for day in YEAR[: YEAR.index(self.last) + 1]:
            self.set(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))
            if day in busy:
                morning(self.here.now)
            for act in self.done:
                if act[0] == day:
                    perform(self.here.school, act)

    def set(self, moment: datetime) -> None:
        """What time it truly is."""
        self.here.clock.moment = moment

    def assert_whole(self, kills: int) -> None:
        """Exactly the predicted pushes were planned, each left on its day, and a kill repeated one at most."""
        found, expected = planned(self.here.school), self.expected
        assert found == expected, sorted(found ^ expected)[:20]
        rows = self._rows()
        assert {(row.state, row.reason) for row in rows} == {("done", "")}
        assert not [row.key for row in rows if row.done_at[:10] != row.created[:10]]
        owed_to_people = Counter((row.person, row.message) for row in rows)
        assert max(owed_to_people.values()) == 1
        arrived = sum(len(self.here.texts(account)) for account in ACCOUNTS.values())
        assert len(rows) <= arrived <= len(rows) + kills

    def _rows(self) -> list[object]:
        with self.here.bot.database.reading() as tx:
            carried = select(occasion.c.owed).where(occasion.c.duty.startswith("K-"))
            found = list(tx.connection.execute(select(owed).where(owed.c.duty != "")))
            assert {row.key for row in found} == set(tx.connection.execute(carried).scalars())
        return found


def later(moment: datetime, **by: float) -> datetime:
    """So much later."""
    return moment + timedelta(**by)
