"""The pages people read first name only what exists, and the example of the README works as it stands."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from bot import settings, understanding
from bot.commands import xieshi
from bot.engine.talk import Talk
from bot.engine.turn import Context, Understanding
from bot.understanding.rules import whole
from bot.understanding.said import hear
from tests import school
from tests.dialogue_file import Player, Straight

ROOT = Path(settings.__file__).parent.parent
PAGES = ("README.md", "deploy/README.md", "docs/architecture.md", "docs/operator.md", "docs/glossary.md")
PATHS = re.compile(r"`((?:bot|domain|storage|sandbox|tests|deploy|docs)/[\w./-]*)`")
LINKS = re.compile(r"\]\((?!http)([^)]+)\)")
COMMANDS = re.compile(r"(?:^|`|sudo )xieshi ([a-z]+(?: [a-z]+)?)", re.MULTILINE)
TARGETS = re.compile(r"(?:^|`|&& )make ([a-z]+)\b", re.MULTILINE)
# Made by following the recipe; named because it does not exist yet.
OF_THE_RECIPE = {"tests/dialogues/还有几天.txt"}


def words(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^   ```{kind}\n(.*?)^   ```$", words("README.md"), re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def unknown(command: list[str]) -> Iterator[str]:
    """The command, if it or its subcommand does not exist."""
    one = xieshi.get_command(click.Context(xieshi), command[0])
    if one is None:
        yield command[0]
    elif isinstance(one, click.Group) and len(command) > 1 and command[1] not in one.commands:
        yield " ".join(command[:2])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_files_that_exist(page: str) -> None:
    named = set(PATHS.findall(words(page))) - OF_THE_RECIPE
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_only_to_what_exists(page: str) -> None:
    targets = set(LINKS.findall(words(page)))
    assert [one for one in sorted(targets) if not ((ROOT / page).parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_commands_that_exist(page: str) -> None:
    said = set(COMMANDS.findall(words(page)))
    assert [missing for command in sorted(said) for missing in unknown(command.split())] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_make_targets_that_exist(page: str) -> None:
    known = set(re.findall(r"^([a-z]+):", words("Makefile"), re.MULTILINE))
    assert set(TARGETS.findall(words(page))) - known == set()


def test_the_example_handler_of_the_readme_works(sqlite_url: str, tmp_path: Path) -> None:
    example, line = blocks("python")
    made: dict[str, Any] = {}
    exec(example, made)
    rule = eval(line, {"whole": whole})
    one = school.new(sqlite_url)

    def understand(ctx: Context, text: str) -> list[Understanding]:
        found = rule.understand(hear(ctx, text))
        return [found] if found else understanding.understand(ctx, text)

    handlers = {**one.talk.handlers, made["HANDLER"].name: made["HANDLER"]}
    one.dispatcher.talk = Talk(handlers, understand, one.talk.place_photo)
    dialogue = tmp_path / "还有几天.txt"
    dialogue.write_text(blocks("text")[0], encoding="utf-8")
    Player(one, Straight(one), dialogue).play()
