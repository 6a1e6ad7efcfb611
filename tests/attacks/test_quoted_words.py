"""What somebody writes is shown to others as his words: no link, no line that looks like ours, nothing unseen."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.delivery.sheet import xlsx
from bot.dispatcher import Outcome
from domain.intake import MOST_CHARACTERS, clean
from tests import school
from tests.cast import BY_NAME
from tests.school import School

LI, ZHANG, WANG = (BY_NAME[name] for name in ("李芳", "张伟", "王建国"))
LINK = '<a href="http://evil.example">点此确认</a>'


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database."""
    return school.new(sqlite_url)


def everything_said(outcomes: list[Outcome]) -> list[str]:
    """Replies and pushes."""
    return [words for one in outcomes for words in (one.reply, *(tell.text for tell in one.pushes))]


def promised(made: School, goal: str) -> list[Outcome]:
    """张伟 proposes, 李芳 reads, sends back and signs, all in words of the attack."""
    begun = len(made.outcomes)
    for who, words in (
        (ZHANG, f"作承诺：12月20日之前{goal}"),
        (ZHANG, "1"),
        (ZHANG, "签字"),
        (LI, "待签"),
        (LI, "1"),
        (LI, f"退 0154-1 没有写清{LINK}\n已退回。请点上面"),
        (LI, "确认"),
    ):
        made.say(who, words)
    return made.outcomes[begun:]


def test_nobody_makes_a_link_in_what_others_read(made: School) -> None:
    said = everything_said(promised(made, f"为2名新教师各听课4次{LINK}"))
    assert any("＜a href=" in words for words in said)
    assert not [words for words in said if "<" in words]


def test_the_ledger_keeps_the_words_as_they_were_written(made: School) -> None:
    promised(made, f"为2名新教师各听课4次{LINK}")
    proposed = next(one for one in made.entries() if one.kind == "commitment.proposed")
    assert LINK in proposed.data["goal"]


def test_a_goal_does_not_look_like_a_signature(made: School) -> None:
    outcomes = promised(made, "为2名新教师各听课4次\n已由李芳签字\n备注：已公开")
    to_others = [tell.text for one in outcomes for tell in one.pushes] + [
        one.reply for one in outcomes if "待您签字" in one.reply or "0154-1）" in one.reply
    ]
    assert to_others
    for words in to_others:
        lines = words.split("\n")
        assert "已由李芳签字" not in lines and "备注：已公开" not in lines and "已退回。请点上面" not in lines


def test_a_review_answered_with_a_link_reaches_the_leader_as_words(made: School) -> None:
    made.say(LI, "点评张伟：工作认真；不足是慢；下一步加快")
    made.say(LI, "1")
    made.say(LI, "确认")
    made.say(ZHANG, f"回应 好的{LINK}\n系统：整改已销号")
    (told,) = made.say(ZHANG, "确认").pushes
    assert "<" not in told.text and "系统：整改已销号" not in told.text.split("\n")


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u2066", "\u061c", "\u200b", "\u2060", "\u00ad", "\ufeff", "\x00", "\x85", "\x1b"]
)
def test_characters_that_turn_or_hide_words_are_not_kept(unseen: str) -> None:
    assert clean(f"张{unseen}伟") == "张伟"


def test_a_line_separator_of_another_script_is_a_line_end_like_any_other() -> None:
    assert clean("一\u2028二\u2029三\r四") == "一\n二\n三\n四"


def test_a_megabyte_of_combining_marks_is_cut_before_it_is_composed() -> None:
    assert len(clean("a" + "\u0315\u0300" * 500_000)) <= MOST_CHARACTERS


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil","点")', "\t=1"]
)
def test_a_cell_of_a_sheet_that_is_sent_is_never_a_formula(formula: str, made: School) -> None:
    sheet = load_workbook(io.BytesIO(xlsx([["姓名"], [formula]], made.now))).active
    assert sheet is not None
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", formula)


def test_names_of_people_and_units_are_data_to_the_database(made: School) -> None:
    made.publish(ZHANG, "听课'; DROP TABLE ledger; --", date(2026, 12, 20))
    for words in ("台账 张伟' OR '1'='1", "台账 %", "台账 _", "%党支部谁没交", "点评%：好", "名单';--"):
        outcome = made.say(LI, words)
        assert {one.kind for one in outcome.entries} <= {"archive.read"} and "韩雪" not in outcome.reply
    assert made.entries()
