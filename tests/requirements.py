"""`make requirements`: every requirement of the notices and the tests and dialogues that show it."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NUMBER = re.compile(r"\bR-\d{3}\b")
# A dialogue names its requirements on lines of their own, as a comment or in the office's words.
NAMING = re.compile(r"\s*(?:#|要求[:：])")

Shown = Mapping[str, Sequence[str]]


class Collected:
    """Pytest plugin that remembers which requirement each collected test names."""

    def __init__(self) -> None:
        self.tests: list[tuple[str, str]] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("requirement"):
                self.tests.extend((str(number), item.nodeid.partition("[")[0]) for number in mark.args)


def titles(path: Path = HERE / "requirements.tsv") -> dict[str, str]:
    """Every requirement's number and short title, in order."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return dict(rows)


def named_in_dialogues(folder: Path = HERE / "dialogues") -> Iterator[tuple[str, str]]:
    """Each requirement a dialogue names, with the dialogue's name."""
    for path in sorted(folder.rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if NAMING.match(line):
                yield from (
                    (number, f"dialogues/{path.relative_to(folder)}") for number in NUMBER.findall(line)
                )


def named_in_tests() -> list[tuple[str, str]]:
    """Each requirement a test's mark names, with the test; exits with pytest's words when it cannot collect."""
    collected = Collected()
    with redirect_stdout(StringIO()) as said:
        status = pytest.main(["--collect-only", "-q", str(HERE)], plugins=[collected])
    if status != pytest.ExitCode.OK:
        sys.exit(said.getvalue())
    return collected.tests


def by_number(named: Iterable[tuple[str, str]]) -> Shown:
    """The pairs gathered by requirement, each test once."""
    shown: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for number, test in named:
        shown[number][test] = None
    return {number: list(tests) for number, tests in shown.items()}


def table(titles: Mapping[str, str], shown: Shown) -> Iterator[str]:
    """The lines of the table: number, state, title, and below it the tests."""
    for number, title in titles.items():
        tests = shown.get(number, ())
        yield f"{number}  {'built' if tests else 'not yet':7}  {title}"
        yield from (f"{' ' * 16}{test}" for test in tests)
    yield f"{len(titles.keys() & shown.keys())} built, {len(titles.keys() - shown.keys())} not yet"


def main() -> int:
    """Print the table; 1 when a test names a requirement that does not exist."""
    known = titles()
    shown = by_number([*named_in_tests(), *named_in_dialogues()])
    print("\n".join(table(known, shown)))
    unknown = sorted(shown.keys() - known.keys())
    for number in unknown:
        print(f"{number} is no requirement, but is named by {', '.join(shown[number])}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
