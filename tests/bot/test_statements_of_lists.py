"""A question about a branch costs the same statements whatever its size (house, 3; R-326)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.handlers import overdue
from domain import enrolment
from domain.people import Membership, Organisation, OrgKind, Person
from storage import people
from storage.codec import ZONE
from tests import cast, school
from tests.school import School

NOW = datetime(2026, 7, 6, 10, tzinfo=ZONE)


def with_members(url: str, more: int) -> School:
    one = school.new(url, NOW)
    entries = []
    with one.database.transaction() as tx:
        for n in range(more):
            who = Person(f"X{n:05}", f"新{n:03}", f"N{n:03}")
            people.save(tx, who)
            bond = Membership(who.id, cast.SECOND, cast.START)
            entries += [enrolment.enrolled(who), enrolment.joined(who, bond, cast.SECOND)]
            entries.append(enrolment.bound(who, "wecom", f"x{n}", None))
    one.write(entries)
    for n in range(more):
        one.publish(f"X{n:05}", "带2名青年教师", date(2026, 11, 30))
    return one


def heard(one: School, words: str, person: str) -> list[str]:
    """The statements that reach SQLite itself during one turn, prepared ones included."""
    found: list[str] = []

    def listen(connection, *rest) -> None:
        connection.set_trace_callback(found.append)

    event.listen(one.database.engine, "checkout", listen)
    one.say(person, words)
    event.remove(one.database.engine, "checkout", listen)
    return found


def statements(one: School, words: str, person: str = "2006015") -> int:
    """How many they are."""
    return len(heard(one, words, person))


EVERYDAY = (
    *(
        ("2010018", words)
        for words in ("写实", "有困难，缺经费", "请支部协调", "按计划推进", "确认", "我的", "我的台账")
    ),
    *(("2010018", words) for words in ("我要承诺：11月底前给大三学生讲3次论文写作", "1", "签字", "没有")),
    *(
        ("2005007", words)
        for words in ("待签", "全签", "确认", "公开", "1", "确认", "谁没交", "我的", "名单")
    ),
)


@pytest.mark.requirement("R-326")
def test_what_people_of_a_branch_do_every_day_never_reads_the_tree_of_the_whole_school(
    sqlite_url: str,
) -> None:
    one = school.new(sqlite_url, NOW)
    one.publish("2010018", "带2名青年教师", date(2026, 11, 30))
    for person, words in EVERYDAY:
        whole = [
            text for text in heard(one, words, person) if "FROM organisation" in text and "WHERE" not in text
        ]
        assert not whole, words
    assert {entry.kind for outcome in one.outcomes for entry in outcome.entries} >= {
        "report.submitted",
        "commitment.signed",
        "commitment.published",
    }


@pytest.mark.requirement("R-326")
def test_a_list_of_two_hundred_costs_as_many_statements_as_one_of_five(tmp_path) -> None:
    small = with_members(f"sqlite:///{tmp_path / 'small.db'}", 5)
    large = with_members(f"sqlite:///{tmp_path / 'large.db'}", 200)
    questions = (
        "谁没交",
        "这季度谁还没点评",
        "谁还没作承诺",
        "名单",
        "未绑定",
        "上半年写实谁没交",
        "点评覆盖",
        "逾期",
    )
    for words in questions:
        few, many = statements(small, words), statements(large, words)
        # A long list owes a file, a short one keeps what its digits stand for: one row more or less.
        assert few > 5 and abs(many - few) <= 1, words


@pytest.mark.requirement("R-305")
def test_many_names_become_a_file_and_many_reminders_are_asked_back(sqlite_url: str) -> None:
    one = with_members(sqlite_url, 30)
    asked = one.say("2006015", "谁没交")
    assert "未交30（名单见随后的文件）" in asked.reply and "新000" not in asked.reply
    assert sum("未交" in row for row in asked.files[0].rows) == 30
    first = one.say("2006015", "催一下")
    assert "要提醒30人，确定吗？" in first.reply and not first.pushes
    second = one.say("2006015", "1")
    assert len(second.pushes) == 30 and "已提醒30人" in second.reply
    assert not one.say("2006015", "都催一下").pushes


@pytest.mark.requirement("R-306")
def test_the_digit_that_confirms_many_reminders_keeps_to_the_branch_that_was_named(sqlite_url: str) -> None:
    one = with_members(sqlite_url, 30)
    one.publish("2010018", "带2名青年教师", date(2026, 11, 30))
    assert "要提醒30人" in one.say("2003011", "催一下二支部").reply
    told = {tell.person for tell in one.say("2003011", "1").pushes}
    assert len(told) == 30 and "2010018" not in told


def with_branches(url: str, more: int) -> School:
    one = school.new(url, NOW)
    entries = []
    for n in range(more):
        name = f"新设第{n}党支部"
        entries.append(enrolment.founded(Organisation(name, name, OrgKind.BRANCH, cast.ENGINEERING)))
    one.write(entries)
    return one


@pytest.mark.requirement("R-326")
def test_what_is_sent_again_is_looked_for_in_all_units_at_once(tmp_path) -> None:
    small = with_branches(f"sqlite:///{tmp_path / 'small.db'}", 1)
    large = with_branches(f"sqlite:///{tmp_path / 'large.db'}", 12)
    few, many = statements(small, "补发", "2003011"), statements(large, "补发", "2003011")
    assert "要给" in large.outcomes[-1].reply
    assert few > 5 and abs(many - few) <= 1


@pytest.mark.requirement("R-326")
def test_a_question_about_forty_branches_costs_as_many_statements_as_one_about_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overdue, "MOST_AT_ONCE", 100)
    small = with_branches(f"sqlite:///{tmp_path / 'small.db'}", 1)
    large = with_branches(f"sqlite:///{tmp_path / 'large.db'}", 40)
    for one in (small, large):
        one.publish("2010018", "带2名青年教师", date(2026, 11, 30))
    questions = (
        "谁没交",
        "这季度谁还没点评",
        "名单",
        "未绑定",
        "逾期",
        "哪些支部还没点评",
        "普遍点评还差谁",
        "点评覆盖",
        "哪些书记还没点评过",
        "点评方案",
    )
    for words in (*questions, "哪些支部还没作承诺", "谁的承诺还没签", "谁的承诺还没公开"):
        few, many = statements(small, words, "2003011"), statements(large, words, "2003011")
        assert few > 5 and abs(many - few) <= 1, words
