"""Brings a database to this release: Alembic's steps, read models folded anew when their shape changed, triggers.

The triggers refuse to change or remove what the ledger holds (house, 1).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from domain.models import MODELS
from storage import ledger, models, settings
from storage.codec import columns
from storage.db import Transaction, as_ours
from storage.tables import MODEL_TABLES, metadata

REFUSAL = "the ledger is append-only"
SHAPE = "models"
HERE = Path(__file__).parent

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
_ONE_AT_A_TIME = 7_460_001
"""PostgreSQL's advisory lock for migrations, so that two machines may start at once."""


def create(connection: Connection) -> None:
    """Make every table at once in an empty database: what tests do, and what `migrate` must end in."""
    metadata.create_all(connection)
    guard(connection)


def guard(connection: Connection) -> None:
    """Put the triggers in place."""
    statements = _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
    for statement in statements:
        connection.exec_driver_sql(statement)


def migrate(engine: Engine) -> None:
    """Bring a database to this release; safe to repeat and to run from two machines; raises Unavailable."""
    with as_ours(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        command.upgrade(_config(connection), "head")
        _refresh_models(connection)
        guard(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["connection"] = connection
    return config


def _refresh_models(connection: Connection) -> None:
    """Read models are never migrated: a changed shape is dropped and folded again from the ledger."""
    tx = Transaction(connection)
    if settings.get(tx, SHAPE) == shape():
        return
    metadata.drop_all(connection, tables=list(MODEL_TABLES.values()))
    metadata.create_all(connection, tables=list(MODEL_TABLES.values()))
    models.rebuild(tx, ledger.entries(tx))
    settings.put(tx, SHAPE, shape())


def shape() -> str:
    """A digest of the read models' columns and indexes."""
    described = [
        (model.name, columns(model.state), model.key, model.prefixes, model.indexes) for model in MODELS
    ]
    return hashlib.sha256(repr(described).encode()).hexdigest()
