"""The ledger only grows, its chains show every change, and its read models can be thrown away."""

from __future__ import annotations

import dataclasses
import json
import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import exc, text

from domain.entries import GENESIS, Entry, Stamp, Subject, breaks, seal
from storage import ledger, models, rebuilding, schema
from storage.codec import ZONE
from storage.db import Conflict, Database
from tests import cast

AT = datetime(2026, 6, 1, 9, tzinfo=ZONE)
STAMP = Stamp("2010018", AT, AT, {"channel": "test"})
SUBJECT = Subject("person", "2010018", "张伟")


def entry(n: int = 0, archive: str = "person:2010018") -> Entry:
    return Entry(archive, "note.made", SUBJECT, {"n": n, "words": "A&B<3 ]]> {{7*7}} =1+1 䶮😀"})


@pytest.fixture
def database(database_url: str) -> Database:
    made = Database(database_url)
    with made.transaction() as tx:
        schema.create(tx.connection)
    return made


@pytest.mark.requirement("R-234")
@given(
    st.lists(
        st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers(), max_size=4), max_size=8
    )
)
def test_a_chain_holds_and_any_change_of_any_entry_breaks_it(bodies: list[dict[str, object]]) -> None:
    chain, previous = [], GENESIS
    for seq, data in enumerate(bodies, 1):
        chain.append((seal(Entry("a", "k", SUBJECT, data), STAMP, seq, previous, f"salt{seq}"), False))
        previous = chain[-1][0].hash
    assert not list(breaks(chain))
    for at, (written, _) in enumerate(chain):
        changed = dataclasses.replace(written.entry, data={**written.data, "changed": 1})
        tampered = [*chain[:at], (dataclasses.replace(written, entry=changed), False), *chain[at + 1 :]]
        assert [one.reason for one in breaks(tampered)] == ["content"]
        if at < len(chain) - 1:
            assert next(breaks([*chain[:at], *chain[at + 1 :]])).reason == "gap"


def test_entries_are_numbered_by_archive_and_read_back_letter_for_letter(database: Database) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry(1), entry(1, "org:一支部"), entry(2)], STAMP)
    with database.transaction() as tx:
        ledger.append(tx, [entry(3)], STAMP)
    with database.transaction() as tx:
        found = [(one.archive, one.seq, one.data["n"]) for one, _ in ledger.entries(tx)]
        assert found == [("org:一支部", 1, 1), *(("person:2010018", n, n) for n in (1, 2, 3))]
        assert next(ledger.entries(tx))[0].data["words"] == entry().data["words"]
        assert not list(ledger.verify(tx))


@pytest.mark.parametrize("statement", ["UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"])
def test_the_database_refuses_to_change_or_remove_an_entry(database: Database, statement: str) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry()], STAMP)
    with pytest.raises(exc.DatabaseError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"])
def test_the_triggers_stand_after_every_migration(database_url: str, statement: str) -> None:
    migrated = Database(database_url)
    for _ in range(2):
        schema.migrate(migrated.engine)
        test_the_database_refuses_to_change_or_remove_an_entry(migrated, statement)


def test_a_turn_that_read_an_old_head_conflicts_instead_of_forking_the_chain(database: Database) -> None:
    if not database.url.startswith("postgresql"):
        return _test_sqlite_turns_wait_for_each_other(database)
    with pytest.raises(Conflict), database.transaction() as slow:
        ledger.head(slow, "person:2010018")
        with database.transaction() as quick:
            ledger.append(quick, [entry(1)], STAMP)
        ledger.append(slow, [entry(2)], STAMP)
    with database.reading() as tx:
        assert [one.data for one, _ in ledger.entries(tx)] == [entry(1).data]
    return None


def test_a_head_that_is_not_where_this_turn_saw_it_keeps_the_turn_from_writing(database: Database) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry(1)], STAMP)
    with pytest.raises(Conflict), database.transaction() as tx:
        ledger.head(tx, "person:2010018")
        tx.connection.execute(text("UPDATE archive SET seq = 7"))
        ledger.append(tx, [entry(2)], STAMP)
    with database.reading() as tx:
        assert len(list(ledger.entries(tx))) == 1
        assert not list(ledger.verify(tx))


def _test_sqlite_turns_wait_for_each_other(database: Database) -> None:
    inside, order = threading.Event(), []

    def second() -> None:
        inside.set()
        with database.transaction() as tx:
            order.append("second")
            ledger.append(tx, [entry(2)], STAMP)

    with database.transaction() as tx:
        other = threading.Thread(target=second)
        other.start()
        assert inside.wait(5)
        ledger.append(tx, [entry(1)], STAMP)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_many_writers_of_one_archive_never_lose_or_double_an_entry(database: Database) -> None:
    def write(n: int) -> None:
        for at in range(5):
            for _ in range(50):
                try:
                    database.attempt(lambda tx: ledger.append(tx, [entry(n * 10 + at)], STAMP))  # noqa: B023
                    break
                except Conflict:
                    continue

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with database.transaction() as tx:
        assert sorted(one.data["n"] for one, _ in ledger.entries(tx)) == sorted(
            n * 10 + at for n in range(4) for at in range(5)
        )
        assert not list(ledger.verify(tx))


