"""A migrated database is the same as one made at once, and a changed read model is folded anew."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import ledger, models, schema, settings
from storage.db import Database
from storage.tables import metadata
from tests import cast


def test_the_steps_end_in_exactly_the_tables_of_this_release(database_url: str) -> None:
    database = Database(database_url)
    schema.migrate(database.engine)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert [one for one in compare_metadata(context, metadata) if one[0] != "remove_table"] == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    schema.migrate(database.engine)
    cast.enrol(database)
    with database.transaction() as tx:
        before = models.rows(tx)
    schema.migrate(database.engine)
    with database.transaction() as tx:
        assert models.rows(tx) == before


def test_read_models_of_another_shape_are_folded_anew_from_the_ledger(database_url: str) -> None:
    database = Database(database_url)
    schema.migrate(database.engine)
    cast.enrol(database)
    with database.transaction() as tx:
        before = models.rows(tx)
        settings.put(tx, schema.SHAPE, "of an older release")
        tx.connection.execute(text("DROP TABLE role"))
        tx.connection.execute(text("CREATE TABLE role (old TEXT)"))
    schema.migrate(database.engine)
    with database.transaction() as tx:
        assert models.rows(tx) == before
        assert not list(ledger.verify(tx))
