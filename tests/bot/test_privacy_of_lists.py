"""For every asker and every question: no name from outside the asker's scope, anywhere (R-305, chat row 50)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import select

from domain.scope import asks_about, keeps_roster, scope_of
from storage.codec import ZONE
from storage.roster import RosterView
from storage.tables import conversation
from tests import cast, school
from tests.school import School

QUESTIONS = (
    "谁没交",
    "二支部呢",
    "机关三支部谁没交",
    "上半年写实谁没交",
    "这季度谁还没点评",
    "催一下",
    "谁还没作承诺",
    "方明交了吗",
    "张伟交了吗",
    "台账 张伟",
    "台账 韩雪",
    "台账 何敏",
    "台账 2012034",
    "名单",
    "二支部名单",
    "未绑定",
    "谁没交",
    "催一下",
    "催 1 2",
    "催一下二支部",
    "都催一下",
    "免 韩雪 住院",
    "免 宋佳 住院",
    "待绑定",
    "同意 0164",
    "开始",
    "取消",
    "哪些支部还没点评",
    "催一下",
    "普遍点评还差谁",
    "哪些支部还没作承诺",
    "谁的承诺还没签",
    "机关三支部谁的承诺还没公开",
    "逾期",
    "催 1 2",
    "都催",
    "机关三支部逾期的",
    "二支部逾期的",
    "齐了叫我",
    "不用叫了",
    "代 韩雪",
    "代 1",
    "取消",
)
# Of whom somebody may only ask how far they are, he opens nothing and reminds nobody.
ACTS = ("台账", "催", "都催", "免", "代", "同意", "待绑定", "开始", "取消")
# Whom somebody is told to ask is no leak: the 书记 of the own branch and of the level above.
ABOVE = {"2000001", "2003011"}


@pytest.fixture
def one(sqlite_url: str) -> School:
    made = school.new(sqlite_url, datetime(2026, 7, 6, 10, tzinfo=ZONE))
    for id, *_ in cast.PEOPLE:
        made.publish(id, "带2名青年教师", date(2026, 11, 30))
    made.say("zfs", "周福生 教工第二党支部")
    return made


def said(one: School, person: str, words: str) -> Iterator[str]:
    """Everything a question brings: reply, file, the words behind new digits; and whom it sends what."""
    before = choices(one, person)
    outcome = one.say(person, words)
    yield outcome.reply
    yield from (cell for file in outcome.files for row in file.rows for cell in row)
    after = choices(one, person)
    yield from after if after != before else ()
    yield from (f"{tell.person} {tell.text}" for tell in outcome.pushes)


def choices(one: School, person: str) -> list[str]:
    with one.database.transaction() as tx:
        row = select(conversation.c.state).where(conversation.c.speaker == person)
        state = json.loads(tx.connection.execute(row).scalar() or "{}")
    return list(state.get("choices", ()))


@pytest.mark.row(50)
@pytest.mark.requirement("R-305")
@pytest.mark.requirement("R-344")
@pytest.mark.parametrize("person", [id for id, _, account, *_ in cast.PEOPLE if account])
def test_no_name_from_outside_is_ever_shown(one: School, person: str) -> None:
    with one.database.transaction() as tx:
        roster, day = RosterView(tx), one.now.date()
        actor = roster.person(person)
        assert actor is not None
        asks, lists = asks_about(roster, actor, day), keeps_roster(roster, actor, day)
        acts = scope_of(roster, actor, day)
        own = roster.branch_of(person, day)
        heads = {role.person for role in cast.ROLES if own and role.org == own.id}
    for words in QUESTIONS:
        scope = lists if words in ("名单", "未绑定", "二支部名单") else asks
        scope = acts if words.startswith(ACTS) else scope
        seen = {id for id, _, _, org, _ in cast.PEOPLE if org in scope.orgs} | {person} | ABOVE | heads
        if words in ("待绑定", "同意 0164") and person == "2009012":
            seen.add("1975003")
        hidden = [(id, name) for id, name, *_ in cast.PEOPLE if id not in seen]
        shown_names = {name for id, name, *_ in cast.PEOPLE if id in seen}
        for text in said(one, person, words):
            leaked = [name for id, name in hidden if id in text or (name in text and name not in shown_names)]
            assert leaked == [], (words, text)


def test_the_question_behind_the_test_does_find_names(one: School) -> None:
    assert "韩雪" in " ".join(said(one, "2006015", "谁没交"))