def test_erased_words_are_gone_and_the_chain_still_holds(database: Database) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry(1), entry(2)], STAMP)
    with database.transaction() as tx:
        ledger.erase(tx, "person:2010018", 1)
        order = Entry("person:2010018", "ledger.erased", SUBJECT, {"order": "本人申请"}, corrects=1)
        ledger.append(tx, [order], dataclasses.replace(STAMP, at=AT + timedelta(days=1)))
    with database.transaction() as tx:
        assert [is_erased for _, is_erased in ledger.entries(tx)] == [True, False, False]
        assert not list(ledger.verify(tx))
        erasure = ledger.erasure(tx, "person:2010018", 1)
        assert erasure is not None and erasure["order"] == "本人申请"
        left = tx.connection.execute(text("SELECT body FROM body")).scalars().all()
        assert not any(json.loads(one)["data"].get("n") == 1 for one in left)


def _tamper(database: Database, *statements: str) -> None:
    """As somebody who has the whole database in his hands."""
    with database.engine.begin() as connection:
        for one in ("ALTER TABLE ledger DISABLE TRIGGER USER",) if _is_server(database) else _TRIGGERS:
            connection.exec_driver_sql(one)
        for one in statements:
            connection.exec_driver_sql(one)


_TRIGGERS = ("DROP TRIGGER ledger_no_update", "DROP TRIGGER ledger_no_delete")


def _is_server(database: Database) -> bool:
    return database.url.startswith("postgresql")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE ledger SET actor = 'x' WHERE seq = 1", "hash"),
        ("UPDATE body SET body = replace(body, '张伟', '张威') WHERE seq = 1", "content"),
        ("DELETE FROM body WHERE seq = 1", "content"),
        ("DELETE FROM ledger WHERE seq = 1", "gap"),
        ("DELETE FROM ledger WHERE seq = 2", "gap"),
        ("DELETE FROM ledger", "gap"),
    ],
)
def test_whatever_somebody_changed_in_the_database_is_found(
    database: Database, statement: str, reason: str
) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry(1), entry(2)], STAMP)
    _tamper(database, statement)
    with database.reading() as tx:
        assert reason in [one.reason for one in ledger.verify(tx)]


def test_a_turn_during_a_proof_is_no_fault(database: Database) -> None:
    with database.transaction() as tx:
        ledger.append(tx, [entry(1)], STAMP)
    with database.reading() as slow:
        assert list(ledger.verify(slow)) == []
        with database.transaction() as tx:
            ledger.append(tx, [entry(2)], STAMP)
        assert list(ledger.verify(slow)) == []
        assert len(list(ledger.entries(slow))) == 1


def test_read_models_are_mended_archive_by_archive(database: Database) -> None:
    cast.enrol(database)
    with database.transaction() as tx:
        kept = models.rows(tx)
        tx.connection.execute(text("DELETE FROM role"))
        tx.connection.execute(text("UPDATE membership SET org = 'nowhere', archive = 'person:nobody'"))
    with database.transaction() as tx:
        rebuilding.remove_strays(tx)
    with database.reading() as tx:
        names = rebuilding.archives(tx)
    for name in names:
        with database.transaction() as tx:
            rebuilding.refold(tx, [name])
    with database.reading() as tx:
        assert models.rows(tx) == kept


def test_rebuilt_read_models_equal_the_kept_ones(database: Database) -> None:
    cast.enrol(database)
    with database.transaction() as tx:
        kept = models.rows(tx)
        models.rebuild(tx, ledger.entries(tx))
        assert models.rows(tx) == kept
        assert sum(map(len, kept.values())) > 50


def test_what_was_half_done_when_a_turn_fails_is_not_there_afterwards(database: Database) -> None:
    with pytest.raises(RuntimeError), database.transaction() as tx:
        ledger.append(tx, [entry()], STAMP)
        raise RuntimeError
    with database.transaction() as tx:
        assert not list(ledger.entries(tx))


def test_an_organisation_whose_founding_was_erased_leaves_the_rest_to_be_folded(database: Database) -> None:
    cast.enrol(database)
    with database.transaction() as tx:
        ledger.erase(tx, f"org:{cast.SECOND}", 1)
    with database.transaction() as tx:
        models.rebuild(tx, ledger.entries(tx))
        kept = {row[0] for row in models.rows(tx)["organisation"]}
    assert cast.FIRST in kept and cast.SECOND not in kept
