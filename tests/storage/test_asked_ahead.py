"""What a turn asks ahead comes in one way to PostgreSQL and back, and is as old as the moment of asking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import exc

from domain.commitments import Commitment, State
from storage import ledger, models
from storage.db import Conflict, Database
from storage.facts import FactsView
from storage.foresight import AskedAhead, foresight
from storage.line import Lost
from storage.prepared import line
from storage.roster import RosterView
from tests.school import new
from tests.storage.test_ledger import STAMP, entry
from tests.storage.test_line import journeys

ZHANG, BRANCH, TODAY = "2010018", "一支部", date(2026, 7, 8)
MINE = f"person:{ZHANG}"


def filled(url: str) -> Database:
    made = new(url)
    made.publish(ZHANG, "带2名青年教师，每人听课6次", date(2026, 12, 31))
    return made.database


@pytest.fixture
def database(database_url: str) -> Database:
    return filled(database_url)


@pytest.fixture
def server(postgresql_url: str) -> Database:
    return filled(postgresql_url)


def ask(roster: RosterView, facts: FactsView) -> list[object]:
    """Everything that may be asked ahead."""
    branch = roster.branch_of(ZHANG, TODAY)
    assert branch is not None
    return [
        branch,
        list(roster.path(branch.id)),
        list(roster.roles_of(ZHANG, TODAY)),
        list(facts.commitments_of([ZHANG])),
        list(facts.commitments_of([ZHANG], [State.PUBLISHED])),
        facts.report(ZHANG, "2026-06"),
        list(facts.goals_in(branch.id)),
        facts.count(MINE, "commitment.published", 2026),
    ]


def ask_ahead(roster: RosterView, facts: FactsView) -> None:
    soon = AskedAhead(roster, facts)
    soon.way_up(ZHANG, TODAY)
    soon.roles(ZHANG, TODAY)
    soon.record(ZHANG, "2026-06")
    soon.goals(ZHANG, TODAY)
    soon.count(MINE, "commitment.published", 2026)


def test_the_answers_are_those_that_come_without_asking_ahead(database: Database) -> None:
    with database.transaction() as tx:
        plain = ask(RosterView(tx), FactsView(tx))
    with database.transaction() as tx:
        roster, facts = RosterView(tx), FactsView(tx)
        ask_ahead(roster, facts)
        assert ask(roster, facts) == plain
    assert plain[-1] == 1


@pytest.mark.postgresql
def test_all_of_it_is_one_way_to_the_server(server: Database, tmp_path: Path) -> None:
    with server.transaction() as tx, journeys(tx, tmp_path / "trace") as seen:
        roster, facts = RosterView(tx), FactsView(tx)
        ask_ahead(roster, facts)
        ask(roster, facts)
    assert len(seen) == 1


def test_on_a_file_nothing_is_asked_before_it_is_needed(database: Database) -> None:
    with database.transaction() as tx:
        soon = foresight(tx, RosterView(tx), FactsView(tx))
        soon.goals(ZHANG, TODAY)
        assert bool(tx.coming) == tx.is_postgresql


@pytest.mark.postgresql
def test_who_writes_on_what_was_asked_ahead_meets_whoever_wrote_since(server: Database) -> None:
    with pytest.raises(Conflict), server.transaction() as slow:
        facts = FactsView(slow)
        AskedAhead(RosterView(slow), facts).record(ZHANG, "2026-06")
        line(slow.connection).flush()
        with server.transaction() as quick:
            ledger.append(quick, [entry(1, MINE)], STAMP)
        # This sees the new head, but what was asked ahead is older.
        ledger.head(slow, MINE)
        ledger.append(slow, [entry(2, MINE)], STAMP)
    with server.reading() as tx:
        assert [one.kind for one, _ in ledger.entries(tx, MINE)].count("note.made") == 1


@pytest.mark.postgresql
def test_who_counts_on_from_a_number_that_is_old_meets_whoever_wrote_since(server: Database) -> None:
    with pytest.raises(Conflict), server.transaction() as slow:
        facts = FactsView(slow)
        facts.foresee_count(MINE, "note.made", 2026)
        line(slow.connection).flush()
        with server.transaction() as quick:
            ledger.append(quick, [entry(1, MINE)], STAMP)
        assert facts.count(MINE, "note.made", 2026) == 0
        ledger.append(slow, [entry(2, MINE)], STAMP)


def test_what_this_turn_wrote_is_newer_than_what_it_had_asked_ahead(database: Database) -> None:
    with database.transaction() as tx:
        (item,) = models.find(tx, Commitment, models.table(Commitment).c.owner == ZHANG)
    with database.transaction() as tx:
        models.foresee(tx, Commitment, item.number)
        tx.seen[("commitment", (item.number,))] = "newer"
        assert models.get(tx, Commitment, item.number) == "newer"  # type: ignore[comparison-overlap]


@pytest.mark.postgresql
def test_an_answer_whose_turn_was_undone_never_comes(server: Database) -> None:
    with server.transaction() as tx:
        rows = ledger.counting(tx, MINE, "note.made", STAMP.at)
        tx.undo()
        with pytest.raises(exc.OperationalError, match="undone") as told:
            rows()
    assert isinstance(told.value.orig, Lost)
