"""A message whose beginning is no entrance's is not put to a hundred rules; none of them would have taken it."""

from __future__ import annotations

import json
from pathlib import Path

from bot.understanding import families
from bot.understanding.said import hear
from tests.understanding.hearing import NOW, Ear, context

HERE = Path(__file__).parent


def test_whatever_an_entrance_takes_begins_like_one(ear: Ear) -> None:
    texts = [json.loads(line)["text"] for line in (HERE / "corpus.jsonl").read_text().splitlines()]
    taken = 0
    with ear.database.reading() as tx:
        for text in texts:
            said = hear(context(tx, "2005007", text, NOW), text)
            fitting = [rule for rule in families.RULES if rule.opening and rule.find(said)]
            taken += bool(fitting)
            assert {id(rule) for rule in fitting} <= {id(rule) for rule in families.fitting(said.plain)}, text
    assert 50 < taken < len(texts)
