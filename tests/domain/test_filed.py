"""The rows of domain §8 that are done on paper: who owes what until when, and what satisfies it."""

from __future__ import annotations

from datetime import date

import pytest

from bot import profiles
from domain.attestations import Attestation
from domain.duties import Duty, State, filed
from domain.people import OrgKind
from domain.profile import Profile, merged
from tests import cast

HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
LI = "2005007"
BRANCH = next(org for org in cast.ORGS if org.id == cast.FIRST)


def due(kind: OrgKind, day: date, profile: Profile = HARBIN, start: date = cast.START) -> dict[str, str]:
    """What is asked for that day: title and last day."""
    pairs = filed.windows(kind, profile, day)
    asked = [(row, one) for row, one in pairs if filed.is_asked_on(one, day) and filed.exists(one, start)]
    return {filed.title(profile, row, one, day): one.due.isoformat() for row, one in asked}


def of_branch(day: date, *done: Attestation) -> list[Duty]:
    pairs = [one for one in filed.windows(OrgKind.BRANCH, HARBIN, day) if filed.is_asked_on(one[1], day)]
    return filed.duties(BRANCH, pairs, HARBIN, [LI], done, day)


@pytest.mark.requirement("R-226")
@pytest.mark.requirement("R-232")
@pytest.mark.requirement("R-083")
def test_a_branch_writes_checks_and_posts_in_the_ten_days_after_a_quarter() -> None:
    assert due(OrgKind.BRANCH, date(2026, 10, 8)) == {
        "三季度跟踪督查": "2026-10-10",
        "三季度支部对党员写实": "2026-10-10",
        "三季度承诺写实结果公示": "2026-10-10",
    }
    assert due(OrgKind.BRANCH, date(2026, 11, 1)) == {}


@pytest.mark.requirement("R-227")
def test_a_superior_writes_in_the_fifteen_days_after_a_term_and_files_its_tables() -> None:
    assert due(OrgKind.GENERAL_BRANCH, date(2026, 8, 3)) == {
        "上半年汇总表一": "2026-08-10",
        "上半年跟踪督查": "2026-08-15",
        "上半年对下级组织写实": "2026-08-15",
    }


@pytest.mark.requirement("R-236")
@pytest.mark.requirement("R-237")
def test_the_office_inspects_and_meets_once_in_each_half() -> None:
    assert due(OrgKind.SCHOOL, date(2026, 9, 1)) == {
        "下半年领导小组检查": "2026-12-31",
        "下半年写实情况汇报分析会": "2026-12-31",
    }


@pytest.mark.requirement("R-229")
def test_everybody_evaluates_once_a_year_and_the_second_table_follows() -> None:
    assert due(OrgKind.BRANCH, date(2026, 12, 20)) == {"2026年群众评议": "2026-12-31"}
    assert due(OrgKind.DIRECT_BRANCH, date(2027, 1, 12))["2026年汇总表二"] == "2027-01-15"


@pytest.mark.requirement("R-144")
def test_where_plans_are_required_one_is_due_before_each_round() -> None:
    assert due(OrgKind.GENERAL_BRANCH, date(2026, 7, 20), QINGDAO)["下半年点评方案"] == "2026-07-31"
    both = merged(QINGDAO, {"review.universal": ["04-01/04-30"]}, "own")
    assert due(OrgKind.GENERAL_BRANCH, date(2026, 3, 20), both) == {"普遍点评方案": "2026-03-31"}
    assert "点评方案" not in "".join(due(OrgKind.GENERAL_BRANCH, date(2026, 7, 20)))


@pytest.mark.requirement("R-143")
def test_a_dated_filing_is_owed_by_every_organisation_of_the_first_level() -> None:
    listed = merged(HARBIN, {"filing_deadline": ["2026-11-02/2026-11-20 点评登记表"]}, "own")
    assert due(OrgKind.GENERAL_BRANCH, date(2026, 11, 3), listed) == {"点评登记表": "2026-11-20"}
    assert due(OrgKind.BRANCH, date(2026, 11, 3), listed) == {}
    assert (
        due(OrgKind.GENERAL_BRANCH, date(2011, 1, 5), QINGDAO, date(2010, 1, 1))["点评登记表"] == "2011-01-12"
    )


@pytest.mark.requirement("R-350")
def test_what_began_before_the_first_day_is_not_owed_even_if_its_paper_is_due_later() -> None:
    assert due(OrgKind.BRANCH, date(2026, 10, 8), start=date(2026, 7, 2)) == {}
    assert due(OrgKind.SCHOOL, date(2026, 9, 1), start=date(2026, 8, 15)) == {}


def test_each_row_can_be_switched_off() -> None:
    off = {
        "record.member_cadence": "none", "record.org_cadence": "none", "record.publish_cadence": "none",
        "inspection.cadence": "none", "meeting.cadence": "none", "evaluation.due": "none", "summary.due": [],
    }  # fmt: skip
    silent = merged(HARBIN, off, "own")
    days = [date(2026, month, 5) for month in range(1, 13)]
    assert not any(due(kind, day, silent) for kind in OrgKind for day in days)
    checks = merged(HARBIN, {"check.cadence": "none"}, "own")
    assert "三季度跟踪督查" not in due(OrgKind.BRANCH, date(2026, 10, 8), checks)


@pytest.mark.requirement("R-343")
def test_a_word_that_it_was_done_on_paper_satisfies_it_and_its_day_says_whether_it_was_late() -> None:
    today = date(2026, 10, 12)
    in_time = Attestation(cast.FIRST, "K-06", "2026-Q3", date(2026, 9, 28), by=LI, told_on=today)
    late = Attestation(cast.FIRST, "K-21", "2026-Q3", date(2026, 10, 11), by=LI, told_on=today)
    other = Attestation(cast.SECOND, "K-04", "2026-Q3", date(2026, 9, 28), by="2006015", told_on=today)
    states = {duty.code: (duty.state, duty.by) for duty in of_branch(today, in_time, late, other)}
    assert states == {"K-04": (State.OPEN, ""), "K-06": (State.DONE, LI), "K-21": (State.LATE, LI)}


def test_people_read_the_words_of_the_row_and_answer_with_short_ones() -> None:
    check, record, posted = (one for one in of_branch(date(2027, 1, 4)) if one.code != "K-17")
    assert record.note["what"] == "2026年四季度支部对党员写实" and record.note["word"] == "季度写实"
    assert (check.note["word"], posted.note["word"]) == ("季度督查", "季度公示")
    assert record.window.label == f"2026-Q4@{cast.FIRST}" and record.object == cast.FIRST
