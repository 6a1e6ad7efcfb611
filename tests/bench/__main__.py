"""Prints every table; PostgreSQL's rows where its programs are. `--quick` takes a minute and small numbers."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from tests import postgres
from tests.bench import latency, memory, scale, statements, turns

Make = Callable[[], str]
NUMBERS = count(1)


def main(quick: bool) -> None:
    """Run all measurements, one after the other."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xieshi-bench-", dir=".")))
        engines: list[tuple[str, Make]] = [("SQLite", lambda: _file(home))]
        if postgres.programs():
            cluster = stack.enter_context(postgres.running_cluster())
            engines.append(("PostgreSQL", lambda: cluster.url(cluster.create())))
        seconds, imported = (4, 300) if quick else (20, 5000)
        _show("一次完整的文字来回", lambda: turns.measure(_fresh(engines), home, 400 if quick else 3000))
        _show("应答时间", lambda: latency.measure(_fresh(engines), home, seconds, imported))
        _show("每一句的数据库语句", lambda: statements.measure(home))
        _show("内存", lambda: memory.measure(_file(home), home, 1500 if quick else 10_000))
        _show(
            "小学校与大学校", lambda: scale.measure((500, 2000) if quick else (5000, 100_000), engines, home)
        )


def _file(home: Path) -> str:
    """A database that is not there yet."""
    return f"sqlite:///{home.resolve() / f'bench-{next(NUMBERS)}.db'}"


def _fresh(engines: Sequence[tuple[str, Make]]) -> list[tuple[str, str]]:
    return [(name, make()) for name, make in engines]


def _show(title: str, table: Callable[[], list[str]]) -> None:
    began = time.perf_counter()
    lines = table()
    print(f"\n## {title}\n\n" + "\n".join(lines), flush=True)
    print(f"\n（用了{time.perf_counter() - began:.0f}秒）", flush=True)


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:])
