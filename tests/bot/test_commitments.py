"""Commitments by chat where a dialogue file would be too long: vacancies, lost posts, long lists, odd words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.event import listen

from domain import enrolment
from domain.commitment_entries import countersigned, proposed
from domain.commitments import Commitment, State
from domain.entries import Entry
from domain.people import Person, Role, RoleKind
from storage import ledger, models, people
from storage.facts import FactsView
from storage.roster import RosterView
from tests import cast, school
from tests.school import School

ZHANG, LI, WANG, LIU = "2010018", "2005007", "2003011", "2011045"
LONG_MESSAGE = 2048
ODD = 'A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀'


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url)


def say(one: School, who: str, *texts: str) -> str:
    """Several messages of one person; the last reply."""
    return [one.say(who, text).reply for text in texts][-1]


def person(one: School, id: str) -> Person:
    with one.database.transaction() as tx:
        found = RosterView(tx).person(id)
    assert found
    return found


def end_of_office(one: School, who: str, org: str) -> None:
    role = Role(who, RoleKind.SECRETARY, org, cast.START)
    one.write([enrolment.ended(person(one, who), role, date(2026, 5, 31), org)])


def waiting_items(one: School, n: int, signed: bool = False) -> list[str]:
    """So many items of 张伟 that wait for the countersignature, or have it; their numbers."""
    who, due = person(one, ZHANG), date(2026, 12, 31)
    entries: list[Entry] = []
    for at in range(1, n + 1):
        item = Commitment(
            f"C-2026-{who.number}-{at}", "person", who.id, who.name, cast.FIRST, cast.FIRST, "annual",
            f"走访企业并推荐毕业生{at}名，其中困难学生{at}名，逐一落实岗位", due, due, State.SIGNED, date(2026, 3, 1), "duty",
        )  # fmt: skip
        entries += proposed(item, "self", cast.FIRST)
        entries += [countersigned(item, "secretary", "branch_secretary", cast.FIRST)] if signed else []
    one.write(entries)
    return [entry.data["commitment"] for entry in entries if entry.kind == "commitment.proposed"]


def state_of(one: School, number: str) -> State:
    with one.database.transaction() as tx:
        found = FactsView(tx).commitment(number)
    assert found
    return found.state


@pytest.mark.requirement("R-074")
def test_where_the_branch_has_no_secretary_the_one_above_is_asked_and_signs(one: School) -> None:
    end_of_office(one, LI, cast.FIRST)
    say(one, ZHANG, "7月底前给大三学生讲3次论文写作", "1", "签字")
    assert [push.person for push in one.outcomes[-1].pushes] == [WANG]
    assert "已签0154-1" in say(one, WANG, "签 0154-1")
    signed = one.outcomes[-1].entries[0]
    assert (signed.data["capacity"], signed.entry.capacity) == ("superior", "l1_secretary")


@pytest.mark.requirement("R-074")
def test_who_lost_the_post_between_reading_and_confirming_signs_nothing(one: School) -> None:
    numbers = waiting_items(one, 2)
    assert "将签字2件" in say(one, LI, "全签")
    end_of_office(one, LI, cast.FIRST)
    assert "由党组织书记签字" in say(one, LI, "确认")
    assert {state_of(one, number) for number in numbers} == {State.SIGNED}


@pytest.mark.requirement("R-079")
def test_who_lost_the_post_before_confirming_publishes_nothing(one: School) -> None:
    (number,) = waiting_items(one, 1, signed=True)
    say(one, LI, "公开 网络")
    end_of_office(one, LI, cast.FIRST)
    assert "由党组织书记办理" in say(one, LI, "确认")
    assert state_of(one, number) is State.FIXED


def test_who_lost_the_post_promises_nothing_for_the_branch(one: School) -> None:
    say(one, LI, "作支部承诺：每周三开放实验室，全年30次，12月20日前", "4")
    end_of_office(one, LI, cast.FIRST)
    assert "不能代它作承诺" in say(one, LI, "签字")
    assert not one.outcomes[-1].entries


def test_a_deputy_signs_nothing(one: School) -> None:
    waiting_items(one, 1)
    deputy = Role(LIU, RoleKind.DEPUTY, cast.FIRST, cast.START)
    one.write([enrolment.given(person(one, LIU), deputy, cast.FIRST)])
    assert "由党组织书记签字" in say(one, LIU, "签 0154-1")


@pytest.mark.requirement("R-293", "R-305")
def test_a_long_list_fits_one_message_and_the_rest_comes_as_a_file(one: School) -> None:
    waiting_items(one, 60)
    reply = say(one, LI, "待签")
    assert "待您签字60件" in reply and "其余40件见随后的文件" in reply
    assert len(reply.encode()) <= LONG_MESSAGE
    (file,) = one.outcomes[-1].files
    assert len(file.rows) == 61
    assert "0154-20" in say(one, LI, "20")


@pytest.mark.requirement("R-081")
def test_a_long_preview_is_whole_in_the_file(one: School) -> None:
    waiting_items(one, 30, signed=True)
    reply = say(one, LI, "公开")
    assert "共30件" in reply and "1会议" in reply and len(reply.encode()) <= LONG_MESSAGE
    (file,) = one.outcomes[-1].files
    assert file.rows[30] == (
        "张伟", "走访企业并推荐毕业生30名，其中困难学生30名，逐一落实岗位", "2026年12月31日",
    )  # fmt: skip


def test_no_more_than_two_hundred_are_signed_or_published_in_one_turn(one: School) -> None:
    waiting_items(one, 203)
    assert "已签200件" in (reply := say(one, LI, "全签", "确认")) and "还有3件待签" in reply
    assert len(one.outcomes[-1].entries) == 200
    say(one, LI, "全签", "确认")
    reply = say(one, LI, "公开 会议", "确认")
    assert "已公开200件" in reply and "还有3件待公开" in reply
    assert len(one.outcomes[-1].pushes) == 1


def test_a_secretary_who_signs_all_tells_each_committer_once(one: School) -> None:
    waiting_items(one, 5)
    say(one, LI, "全签", "确认")
    (push,) = one.outcomes[-1].pushes
    assert (push.person, push.text.count("0154-")) == (ZHANG, 5)


def test_the_read_model_is_the_same_when_it_is_folded_again(one: School) -> None:
    say(one, ZHANG, "7月底前给大三学生讲3次论文写作", "1", "签字", "没有")
    say(one, LI, "退 0154-1 请写明年级")
    say(one, ZHANG, "改承诺", "给大三两个班各讲4次论文写作", "签字")
    say(one, LI, "签 0154-1，会上公开")
    assert state_of(one, "C-2026-0154-1") is State.PUBLISHED
    with one.database.transaction() as tx:
        kept = models.rows(tx)
        models.rebuild(tx, list(ledger.entries(tx)))
        assert models.rows(tx) == kept


def test_each_question_to_the_database_is_asked_once_however_many_items_there_are(one: School) -> None:
    def statements(n: int, *texts: str) -> int:
        counted: list[str] = []
        waiting_items(one, n)
        listen(one.database.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        say(one, LI, *texts)
        return sum(text.lstrip().upper().startswith("SELECT") for text in counted)

    few = statements(2, "待签")
    assert statements(60, "待签") == few


def test_a_promise_longer_than_a_page_is_asked_to_be_short(one: School) -> None:
    assert "200字以内" in say(one, ZHANG, "作承诺", "给学生讲课3次，" * 40 + "6月底前")


@pytest.mark.requirement("R-066")
def test_a_second_promise_that_cannot_be_taken_is_not_lost_silently(one: School) -> None:
    reply = say(one, ZHANG, f"作承诺：1. 7月底前讲3次课；2. 年底前{'带学生参加竞赛' * 40}5次", "1", "签字")
    assert "已签（编号C-2026-0154-1）" in reply and "没有记下，请换个说法" in reply


@pytest.mark.requirement("R-300")
def test_the_words_of_a_promise_are_kept_letter_for_letter(one: School) -> None:
    say(one, ZHANG, "作承诺", f"给学生讲3次 {ODD}", "7月15日", "1", "签字")
    goal = one.outcomes[-1].entries[0].data["goal"]
    assert goal == f"给学生讲3次 {ODD}"
    say(one, LI, "签 0154-1")
    assert ODD.replace("<", "＜") in say(one, LI, "公开")


def test_whoever_is_no_party_member_is_told_kindly(one: School) -> None:
    with one.database.transaction() as tx:
        people.save(tx, Person(LIU, "刘洋", "0155", "辅导员", "群众"))
    assert "由党员来作" in say(one, LIU, "作承诺")


WORDS = st.sampled_from(
    [
        "作承诺", "即时承诺", "签字", "确认", "返回", "取消", "继续", "撤回", "跳过", "没有", "就这样", "1", "2", "0", "9", "改1", "改2 6月",
        "改1 讲5次课给大三学生", "改承诺", "6月底前", "尽快", "去年", "7月底前给大三学生讲3次论文写作", "努力工作，争创一流", "34人每人一次", "支部承诺",
        "我的承诺", "待签", "全签", "签 0154-1", "退 0154-1 重写", "退", "公开", "1 3", "签 张伟", "谢谢", "一是7月底前走访企业15家，二是年底前讲课8次",
    ]
)  # fmt: skip


@pytest.mark.requirement("R-300", "R-308")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([ZHANG, LI]), WORDS), min_size=3, max_size=10))
def test_whatever_is_said_in_whatever_order_is_answered_and_nothing_is_written_unasked(
    one: School, talk: list[tuple[str, str]]
) -> None:
    for who, words in talk:
        outcome = one.say(who, words)
        assert outcome.reply and len(outcome.reply.encode()) <= LONG_MESSAGE
        kinds = {entry.kind for entry in outcome.entries}
        if "commitment.proposed" in kinds:
            assert words in ("签字", "确认")
        if "commitment.published" in kinds:
            assert words == "确认"
