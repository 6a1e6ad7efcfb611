"""Makes the tables and the triggers that refuse to change or remove what the ledger holds."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from storage.tables import metadata

REFUSAL = "the ledger is append-only"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS ledger_no_{act.lower()} BEFORE {act} ON ledger "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE OR REPLACE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger "
    "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    "CREATE OR REPLACE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
)


def create(connection: Connection) -> None:
    """Make whatever is missing; safe to repeat."""
    metadata.create_all(connection)
    guard(connection)


def guard(connection: Connection) -> None:
    """Put the triggers in place."""
    statements = _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
    for statement in statements:
        connection.exec_driver_sql(statement)


def migrate(engine: Engine) -> None:
    """Bring a database to this release; safe to repeat and to run from two machines."""
    with engine.begin() as connection:
        create(connection)
