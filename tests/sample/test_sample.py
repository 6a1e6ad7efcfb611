"""The sample school is lively, the same each time, quickly there, and holds to every rule of the ledger."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from bot import profiles, sample
from bot.sample import people, scenes
from domain import monthly
from domain.commitments import Commitment, State
from domain.people import RoleKind
from domain.reports import Report
from domain.reviews import Review
from storage import attachments, ledger, models, schema
from storage.codec import ZONE
from storage.db import Database
from storage.photos import Photos
from storage.roster import RosterView
from tests import cast

NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)


def loaded(folder: Path, now: datetime = NOW, url: str = "") -> Database:
    database = Database(url or f"sqlite:///{folder / 'xieshi.db'}")
    with database.transaction() as tx:
        schema.create(tx.connection)
    sample.load(database, folder / "media", now)
    return database


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Path]:
    folder = tmp_path_factory.mktemp("sample")
    return loaded(folder), folder


def test_the_branches_have_the_members_of_the_scenarios(school: tuple[Database, Path]) -> None:
    with school[0].reading() as tx:
        roster = RosterView(tx)
        sizes = {org.id: len(roster.members([org.id], NOW.date())) for org in roster.orgs()}
        heads = {
            role.org: role.person for role in roster.holders(RoleKind.SECRETARY, list(sizes), NOW.date())
        }
        named = [who.id for who in roster.named("张伟")]
    assert {people.FIRST: 23, people.SECOND: 18, people.STUDENTS: 5, people.THIRD: 8}.items() <= sizes.items()
    assert heads[people.FIRST] == "2005007" and heads[people.UNIT] == "2003011"
    assert named == ["2010018", "2012034"]


def test_everybody_of_the_cast_is_there_under_the_same_account(school: tuple[Database, Path]) -> None:
    rows = {row["编号"]: (row["姓名"], row["账号"], row["所在组织"]) for row in people.rows()}
    assert {id: rows[id] for id, *_ in cast.PEOPLE} == {row[0]: row[1:4] for row in cast.PEOPLE}
    assert len({row[1] for row in rows.values()}) == len(rows)


def test_the_ledger_holds_and_its_models_can_be_folded_again(school: tuple[Database, Path]) -> None:
    with school[0].transaction() as tx:
        kept = models.rows(tx)
        assert list(ledger.verify(tx)) == []
        models.rebuild(tx, ledger.entries(tx))
        assert models.rows(tx) == kept


@pytest.mark.parametrize(
    ("now", "month", "handed_in", "late"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=ZONE), "2026-10", 19, ["2011045"]),
        (datetime(2026, 7, 6, 12, tzinfo=ZONE), "2026-06", 19, ["2011045"]),
    ],
)
def test_the_month_that_is_asked_for_looks_like_the_scenario(
    tmp_path: Path, now: datetime, month: str, handed_in: int, late: list[str]
) -> None:
    database, profile = loaded(tmp_path, now), profiles.load("harbin")
    period = monthly.due_month(now, profile)
    with database.reading() as tx:
        roster = RosterView(tx)
        members = [who.id for who, _ in roster.members([people.FIRST], now.date())]
        c = models.table(Report).c
        reports = models.find(tx, Report, c.org == people.FIRST, c.month == month)
        items = models.find(tx, Commitment)
    owing = {
        one for one in members if monthly.live_items([i for i in items if i.owner == one], period, profile)
    }
    assert (len(members), len(owing), len(reports)) == (23, 22, handed_in)
    assert owing - {one.person for one in reports} == {"2013008", "2016011", "2007033"}
    assert [one.person for one in reports if one.late] == late


def test_nothing_lies_in_the_future_and_numbers_follow_the_order_of_events(
    school: tuple[Database, Path],
) -> None:
    with school[0].reading() as tx:
        written = [one for one, _ in ledger.entries(tx)]
    assert max(one.stamp.at for one in written) <= NOW
    for archive in {one.archive for one in written}:
        own = [one for one in written if one.archive == archive]
        assert [one.stamp.at for one in own] == sorted(one.stamp.at for one in own)
        for kind, key in (("review.posted", "review"), ("report.submitted", "report")):
            tails = [int(one.data[key].split("-")[-1]) for one in own if one.kind == kind]
            assert tails == list(range(1, len(tails) + 1))


def test_promises_stand_in_several_states_and_reviews_cover_most_members(
    school: tuple[Database, Path],
) -> None:
    with school[0].reading() as tx:
        items, reviews = models.find(tx, Commitment), models.find(tx, Review)
    assert {State.PUBLISHED, State.DECLARED, State.FULFILLED} <= {item.state for item in items}
    assert len([item for item in items if item.owner_type == "org"]) == 6
    assert {"periodic", "daily"} == {review.kind for review in reviews}
    assert all(review.merits and review.gaps and review.directions for review in reviews)
    assert all(review.reviewer != review.subject for review in reviews)


def test_every_photo_is_in_the_store_under_its_digest(school: tuple[Database, Path]) -> None:
    database, folder = school
    photos = Photos(folder / "media")
    with database.reading() as tx:
        numbers = [number for review in models.find(tx, Review) for number in review.attachments]
        told = attachments.described(tx, numbers)
        stored = [one.data["attachment"] for one in ledger.of_kind(tx, "attachment.stored")]
    assert len(told) == len(numbers) >= 5
    assert {one["state"] for one in told} == {"stored"} and sorted(stored) == sorted(numbers)
    for one in told:
        assert Image.open(io.BytesIO(photos.get(one["sha256"]))).size == scenes.SIZE


def test_the_same_moment_gives_the_same_school(school: tuple[Database, Path], tmp_path: Path) -> None:
    with school[0].reading() as tx, loaded(tmp_path).reading() as other:
        assert models.rows(tx) == models.rows(other)


@pytest.mark.parametrize("now", [datetime(2026, 1, 5, 9, tzinfo=ZONE), datetime(2026, 3, 1, 9, tzinfo=ZONE)])
def test_it_can_be_loaded_at_any_time_of_the_year(tmp_path: Path, now: datetime) -> None:
    with loaded(tmp_path, now).reading() as tx:
        assert list(ledger.verify(tx)) == []
        assert models.find(tx, Commitment)


def test_it_goes_into_an_empty_database_only(tmp_path: Path) -> None:
    database = loaded(tmp_path)
    with pytest.raises(sample.NotEmpty):
        sample.load(database, tmp_path, NOW)


@pytest.mark.postgresql
def test_it_goes_into_the_other_engine_as_well(postgresql_url: str, tmp_path: Path) -> None:
    with loaded(tmp_path, url=postgresql_url).reading() as tx:
        assert list(ledger.verify(tx)) == []


KEYS = {
    "commitment.proposed": {"commitment", "kind", "goal", "due", "matter", "trigger"},
    "commitment.signed": {"commitment", "capacity"},
    "report.submitted": {"month", "late", "items", "statement", "proxy"},
    "review.posted": {
        *("review", "session", "target", "kind", "manner", "selection", "occasion", "place", "grade"),
        *("common_only", "merits", "gaps", "directions"),
    },
    "attachment.stored": {"attachment", "of", "sha256", "size", "mime"},
}


def test_the_entries_have_the_keys_that_others_rely_on(school: tuple[Database, Path]) -> None:
    with school[0].reading() as tx:
        found = [one for one, _ in ledger.entries(tx)]
    assert set(KEYS) <= {one.kind for one in found}
    for one in found:
        assert KEYS.get(one.kind, set()) <= set(one.data), one.kind
