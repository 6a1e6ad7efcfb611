"""Read models: kept in the turn's transaction, thrown away and folded again by `rebuild`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, and_, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.entries import Written
from domain.models import MODELS, Model, models_fed_by
from storage.codec import columns, from_row, to_row
from storage.db import Coming, Transaction
from storage.prepared import Prepared
from storage.tables import MODEL_TABLES, archive

Thing = TypeVar("Thing")
_BY_STATE = {model.state: model for model in MODELS}


def absorb(tx: Transaction, written: Written) -> None:
    """Bring every thing that an entry touches up to date."""
    for model in models_fed_by(written.kind):
        key = model.key_of(written)
        before = get(tx, model.state, *key)
        after = model.fold(before, written)
        if after is None:
            if before is not None:
                _remove(tx, model, key)
        elif after != before:
            _upsert(model, tx.is_postgresql).post(tx.connection, **to_row(after), archive=written.archive)
        tx.seen[(model.name, key)] = after


def get(tx: Transaction, kind: type[Thing], *key: Any) -> Thing | None:
    """One thing by its key, or None; its archive's head is remembered with it."""
    model = _BY_STATE[kind]
    name = (model.name, key)
    if name in tx.foreseen:
        tx.foreseen.pop(name)()
    if name not in tx.seen:
        row = _by_key(model).run(tx.connection, **_named(model, key)).first()
        tx.catch_up()
        tx.seen[name] = _thing(tx, model, row) if row else None
    found: Thing | None = tx.seen[name]
    return found


def foresee(tx: Transaction, kind: type[Any], *key: Any) -> None:
    """Have one thing by its key asked for with the next question."""
    model = _BY_STATE[kind]
    name = (model.name, key)
    if name in tx.seen:
        return
    rows = _by_key(model).later(tx.connection, **_named(model, key))

    def see() -> None:
        row = rows().first()
        # What this turn wrote meanwhile is newer.
        tx.seen.setdefault(name, _thing(tx, model, row) if row else None)

    tx.foreseen[name] = Coming(tx, see)


def _named(model: Model, key: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip([f"{name}_" for name in model.key], map(_plain, key), strict=True))


def find(tx: Transaction, kind: type[Thing], *conditions: Any, limit: int | None = None) -> list[Thing]:
    """All things under SQLAlchemy conditions on `table(kind).c`, in the order of their keys."""
    model = _BY_STATE[kind]
    query = _selection(model).where(*conditions).order_by(*_key_columns(model)).limit(limit)
    rows = tx.connection.execute(query).all()
    tx.catch_up()
    return [_thing(tx, model, row) for row in rows]


class Finder:
    """A question for things of one kind whose conditions hold named parameters, compiled once."""

    def __init__(self, kind: type[Any], *conditions: Any) -> None:
        self._model = _BY_STATE[kind]
        query = _selection(self._model).where(*conditions).order_by(*_key_columns(self._model))
        self._prepared = Prepared(query)

    def run(self, tx: Transaction, **values: Any) -> list[Any]:
        """All things that fit, in the order of their keys."""
        rows = list(self._prepared.run(tx.connection, **values))
        tx.catch_up()
        return [_thing(tx, self._model, row) for row in rows]

    def later(self, tx: Transaction, **values: Any) -> Coming:
        """The same with the next question: called, it gives the things."""
        rows = self._prepared.later(tx.connection, **values)
        return Coming(tx, lambda: [_thing(tx, self._model, row) for row in rows()])


def table(kind: type[Any]) -> Any:
    """The table in which things of a kind lie."""
    return MODEL_TABLES[_BY_STATE[kind].name]


def _thing(tx: Transaction, model: Model, row: Sequence[Any]) -> Any:
    # Number and hash come from the same statement as the state: see house, decision 1.
    name, seq, last = row[-3:]
    if name not in tx.heads:
        tx.heads[name] = (seq, last)
    return from_row(model.state, row[:-3])


def _key_columns(model: Model) -> list[Any]:
    return [MODEL_TABLES[model.name].c[name] for name in model.key]


@cache
def _selection_of(name: str) -> Select[Any]:
    where = MODEL_TABLES[name]
    model = next(model for model in MODELS if model.name == name)
    shown = [where.c[column] for column, _ in columns(model.state)]
    joined = where.join(archive, archive.c.name == where.c.archive)
    return select(*shown, where.c.archive, archive.c.seq, archive.c.hash).select_from(joined)


def _selection(model: Model) -> Select[Any]:
    return _selection_of(model.name)


@cache
def _by_key_of(name: str, key: tuple[str, ...]) -> Prepared:
    where = MODEL_TABLES[name]
    return Prepared(
        _selection_of(name).where(and_(*(where.c[part] == bindparam(f"{part}_") for part in key)))
    )


def _by_key(model: Model) -> Prepared:
    return _by_key_of(model.name, model.key)


@cache
def _upsert_of(name: str, key: tuple[str, ...], is_postgresql: bool) -> Prepared:
    where = MODEL_TABLES[name]
    make = postgresql.insert if is_postgresql else sqlite.insert
    statement = make(where)
    changed = {c.name: statement.excluded[c.name] for c in where.c if c.name not in key}
    return Prepared(statement.on_conflict_do_update(index_elements=list(key), set_=changed))


def _upsert(model: Model, is_postgresql: bool) -> Prepared:
    return _upsert_of(model.name, model.key, is_postgresql)


def _remove(tx: Transaction, model: Model, key: tuple[Any, ...]) -> None:
    parts = zip(_key_columns(model), map(_plain, key), strict=True)
    tx.connection.execute(
        delete(MODEL_TABLES[model.name]).where(*(column == value for column, value in parts))
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def rows(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    """Everything kept, by table and in key order: what a rebuild must reproduce."""
    result = {}
    for model in MODELS:
        where = MODEL_TABLES[model.name]
        ordered = tx.connection.execute(select(where).order_by(*_key_columns(model)))
        result[model.name] = [tuple(row) for row in ordered]
    return result


def rebuild(tx: Transaction, chain: Iterable[tuple[Written, bool]], name: str | None = None) -> None:
    """Fold the whole ledger, or that of one archive, again in place of what is kept, within one transaction."""
    written = [one for one, erased in chain if not erased]
    for kept in MODEL_TABLES.values():
        tx.connection.execute(delete(kept).where(*([kept.c.archive == name] if name else [])))
    tx.seen.clear()
    for one in written:
        absorb(tx, one)
