"""A whole year of the sample school, day by day: exactly the reminders that a second computation predicts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import profiles
from bot.scheduler import planning
from domain import attestations
from storage.codec import ZONE
from storage.tables import occasion
from tests import cast, school
from tests.scheduler.prediction import (
    BRANCHES,
    FRAIL,
    HOME,
    MA,
    ONE,
    WANG,
    YEAR,
    Demand,
    Happened,
    Push,
    behind_reviews,
    papers,
    predicted,
)
from tests.school import School
from tests.sealed import made

pytestmark = pytest.mark.slow
Act = tuple[date, str, tuple[object, ...]]


def acts(dice: random.Random, profile: str) -> list[Act]:
    """What people do in the year, without pattern: some at once, some late, some never, some together not at all."""
    found: list[Act] = []
    for person in sorted(HOME):
        if dice.random() < 0.8:
            late = 80 if HOME[person] == cast.STUDENTS else 0
            found.append((date(2026, 1, 5) + (late + dice.randrange(90 - late)) * ONE, "promise", (person,)))
        for month in range(1, 13):
            if dice.random() < 0.85 and (HOME[person], month) not in SILENT:
                day = date(2026, month, 20) + dice.randrange(30) * ONE
                found.append((day, "report", (person, month)))
    for branch, head in BRANCHES.items():
        if dice.random() < 0.7:
            found.append((date(2026, 2, 1) + dice.randrange(40) * ONE, "branch", (branch, head)))
        members = [id for id, org in HOME.items() if org == branch and id != head]
        for quarter in (1, 4, 7, 10):
            share = dice.choice((0, 0.5, 0.5, 1, 1))
            for person in members:
                if dice.random() < share:
                    found.append(
                        (date(2026, quarter, 2) + dice.randrange(88) * ONE, "review", (person, head))
                    )
    for _, org, code, window, opens, due in papers(profile):
        if dice.random() < 0.7:
            day = opens + dice.randrange((due - opens).days + 12) * ONE
            found.append((day, "paper", (org, code, window)))
    found += _of_organisations(dice)
    found += _behind_reviews(dice, found, profile)
    found += _demands(dice)
    return sorted(((day, what, who) for day, what, who in found if day in YEAR), key=str)


def _of_organisations(dice: random.Random) -> list[Act]:
    """Some branches are reviewed by the 书记 above, the 党总支 by a leader of the school."""
    reviewers = {cast.FIRST: WANG, cast.SECOND: WANG, cast.ENGINEERING: MA}
    halves = (date(2026, 1, 5), date(2026, 8, 3))
    return [
        (start + dice.randrange(120) * ONE, "unit", (org, by))
        for org, by in reviewers.items()
        for start in halves
        if dice.random() < 0.7
    ]


def _behind_reviews(dice: random.Random, done: list[Act], profile: str) -> list[Act]:
    """Of the papers that follow reviews some are made, in time or late."""
    return [
        (opens + dice.randrange((due - opens).days + 6) * ONE, "paper", (org, code, window))
        for _, org, code, window, opens, due in behind_reviews(happened(done).reviewed, profile)
        if dice.random() < 0.6
    ]


def _demands(dice: random.Random) -> list[Act]:
    """Members and branches have something to put right; most do, some only say so later, some are never answered."""
    found: list[Act] = []
    for n, owner in enumerate([*sorted(HOME), *BRANCHES] * 2):
        if owner in BRANCHES.values() or owner == cast.THIRD or dice.random() < 0.4:
            continue
        on = date(2026, 1, 8) + dice.randrange(300) * ONE
        due = on + (7 + dice.randrange(40)) * ONE
        found.append((on, "demand", (owner, str(n), due)))
        day, known = on, (owner, str(n))
        for what, share in (("done", 0.8), ("replied", 0.8), ("accepted", 0.5)):
            if dice.random() > share:
                break
            day += (1 + dice.randrange(25)) * ONE
            found.append((day, what, known))
    return found


SILENT = {(cast.SECOND, 6), (cast.SECOND, 9), (cast.THIRD, 5)}
"""In these months nobody of the branch hands in anything."""


def happened(done: list[Act]) -> Happened:
    """The same for the prediction."""
    result = Happened()
    for day, what, who in sorted(done, key=lambda act: act[0]):
        if what == "promise":
            result.promised[str(who[0])] = day
        elif what == "branch":
            result.branch_promised[str(who[0])] = day
        elif what == "report":
            result.reported.setdefault((str(who[0]), int(str(who[1]))), day)
        elif what == "paper":
            result.attested[str(who[0]), str(who[1]), str(who[2])] = day
        elif what == "demand":
            result.demanded[str(who[1])] = Demand(str(who[0]), day, date.fromisoformat(str(who[2])))
        elif what in ("done", "replied", "accepted"):
            setattr(result.demanded[str(who[1])], what, day)
        elif what == "unit":
            result.reviewed.setdefault((str(who[0]), ""), []).append(day)
        else:
            result.reviewed.setdefault((str(who[0]), str(who[1])), []).append(day)
    return result


def perform(one: School, act: Act) -> None:
    """Let it happen in the school on its day, after the morning's reminders."""
    day, what, who = act
    one.now = datetime(day.year, day.month, day.day, 18, tzinfo=ZONE)
    person = str(who[0])
    if what == "promise":
        one.publish(person, "给大三学生讲论文写作3次", date(2026, 12, 31), on=day)
    elif what == "branch":
        one.publish_of(person, str(who[1]), "把支部活动室开放到晚上", date(2026, 12, 31), on=day)
    elif what == "report":
        month = f"2026-{who[1]:02}"
        if not any(one_.data.get("month") == month for one_ in one.entries(f"person:{person}")):
            one.hand_in(person, month)
    elif what == "paper":
        org = next(org for org in cast.ORGS if org.id == person)
        one.write([attestations.attested(org, str(who[1]), str(who[2]), day, "", "")])
    elif what == "demand":
        _demand(one, person, str(who[1]), date.fromisoformat(str(who[2])))
    elif what in ("done", "replied", "accepted"):
        one.on_demand(DEMANDS[str(who[1])], "closed" if what == "accepted" else what)
    elif what == "unit":
        one.reviewed_unit(person, str(who[1]), day)
    else:
        one.reviewed(person, str(who[1]), day, capacity="branch_secretary")


