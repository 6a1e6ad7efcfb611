"""First messages written without sight of a pattern, 95 % of which must be right, and our own paraphrases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.engine.turn import Understanding
from tests.understanding.hearing import Ear

BLIND = ("corpus", "second_corpus", "third_corpus", "fourth_corpus")
WANTED = {**dict.fromkeys(BLIND, 0.95), "paraphrases": 0.97}


def lines(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """A corpus by line number."""
    corpus = Path(__file__).with_name(f"{name}.jsonl")
    for n, line in enumerate(corpus.read_text(encoding="utf-8").splitlines(), 1):
        yield n, json.loads(line)


def faults(expected: Mapping[str, Any], found: Understanding) -> list[str]:
    """What is wrong with an understanding by the rules of judging in README.md."""
    wanted = expected.get("handler_in") or [expected["handler"]]
    wrong = [] if found.handler in wanted else [f"handler {found.handler}, not {'/'.join(wanted)}"]
    for name, value in expected.get("fields", {}).items():
        if not _fits(name, value, found.fields):
            field = name.removesuffix("_in").removesuffix("_contains")
            wrong.append(f"{name} {value!r}, found {found.fields.get(field)!r}")
    return wrong


def _fits(name: str, value: Any, fields: Mapping[str, Any]) -> bool:
    if name.endswith("_in"):
        return any(_same(one, fields.get(name.removesuffix("_in"))) for one in value)
    if name.endswith("_contains"):
        field = fields.get(name.removesuffix("_contains"), "")
        words = field if isinstance(field, str) else json.dumps(field, ensure_ascii=False)
        return all(piece in words for piece in ([value] if isinstance(value, str) else value))
    return _same(value, fields.get(name))


def _same(one: Any, other: Any) -> bool:
    return one == other or (_several(one) == _several(other) and None not in (one, other))


def _several(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list | tuple) else [value]


@pytest.mark.requirement("R-307")
@pytest.mark.parametrize("name", [*BLIND, pytest.param("paraphrases", marks=pytest.mark.slow)])
def test_nineteen_of_twenty_first_messages_are_understood(ear: Ear, name: str) -> None:
    wrong = []
    for n, line in lines(name):
        found = ear.best(line["as"], line["text"], datetime.fromisoformat(line["at"]))
        if missed := faults(line["expect"], found):
            wrong.append(f"{n} {line['as']}「{line['text']}」 {'; '.join(missed)}")
    total = sum(1 for _ in lines(name))
    print(f"{total - len(wrong)} of {total} right", *wrong, sep="\n")
    assert len(wrong) <= (1 - WANTED[name]) * total
