"""What must hold of a ledger whatever happened to the processes that wrote it."""

from __future__ import annotations

from collections import Counter

from storage import ledger, models
from tests.school import School


def assert_whole(one: School) -> None:
    """Every chain holds, and the read models are what the ledger says."""
    with one.database.transaction() as tx:
        assert list(ledger.verify(tx)) == []
        before = models.rows(tx)
        models.rebuild(tx, list(ledger.entries(tx)))
        assert models.rows(tx) == before


def written(one: School, kind: str, key: str) -> Counter[str]:
    """How often each value of `key` stands in the entries of a kind."""
    return Counter(str(entry.data[key]) for entry in one.entries() if entry.kind == kind)
