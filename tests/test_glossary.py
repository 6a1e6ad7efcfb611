"""The glossary says what the code says: every identifier exists, every term has one meaning."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from bot import settings

ROOT = Path(settings.__file__).parent.parent
ROW = re.compile(r"\| (?P<term>[^|]+?) \| `(?P<name>[^`|]+)` \| (?P<meaning>[^|]+?) \|")


def rows() -> list[re.Match[str]]:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|") and not line.startswith(("| ---", "| 词 |"))]
    found = [ROW.fullmatch(line) for line in table]
    assert None not in found, "a row is not term, `identifier`, meaning"
    return [match for match in found if match]


def code() -> str:
    files = (path for folder in ("domain", "storage", "bot") for path in (ROOT / folder).rglob("*"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".toml"))


def occurs(name: str, where: str) -> bool:
    """As a word of its own; `OrgKind.BRANCH` by both parts, since the class spells only the second."""
    first, _, last = name.rpartition(".")
    parts = [first, last] if first and first[0].isupper() else [name]
    return all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", where) for part in parts)


def test_every_identifier_of_the_glossary_occurs_in_the_code() -> None:
    where = code()
    assert [match["name"] for match in rows() if not occurs(match["name"], where)] == []


def test_every_term_and_every_identifier_stands_there_once() -> None:
    for part in ("term", "name"):
        counted = Counter(match[part] for match in rows())
        assert [word for word, times in counted.items() if times > 1] == []


def test_the_glossary_covers_the_language_of_the_house() -> None:
    assert len(rows()) >= 60


def test_a_word_that_is_only_part_of_another_does_not_count() -> None:
    assert not occurs("Commit", "class Commitment: ...")
    assert occurs("OrgKind.BRANCH", "class OrgKind(StrEnum):\n    BRANCH = 1")
