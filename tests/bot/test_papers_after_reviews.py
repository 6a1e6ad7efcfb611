"""登记 and 通报 after reviews, as they are asked for, entered and reminded of (K-13, K-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import profiles
from bot.handlers import overdue
from bot.scheduler import pending, planning
from domain import enrolment
from domain.duties import gathering
from domain.entries import Entry, Subject
from domain.people import Organisation
from storage import outbox
from storage.codec import ZONE
from storage.facts import FactsView
from storage.roster import RosterView
from tests import cast, school
from tests.attacks.handing_over import loses_office
from tests.bot.test_statements_of_lists import statements, with_branches
from tests.school import School
from tests.sealed import made

LI, ZHANG, WANG, MA = "2005007", "2010018", "2003011", "2001002"
DAY = date(2026, 6, 25)
NOW = datetime(2026, 6, 26, 10, tzinfo=ZONE)


@pytest.fixture
def one(database_url: str) -> School:
    return in_qingdao(school.new(database_url, NOW))


def in_qingdao(one: School) -> School:
    one.dispatcher.profile = profiles.load("qingdao")
    return one


def owed(one: School, org: str) -> set[tuple[str, str, str]]:
    """Row, window and owner of what an organisation owes after reviews."""
    with one.database.reading() as tx:
        at = pending.scene(tx, one.dispatcher.profile, one.now)
        unit = at.roster.org(org)
        assert unit is not None
        found = [each for each in gathering.of_unit(at, unit) if each.code in ("K-13", "K-14")]
    return {(each.code, each.window.label, each.owner) for each in found}


def review_of(unit: Organisation, day: date) -> Entry:
    """A 定期 review of an organisation."""
    number = f"P-{unit.id}"
    said = {"review": number, "session": number, "target": "org", "kind": "periodic", "manner": "collective"}
    parts = {"merits": "认真", "gaps": "慢", "directions": "快些"}
    at = {"at": datetime(day.year, day.month, day.day, 15, tzinfo=ZONE).isoformat()}
    subject = Subject("org", unit.id, unit.name)
    return Entry(unit.archive, "review.posted", subject, {**said, **parts, **at}, "", unit.name, unit.id)


def both(day: date, org: str, owner: str) -> set[tuple[str, str, str]]:
    return {(code, f"{day.isoformat()}@{org}", owner) for code in ("K-13", "K-14")}


def test_the_side_that_was_reviewed_owes_them_its_secretary_and_members_included(one: School) -> None:
    one.reviewed(ZHANG, LI, DAY)
    one.reviewed_unit(cast.ENGINEERING, MA, DAY)
    one.reviewed_unit(cast.SECOND, WANG, DAY)
    assert owed(one, cast.FIRST) == both(DAY, cast.FIRST, LI)
    assert owed(one, cast.ENGINEERING) == both(DAY, cast.ENGINEERING, WANG)
    assert owed(one, cast.SECOND) == both(DAY, cast.SECOND, "2006015")
    assert owed(one, cast.STUDENTS) == set() == owed(one, cast.SCHOOL)


def test_a_review_of_the_secretary_is_owed_by_the_organisation_he_leads(one: School) -> None:
    entry = one._about(LI, "review.posted")
    one._post(replace(entry, org=cast.SECOND, org_id=cast.SECOND), "secretary", WANG, DAY)
    assert owed(one, cast.SECOND) == both(DAY, cast.SECOND, "2006015")


def test_while_a_branch_has_no_secretary_the_one_above_owes_them(one: School) -> None:
    one.reviewed(ZHANG, LI, DAY)
    loses_office(one, LI, cast.FIRST)
    assert owed(one, cast.FIRST) == both(DAY, cast.FIRST, WANG)


def test_a_voided_review_takes_its_papers_with_it(one: School) -> None:
    one.reviewed(ZHANG, LI, DAY)
    (posted,) = (each for each in one.entries() if each.kind == "review.posted")
    voided: Entry = replace(
        posted.entry, kind="review.voided", data={"review": posted.data["review"], "reason": "记错人"}
    )
    one.write([voided], actor=LI)
    assert owed(one, cast.FIRST) == set()


@pytest.mark.requirement("R-350")
def test_before_its_first_day_a_branch_owes_and_enters_none(one: School) -> None:
    one.reviewed(ZHANG, LI, DAY)
    branch = next(org for org in cast.ORGS if org.id == cast.FIRST)
    one.write([enrolment.org_changed(branch, starts_on="2026-06-26")])
    assert owed(one, cast.FIRST) == set()
    assert "现在没有要登记的纸面事项" in one.say(LI, "已办 点评登记").reply


def test_what_nobody_asks_about_any_more_is_entered_by_naming_its_day(one: School) -> None:
    one.reviewed(ZHANG, LI, date(2026, 5, 6))
    assert owed(one, cast.FIRST) == set()
    assert "5月6日点评通报（5月13日已到期）" in one.say(LI, "已办").reply
    one.say(LI, "取消")
    assert "5月6日点评通报（教工第一党支部）" in one.say(LI, "已办 5月6日点评通报 5月9日").reply


def test_harbin_whose_notice_asks_for_neither_never_looks_at_the_reviews_for_them(
    one: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    read = FactsView.reviews_in

    def listen(self: FactsView, orgs: Sequence[str], since: date, until: date):
        asked.append(orgs)
        return read(self, orgs, since, until)

    monkeypatch.setattr(FactsView, "reviews_in", listen)
    one.reviewed(ZHANG, LI, DAY)
    one.dispatcher.profile = profiles.load("harbin")
    one.say(LI, "已办")
    one.say(LI, "取消")
    one.say(LI, "逾期")
    assert owed(one, cast.FIRST) == set() and asked == []
    in_qingdao(one)
    assert owed(one, cast.SCHOOL) == set() and asked == []
    assert owed(one, cast.FIRST) and asked == [[cast.FIRST]]


def test_the_reminder_of_the_morning_after_names_the_day_and_what_to_answer(
    sqlite_url: str, tmp_path: Path
) -> None:
    one = in_qingdao(school.new(sqlite_url, NOW))
    bot = replace(made(one, tmp_path), profile=one.dispatcher.profile)
    one.reviewed(ZHANG, LI, date(2026, 6, 23))
    one.now = datetime(2026, 6, 24, 9, tzinfo=ZONE)
    planning.run(bot, one.now)
    with one.database.transaction() as tx:
        (row,) = [each.row for each in outbox.standing(tx) if "点评登记" in each.row.body["text"]]
    assert row.body["text"].endswith("6月23日点评登记，6月26日前。纸面记好的，回复“已办 点评登记”。")


@pytest.mark.requirement("R-326")
def test_overdue_of_forty_reviewed_branches_costs_as_many_statements_as_of_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overdue, "MOST_AT_ONCE", 100)
    counts = []
    for more in (1, 40):
        one = in_qingdao(with_branches(f"sqlite:///{tmp_path / f'{more}.db'}", more))
        with one.database.reading() as tx:
            branches = [org for org in RosterView(tx).orgs() if org.parent == cast.ENGINEERING]
        reviews = [review_of(org, DAY - timedelta(days=n % 4)) for n, org in enumerate(branches)]
        one.write(reviews, actor=WANG)
        counts.append(statements(one, "逾期", WANG))
        assert "6月25日点评登记" in one.outcomes[-1].reply
    assert counts[0] > 5 and abs(counts[1] - counts[0]) <= 1, counts


def test_several_days_before_the_name_are_days_of_reviews(one: School) -> None:
    for day in (DAY, date(2026, 6, 24)):
        one.reviewed(ZHANG, LI, day, capacity="branch_secretary")
    one.now += timedelta(days=1)
    shown = one.say(LI, "已办 6月24日、6月25日点评登记 6月26日").reply
    if "以上都办了" in shown:
        shown = one.say(LI, "以上都办了").reply
    assert "6月26日" in shown
    one.say(LI, "确认")
    told = [each.data for each in one.entries(f"org:{cast.FIRST}") if each.kind == "duty.attested"]
    assert {(each["period"], each["done_on"]) for each in told} == {
        ("2026-06-24", "2026-06-26"),
        ("2026-06-25", "2026-06-26"),
    }
