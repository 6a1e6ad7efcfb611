"""A deploy in the middle of a dialogue: what the last release kept goes on, or says kindly what to do instead.

Each file is a conversation as it lay in the database one day; files are added, never changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage import speakers
from storage.codec import ZONE
from storage.tables import conversation
from tests import school
from tests.school import School

NOW = datetime(2026, 6, 25, 9, 30, tzinfo=ZONE)
ZHANG = "2010018"
KEPT = sorted((Path(__file__).parent / "old_drafts").glob("*.json"))
WORDS = "给大三学生讲3次论文写作"
DRAFT = {
    "handler": "commit",
    "fields": {"owner": ZHANG, "org": "教工第一党支部", "kind": "annual", "links": [], "goal": WORDS, "text": WORDS},
    "asked": "due",
    "order": ["owner", "org", "kind", "links", "goal"],
    "started": "2026-06-25T09:10:01+08:00",
    "touched": "2026-06-25T09:10:02+08:00",
}  # fmt: skip
NAMELESS = {key: value for key, value in DRAFT.items() if key != "handler"}
STRANGE: Mapping[str, dict[str, Any]] = {
    "an unknown field": {"draft": {**DRAFT, "fields": {**DRAFT["fields"], "tone": ["warm"]}, "mood": 3}},
    "an unknown question": {"draft": {**DRAFT, "asked": "tone"}},
    "an unknown handler": {"draft": {**DRAFT, "handler": "survey"}},
    "no handler": {"draft": NAMELESS},
    "an unknown handler put aside": {"parked": [{**DRAFT, "handler": "survey"}]},
    "no handler put aside": {"parked": [NAMELESS]},
    "an unknown act": {"act": {"handler": "survey", "at": NOW.isoformat(), "numbers": ["C-2026-0154-1"]}},
}
SAID = (
    "继续",
    "你好",
    "6月写实",
    "确认",
    "返回",
    "跳过",
    "改2 7月15日",
    "取消",
    "撤回",
    "我的",
    "1",
    "好的",
    "[图]",
)


def deployed(url: str, who: str, state: Mapping[str, Any]) -> School:
    """A school whose only trace of an earlier release is this conversation."""
    one = school.new(url, NOW)
    one.publish(ZHANG, "带2名青年教师，每人听课6次、各完成1次公开课", date(2026, 11, 30), n=1)
    one.publish(ZHANG, "实验室周三下午向学生开放", date(2026, 6, 30), n=2)
    with one.database.transaction() as tx:
        speakers.save(tx, who, dict(state), NOW)
    return one


def say(one: School, who: str, words: str) -> str:
    return one.photo(who).reply if words == "[图]" else one.say(who, words).reply


def state(one: School, who: str) -> str:
    query = select(conversation.c.state).where(conversation.c.speaker == who)
    with one.database.reading() as tx:
        return str(tx.connection.execute(query).scalar())


@pytest.mark.row(22)
@pytest.mark.requirement("R-299")
@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_conversation_of_an_earlier_release_goes_on_to_its_receipt(path: Path, sqlite_url: str) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    one = deployed(sqlite_url, kept["who"], kept["state"])
    replies = [say(one, kept["who"], words) for words in kept["says"]]
    assert kept["answered"] in replies[-1], replies
    ledger = json.dumps([dict(entry.data) for entry in one.entries()], ensure_ascii=False)
    assert [words for words in kept["written"] if words not in ledger] == []


@pytest.mark.requirement("R-299")
@pytest.mark.row(22)
@pytest.mark.parametrize("what", STRANGE)
def test_a_conversation_that_nobody_understands_any_more_breaks_nothing(what: str, sqlite_url: str) -> None:
    one = deployed(sqlite_url, ZHANG, STRANGE[what])
    assert [words for words in SAID if not goes_on(one, STRANGE[what], words)] == []


def goes_on(one: School, kept: Mapping[str, Any], words: str) -> bool:
    """Whether a message is answered, loses no words, and leaves the way free for something else."""
    with one.database.transaction() as tx:
        speakers.save(tx, ZHANG, dict(kept), NOW)
    try:
        answered = say(one, ZHANG, words)
        is_kept = WORDS not in json.dumps(kept, ensure_ascii=False) or WORDS in state(one, ZHANG)
        say(one, ZHANG, "取消")
        return bool(answered) and is_kept and "6月写实" in say(one, ZHANG, "写实")
    except Exception:
        return False
