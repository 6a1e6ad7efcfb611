"""Which round a plan is for, what the matrix puts into it, and how its entries fold (R-144)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot import profiles
from domain import periods, review_plans
from domain.entries import Stamp, Written, seal
from domain.planned_reviews import Came, outcomes
from domain.review_plans import Round, fold, meant, rounds
from domain.reviews import Review
from domain.scope import below
from storage.codec import ZONE
from tests import cast
from tests.domain.memory_roster import MemoryRoster

HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
FEB, MAY = date(2026, 2, 20), date(2026, 5, 6)


def labels(found: list[Round]) -> list[str]:
    return [one.window.label for one in found]


@pytest.mark.requirement("R-144")
def test_rounds_are_those_that_are_not_over_by_either_notice() -> None:
    assert labels(rounds(HARBIN, FEB)) == ["2026-04-30", "2027-04-30"]
    assert labels(rounds(HARBIN, MAY)) == ["2027-04-30"]
    assert labels(rounds(QINGDAO, FEB)) == ["2026-H1", "2026-H2"]


@pytest.mark.requirement("R-144")
def test_the_next_round_is_planned_from_the_day_on_which_its_plan_is_asked_for() -> None:
    found = rounds(QINGDAO, date(2026, 7, 10))
    assert meant(found, date(2026, 7, 10), None) == found[0]
    assert meant(found, date(2026, 7, 20), None) == found[1]
    assert meant(found, date(2026, 7, 20), periods.half(2026, 1)) == found[0]
    assert meant(found, date(2026, 7, 20), periods.half(2030, 1)) is None


@pytest.mark.requirement("R-144", "R-034")
def test_nobody_stands_among_his_own_targets_and_every_member_is_in_one_line() -> None:
    roster = MemoryRoster()
    unit = roster.org(cast.ENGINEERING)
    assert unit is not None
    inside = below(roster, [unit.id])
    (one, *_) = rounds(HARBIN, FEB)
    lines = review_plans.lines(roster, HARBIN, unit, inside, one, FEB)
    assert all(line.reviewer not in {target.subject for target in line.targets} for line in lines)
    members = [target.subject for line in lines if line.is_of_members for target in line.targets]
    heads = {"2005007", "2006015", "2015021"}
    there = {person.id for person, _ in roster.members(sorted(inside), FEB)}
    assert sorted(members) == sorted(there - heads)


def written(kind: str, data: dict[str, object]) -> Written:
    at = datetime(2026, 2, 20, 9, tzinfo=ZONE)
    unit = MemoryRoster().org(cast.ENGINEERING)
    assert unit is not None
    entry = (
        review_plans.withdrawn(unit, "2026-04-30", "")
        if kind == "withdrawn"
        else review_plans.confirmed(unit, rounds(HARBIN, FEB)[0].window, [data], "")
    )
    return seal(entry, Stamp("2003011", at, at, {}), 1, "0" * 64, "salt")


@pytest.mark.requirement("R-144")
def test_a_plan_counts_its_versions_and_is_gone_when_withdrawn() -> None:
    first = fold(None, written("confirmed", {"key": "a"}))
    second = fold(first, written("confirmed", {"key": "b"}))
    assert first and second and (first.version, second.version) == (1, 2)
    assert [row["key"] for row in second.rows] == ["b"]
    assert fold(second, written("withdrawn", {})) is None


def review(by: str, day: date, kind: str = "periodic") -> Review:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
    words = (kind, "onsite", "好", "慢", "快些")
    return Review("P", "P", "member", "m", "某", cast.FIRST, by, "branch_secretary", at, day, *words)


@pytest.mark.requirement("R-144", "R-037")
@pytest.mark.parametrize(
    ("given", "today", "came"),
    [
        ([], date(2026, 3, 1), Came.OPEN),
        ([], date(2026, 3, 20), Came.OVERDUE),
        ([review("a", date(2026, 3, 18))], date(2026, 3, 20), Came.AS_PLANNED),
        ([review("a", date(2026, 3, 19))], date(2026, 3, 20), Came.LATER),
        ([review("b", date(2026, 3, 10))], date(2026, 3, 20), Came.BY_ANOTHER),
        (
            [review("b", date(2026, 3, 10)), review("a", date(2026, 3, 12))],
            date(2026, 3, 20),
            Came.AS_PLANNED,
        ),
        ([review("a", date(2026, 3, 10), kind="daily")], date(2026, 3, 20), Came.OVERDUE),
        ([review("a", date(2026, 2, 27))], date(2026, 3, 20), Came.OVERDUE),
    ],
)
def test_what_came_of_a_planned_review(given: list[Review], today: date, came: Came) -> None:
    row = {
        "key": "k",
        "reviewer": "a",
        "org": cast.FIRST,
        "due": "2026-03-18",
        "targets": [{"type": "member", "id": "m", "name": "某"}],
    }
    plan = review_plans.ReviewPlan(
        cast.ENGINEERING, "2026-04-30", date(2026, 3, 1), date(2026, 4, 30), (row,), "2003011", FEB
    )
    assert [one.came for one in outcomes(plan, given, today)] == [came]
