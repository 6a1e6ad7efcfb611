"""Row 6: whatever is asked in the middle is answered, and the talk comes home to the same question."""

from __future__ import annotations

import re

import pytest

from bot import texts
from tests.chat.conftest import Questions
from tests.chat.questions import heard

# 绑定 is for people who are not known yet.
NOT_ASKED = ("stranger",)


@pytest.mark.row(6)
@pytest.mark.requirement("R-299")
def test_every_query_at_every_question_comes_home_and_changes_nothing(everything: Questions) -> None:
    queries = [
        one for name, one in everything.school.talk.handlers.items() if one.is_query and name not in NOT_ASKED
    ]
    assert len(queries) > 10
    for asked in everything.asked:
        if asked.draft.is_leavable:
            continue
        question = heard(everything.school, asked, "谢谢").say
        for query in queries:
            turn = heard(everything.school, asked, query.words[0])
            where = f"{query.words[0]} at {asked.name} ({asked.said})"
            assert turn.keep or turn.draft == asked.draft, where
            assert turn.say.endswith(texts.come_home(question)), f"{where}: {turn.say}"
            assert len(turn.say) > len(texts.come_home(question)), where


@pytest.mark.row(6)
def test_no_handler_that_asks_is_forgotten_here(everything: Questions) -> None:
    forms = {name for name, one in everything.school.talk.handlers.items() if not one.is_query}
    reached = {one.draft.handler for one in everything.asked}
    assert forms == reached
    names = {re.sub(r"-\d+$", "", one.name) for one in everything.asked}
    assert {
        "commit/which", "commit/offered", "commit/goal", "commit/due", "commit/trigger", "commit/matter",
        "report/all", "report/item", "report/text", "report/effect", "report/difficulty", "report/statement",
        "report/revise", "report/newdue", "report/why", "review/target", "review/text", "review/also",
        "review/also_cells", "review/also_more", "review/manner", "review/place", "review/gaps", "review/no_gap",
        "withdraw_review/reason", "answer_review/text", "return/reason", "waive/reason", "publish/channels",
    } <= names  # fmt: skip
