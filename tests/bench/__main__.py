"""Prints every table; PostgreSQL's rows where its programs are."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import postgres
from tests.bench import turns


def main() -> None:
    """Run all measurements, one after the other."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xieshi-bench-", dir=".")))
        engines = [("SQLite", f"sqlite:///{home.resolve() / 'bench.db'}")]
        if postgres.programs():
            cluster = stack.enter_context(postgres.running_cluster())
            engines.append(("PostgreSQL", cluster.url(cluster.create())))
        print("\n".join(turns.measure(engines, home)))


if __name__ == "__main__":
    main()