DEMANDS: dict[str, str] = {}
"""The numbers which the demands of a year got."""


def _demand(one: School, owner: str, key: str, due: date) -> None:
    by, capacity = (
        (WANG, "l1_secretary") if owner in BRANCHES else (BRANCHES[HOME[owner]], "branch_secretary")
    )
    DEMANDS[key] = one.demanded(owner, by, "把值班表上墙", due, one.now.date(), capacity)


def planned(one: School) -> set[Push]:
    with one.database.reading() as tx:
        rows = tx.connection.execute(select(occasion).where(occasion.c.duty.startswith("K-")))
        return {
            (date.fromisoformat(row.planned[:10]), row.person, row.duty, row.step, about(row.period))
            for row in rows
        }


def about(period: str) -> str:
    """The period where an organisation stands behind it: its own promise, a list, word of a whole unit, a paper."""
    return period if any(mark in period for mark in "#^@~?") else ""


@pytest.fixture(params=["harbin", "qingdao"])
def profile(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


@pytest.mark.requirement("R-320")
@pytest.mark.requirement("R-321")
@pytest.mark.requirement("R-322")
@pytest.mark.requirement("R-323")
@pytest.mark.requirement("R-324")
@pytest.mark.requirement("R-242")
def test_every_reminder_of_the_year_is_the_predicted_one(
    sqlite_url: str, tmp_path: Path, profile: str
) -> None:
    one = school.new(sqlite_url, datetime(2026, 1, 1, 8, tzinfo=ZONE))
    bot = replace(made(one, tmp_path), profile=profiles.load(profile))
    done = acts(random.Random(7), profile)
    for day in YEAR:
        planning.run(bot, datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))
        for act in done:
            if act[0] == day:
                perform(one, act)
    expected = predicted(happened(done), profile)
    assert planned(one) == expected, _difference(planned(one), expected)
    assert {"K-15", "K-16"} <= {push[2] for push in expected}
    assert ("K-14" in {push[2] for push in expected}) == (profile == "qingdao")
    assert len(expected) > 200 and FRAIL.isdisjoint({push[1] for push in expected})


def _difference(found: set[Push], expected: set[Push]) -> str:
    names = {id: name for id, name, *_ in cast.PEOPLE}
    lines = [f"{sign} {push[0]} {names[push[1]]} {' '.join(push[2:])}" for sign, pushes in
             (("too much", found - expected), ("lacking", expected - found)) for push in sorted(pushes)]  # fmt: skip
    return "\n".join(lines[:40])
