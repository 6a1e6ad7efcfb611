"""The example of settings names every variable, explains each in Chinese, and works as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from bot import settings

EXAMPLE = Path(__file__).parents[2] / "deploy/env.example"
ASSIGNMENT = re.compile(r"(?P<off># )?XIESHI_(?P<name>[A-Z_]+)=(?P<value>.*)")


def lines() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


def assignments() -> list[re.Match[str]]:
    return [match for line in lines() if (match := ASSIGNMENT.fullmatch(line))]


def explanations() -> dict[str, str]:
    """The line above each variable."""
    return {
        match["name"]: above
        for above, line in zip(lines(), lines()[1:], strict=False)
        if (match := ASSIGNMENT.fullmatch(line))
    }


def test_every_variable_stands_there_once_and_no_other() -> None:
    assert sorted(match["name"] for match in assignments()) == sorted(settings.NAMES)


def test_every_variable_has_one_sentence_in_chinese() -> None:
    sentences = explanations()
    assert sentences.keys() == set(settings.NAMES)
    for name, sentence in sentences.items():
        assert re.fullmatch(r"# .*[\u4e00-\u9fff].*。", sentence), name


def test_the_file_form_of_secrets_is_explained_once() -> None:
    assert sum("_FILE=" in line for line in lines()) == 1


def test_the_example_starts_an_installation_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    found = settings.load({}, tmp_path)
    assert found.home == Path("/var/lib/xieshi")
    assert not found.wecom.receives
    assert not found.wecom.sends


def test_the_sample_values_are_legal_too(tmp_path: Path) -> None:
    given = {f"XIESHI_{match['name']}": match["value"] for match in assignments()}
    found = settings.load({**given, "XIESHI_SECRET_KEY": "x" * 32}, tmp_path)
    assert found.wecom.api_url == settings.WECOM_API
    assert found.wecom.oauth_url == settings.WECOM_LOGIN
    assert found.database_url.startswith("postgresql+psycopg://")
