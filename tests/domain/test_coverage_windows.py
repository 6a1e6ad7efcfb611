"""Which windows a question about coverage means, in both offices (D-01, D-02, D-04; K-08, K-09, K-10)."""

from __future__ import annotations

from datetime import date

import pytest

from bot import profiles
from domain.coverage_windows import spans
from domain.periods import parse_code
from domain.profile import Profile, merged

HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
NEVER = merged(HARBIN, {"review.member_cadence": "none"}, "own")
ROUND = "2026-04-30"


def meant(profile: Profile, code: str, today: date) -> list[tuple[str, str]]:
    return [(one.code, one.window.label) for one in spans(profile, parse_code(code), today)]


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 20), [("K-08", "2026-Q3"), ("K-09", "2026-H2")]),
        (date(2026, 7, 31), [("K-08", "2026-Q3"), ("K-09", "2026-H1")]),
        (date(2026, 3, 1), [("K-08", "2026-Q1"), ("K-09", "2026-H1"), ("K-10", ROUND)]),
        (date(2026, 4, 30), [("K-08", "2026-Q2"), ("K-09", "2026-H1"), ("K-10", ROUND)]),
        (date(2026, 5, 1), [("K-08", "2026-Q2"), ("K-09", "2026-H1")]),
    ],
)
def test_without_a_period_the_current_windows_and_an_open_round_are_meant(
    today: date, expected: list[tuple[str, str]]
) -> None:
    assert meant(HARBIN, "", today) == expected


@pytest.mark.requirement("R-138", "R-139", "R-140")
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2026-Q2", [("K-08", "2026-Q2"), ("K-09", "2026-H1"), ("K-10", ROUND)]),
        ("2026-05", [("K-08", "2026-Q2"), ("K-09", "2026-H1")]),
        ("2026-H1", [("K-08", "2026-Q1"), ("K-08", "2026-Q2"), ("K-09", "2026-H1"), ("K-10", ROUND)]),
        ("2026-H2", [("K-08", "2026-Q3"), ("K-09", "2026-H2")]),
        ("2026", [("K-08", "2026-Q1"), ("K-08", "2026-Q2"), ("K-08", "2026-Q3"), ("K-09", "2026-H1"),
                  ("K-09", "2026-H2"), ("K-10", ROUND)]),
        ("2026-Q4", [("K-09", "2026-H2")]),
        ("2027", []),
    ],
)  # fmt: skip
def test_a_named_period_means_what_ends_in_it_and_has_begun(
    code: str, expected: list[tuple[str, str]]
) -> None:
    assert meant(HARBIN, code, date(2026, 9, 20)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", [("K-08", "2026-H2"), ("K-09", "2026-H2")]),
        ("2026-Q2", [("K-08", "2026-H1"), ("K-09", "2026-H1")]),
        ("2026", [("K-08", "2026-H1"), ("K-08", "2026-H2"), ("K-09", "2026-H1"), ("K-09", "2026-H2")]),
    ],
)
def test_the_other_office_reviews_members_once_a_term(code: str, expected: list[tuple[str, str]]) -> None:
    assert meant(QINGDAO, code, date(2026, 9, 20)) == expected


def test_where_members_have_no_cadence_only_organisations_and_rounds_are_left() -> None:
    assert meant(NEVER, "", date(2026, 4, 2)) == [("K-09", "2026-H1"), ("K-10", ROUND)]


def test_a_waiver_of_the_quarter_counts_in_the_round_that_ends_in_it() -> None:
    (round,) = [one for one in spans(HARBIN, None, date(2026, 4, 2)) if one.code == "K-10"]
    assert round.spared == (("K-10", ROUND), ("K-08", "2026-Q2"))
