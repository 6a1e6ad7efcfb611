"""Who has done a duty and who has not: every member in exactly one place, numbers from the ledger's facts."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import profiles
from domain import periods, standing
from domain.commitments import Commitment, State
from domain.duties import Member
from domain.people import Person
from domain.reports import Report
from domain.reviews import Review
from domain.standing import Standing

PROFILE = profiles.load("harbin")
JUNE, Q3, YEAR = periods.month(2026, 6), periods.quarter(2026, 3), periods.whole_year(2026)
MOMENT = datetime(2026, 7, 3, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
BRANCH = "教工第一党支部"
STARTS = {BRANCH: date(2026, 1, 1)}


def members(*ids: str) -> list[Member]:
    return [Member(Person(id, f"某{id}"), BRANCH) for id in ids]


def item(owner: str, state: State = State.PUBLISHED, kind: str = "annual", due: date = date(2026, 11, 30)):
    day = date(2026, 1, 10)
    public = day if state in (State.PUBLISHED, State.FULFILLED) else None
    kept = ("person", owner, f"某{owner}", BRANCH, BRANCH, kind, "听课两次", due, due, state, day)
    return Commitment(f"C-2026-{owner}-1", *kept, published_on=public, finished_on=day if public else None)


def report(person: str, late: bool = False) -> Report:
    return Report(person, "2026-06", BRANCH, MOMENT, late, (), "按计划推进")


def review(subject: str, common_only: bool = False, kind: str = "periodic", gaps: str = "慢") -> Review:
    said = {"merits": "认真", "gaps": gaps, "directions": "快些", "common_only": common_only}
    kept = ("member", subject, f"某{subject}", BRANCH, "2005007", "branch_secretary", MOMENT, MOMENT.date())
    return Review(f"P-{subject}-{kind}", "", *kept, kind, "collective", **said)


def ids(found: tuple[Member, ...]) -> list[str]:
    return [one.person.id for one in found]


def june(handed_in=(), waived=(), items=("1", "2", "3"), starts=STARTS) -> Standing:
    known = [item(owner) for owner in items]
    return standing.reports(members("1", "2", "3", "4"), JUNE, PROFILE, known, handed_in, waived, starts)


@pytest.mark.requirement("R-305")
def test_who_promised_nothing_owes_nothing_and_is_counted_apart() -> None:
    found = june([report("1"), report("2", late=True)])
    assert (found.owed, ids(found.done), ids(found.late), ids(found.missing)) == (3, ["1", "2"], ["2"], ["3"])
    assert ids(found.without) == ["4"]


@pytest.mark.requirement("R-222")
def test_a_waived_member_is_no_longer_among_those_who_owe() -> None:
    found = june(waived=["3"])
    assert (found.owed, ids(found.waived), ids(found.missing)) == (2, ["3"], ["1", "2"])
    assert ids(june([report("3")], waived=["3"]).done) == ["3"]


@pytest.mark.requirement("R-350")
def test_nobody_owes_a_month_that_opened_before_the_unit_began() -> None:
    assert june(starts={BRANCH: date(2026, 6, 26)}) == Standing()
    assert june(starts={BRANCH: None}) == Standing()
    assert june(starts={BRANCH: date(2026, 6, 25)}).owed == 3


def test_a_review_of_three_parts_counts_and_a_common_one_is_shown_apart() -> None:
    given_ = [review("1"), review("2", common_only=True), review("3", kind="daily"), review("4", gaps="")]
    found = standing.reviews(members("1", "2", "3", "4"), Q3, given_, ["4"], STARTS)
    assert (ids(found.done), ids(found.partly), ids(found.missing)) == (["1"], ["2"], ["3"])
    assert (found.owed, ids(found.waived)) == (3, ["4"])
    counted = standing.reviews(members("2"), Q3, given_, (), STARTS, common_counts=True)
    assert ids(counted.done) == ["2"]


def test_a_promise_of_the_moment_or_one_sent_back_is_not_that_of_the_year() -> None:
    known = [
        item("1"),
        item("2", kind="immediate"),
        item("3", State.RETURNED),
        item("4", due=date(2025, 12, 1)),
        item("5", State.SIGNED),
    ]
    found = standing.promises(members("1", "2", "3", "4", "5"), YEAR, PROFILE, known, (), STARTS)
    assert (ids(found.done), ids(found.missing)) == (["1", "5"], ["2", "3", "4"])


def test_the_part_of_a_branch_holds_only_its_members() -> None:
    both = [*members("1", "2"), Member(Person("9", "某9"), "别处")]
    found = standing.reports(
        both, JUNE, PROFILE, [item("1"), item("9")], (), (), {**STARTS, "别处": date(2026, 1, 1)}
    )
    assert ids(found.missing) == ["1", "9"] and ids(found.of(BRANCH).missing) == ["1"]


SOME = st.sets(st.sampled_from("12345678"))


@given(SOME, SOME, SOME, SOME)
def test_everybody_is_in_exactly_one_place(promised, handed_in, late, waived) -> None:
    sent = [report(id, late=id in late) for id in sorted(handed_in)]
    known = [item(owner) for owner in sorted(promised)]
    found = standing.reports(members(*"12345678"), JUNE, PROFILE, known, sent, waived, STARTS)
    places = [*found.done, *found.missing, *found.waived, *found.without]
    assert sorted(ids(tuple(places))) == sorted("12345678")
    assert found.owed == len(found.done) + len(found.missing)
    assert set(ids(found.late)) == handed_in & late
