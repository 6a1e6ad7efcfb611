"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("domain", "storage", "bot", "sandbox")
MADE_BY_TOOLS = {"__pycache__", "node_modules", "var", "build"}
MAX_LINES = 300

# Written in halves, because this file is searched too.
REGISTRIES = re.compile("|".join(["py" + r"pi\.", "python" + "hosted", "npm" + r"js\.", "deb" + r"ian\.org"]))
HOMES = re.compile("|".join([r"/ho" + r"me/\w+/", r"/Us" + r"ers/\w+/", "/ro" + "ot/", "/wo" + r"rk/\w+"]))


def files() -> Iterator[Path]:
    """Every file of the project, without what tools and runs leave behind."""
    for folder in (ROOT, *(path for path in ROOT.iterdir() if path.is_dir() and _ours(path))):
        yield from (
            path for path in (folder.iterdir() if folder == ROOT else folder.rglob("*")) if _text(path)
        )


def _ours(path: Path) -> bool:
    names = path.relative_to(ROOT).parts
    hidden = names[0].startswith(".") and names[0] != ".ci"
    return not hidden and MADE_BY_TOOLS.isdisjoint(names) and not names[0].endswith(".egg-info")


def _text(path: Path) -> bool:
    return path.is_file() and _ours(path) and path.suffix not in {".whl", ".png", ".jpg", ".docx", ".xlsx"}


def modules(*packages: str) -> list[Path]:
    found = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    assert found, f"no module under {packages}"
    return sorted(found)


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def imports(path: Path) -> Iterator[str]:
    """The top-level names a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def test_every_module_says_what_it_is() -> None:
    silent = [
        path for path in modules(*PACKAGES, "tests") if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in modules(*PACKAGES)}
    assert {path: lines for path, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"util", "utils", "helper", "helpers", "common", "misc"}
    assert [path for path in modules(*PACKAGES, "tests") if path.stem in drawers] == []


def test_the_rules_import_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"domain"}
    assert {
        (str(path), name) for path in modules("domain") for name in imports(path) if name not in allowed
    } == set()


def test_no_file_names_a_package_registry() -> None:
    assert matches(REGISTRIES) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert matches(HOMES) == []


def test_the_search_reads_the_files_people_write() -> None:
    found = {str(path.relative_to(ROOT)) for path in files()}
    assert {"pyproject.toml", "Makefile", ".ci/run", "bot/clock.py", "deploy/bootstrap/setup"} <= found
