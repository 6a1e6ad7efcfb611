"""What the reviewed side owes on paper after a day of reviews: 登记 and 通报 (domain §8, K-13, K-14)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import profiles
from domain.attestations import Attestation
from domain.duties import Duty, State, filed
from domain.duties import papers_of_reviews as papers
from domain.people import OrgKind
from domain.profile import Profile, merged
from domain.reviews import Review
from storage.codec import ZONE
from tests import cast

HARBIN, QINGDAO = profiles.load("harbin"), profiles.load("qingdao")
LI = "2005007"
BRANCH = next(org for org in cast.ORGS if org.id == cast.FIRST)
DAY = date(2026, 6, 25)
NEVER = merged(QINGDAO, {"review.register_days": 0, "review.notify_required": False}, "own")


def review(subject: str, day: date, kind: str = "periodic") -> Review:
    at = datetime(day.year, day.month, day.day, 15, tzinfo=ZONE)
    names = ("P", "P", "member", subject, "张伟", cast.FIRST, LI, "branch_secretary", at, day)
    return Review(*names, kind, "collective", "认真", "慢", "快些")


def due(profile: Profile, today: date, *reviewed: date, kind: OrgKind = OrgKind.BRANCH) -> dict[str, str]:
    """The windows that reviews opened: title and last day."""
    pairs = filed.windows(kind, profile, today, reviewed)
    found = [(row, one) for row, one in pairs if one.reviewed_on]
    return {filed.title(profile, row, one, today): one.due.isoformat() for row, one in found}


def of_branch(today: date, *done: Attestation) -> list[Duty]:
    pairs = [one for one in filed.windows(OrgKind.BRANCH, QINGDAO, today, [DAY]) if one[1].reviewed_on]
    return filed.duties(BRANCH, pairs, QINGDAO, [LI], done, today)


def test_the_form_is_owed_three_days_and_making_known_seven_days_after_a_review() -> None:
    assert due(QINGDAO, date(2026, 6, 26), DAY) == {
        "6月25日点评登记": "2026-06-28",
        "6月25日点评通报": "2026-07-02",
    }
    assert due(QINGDAO, date(2027, 1, 2), date(2026, 12, 31)).keys() == {
        "2026年12月31日点评登记",
        "2026年12月31日点评通报",
    }


def test_each_is_owed_only_where_the_office_asks_for_it() -> None:
    assert due(HARBIN, DAY, DAY) == {} == due(NEVER, DAY, DAY)
    known = merged(HARBIN, {"review.notify_required": True, "review.notify_days": 2}, "own")
    assert due(known, DAY, DAY) == {"6月25日点评通报": "2026-06-27"}
    assert not papers.are_owed(OrgKind.BRANCH, HARBIN) and papers.are_owed(OrgKind.BRANCH, known)


def test_the_school_which_nobody_within_it_reviews_owes_none_and_is_not_looked_at() -> None:
    assert due(QINGDAO, DAY, DAY, kind=OrgKind.SCHOOL) == {}
    assert not papers.are_owed(OrgKind.SCHOOL, QINGDAO)
    for kind in (OrgKind.GENERAL_BRANCH, OrgKind.SUB_COMMITTEE, OrgKind.DIRECT_BRANCH):
        assert len(due(QINGDAO, DAY, DAY, kind=kind)) == 2


def test_all_reviews_of_a_day_are_one_matter_and_daily_ones_need_no_papers() -> None:
    other = DAY - timedelta(days=3)
    given = [review(f"X{n}", DAY) for n in range(20)]
    given += [review("Y", other), review("Z", DAY - timedelta(days=1), "daily")]
    assert papers.days_of(given) == [other, DAY]


@pytest.mark.requirement("R-350")
def test_a_review_before_the_first_day_opens_nothing() -> None:
    (_, form), _ = (one for one in filed.windows(OrgKind.BRANCH, QINGDAO, DAY, [DAY]) if one[1].reviewed_on)
    assert filed.exists(form, DAY)
    assert not filed.exists(form, DAY + timedelta(days=1)) and not filed.exists(form, None)


@pytest.mark.requirement("R-343")
def test_a_word_about_the_day_satisfies_it_and_no_word_about_another_day_does() -> None:
    today = DAY + timedelta(days=9)
    late = Attestation(cast.FIRST, "K-13", DAY.isoformat(), date(2026, 6, 29), by=LI, told_on=today)
    in_time = Attestation(cast.FIRST, "K-14", DAY.isoformat(), date(2026, 7, 1), by=LI, told_on=today)
    other = Attestation(cast.FIRST, "K-13", "2026-06-24", DAY, by=LI, told_on=today)
    assert [one.state for one in of_branch(today, late, in_time)] == [State.LATE, State.DONE]
    assert [one.state for one in of_branch(today, other)] == [State.OPEN, State.OPEN]


def test_people_are_reminded_before_the_end_but_not_of_the_opening_and_read_short_words() -> None:
    form, notice = of_branch(DAY)
    assert [mark.name for mark in form.steps] == ["before", "due", "after"]
    assert (form.note["word"], notice.note["word"]) == ("点评登记", "点评通报")
    assert form.window.label == f"2026-06-25@{cast.FIRST}" and form.owner == LI


def test_the_labels_that_are_asked_about_do_not_hang_on_the_days_reviewed() -> None:
    back = papers.spoken_of(QINGDAO)
    found = list(papers.labels(back, DAY))
    assert (found[0], found[-1], len(found)) == ("2026-06-25", "2026-06-04", 22)
    assert papers.named_for(QINGDAO) == timedelta(days=60)
