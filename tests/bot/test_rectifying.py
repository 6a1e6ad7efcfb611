"""整改 by chat and clock: who hears what when, who reads a reply, and what happens when people change (R-165 to R-169)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.scheduler import planning
from domain import enrolment
from domain.people import Link
from storage.codec import ZONE
from storage.tables import occasion, owed
from tests import cast, school
from tests.attacks.handing_over import gains_office, loses_office, moves, someone
from tests.cast import BY_NAME
from tests.school import School
from tests.sealed import made

LI, WANG, MA, MING, LIU, ZHANG = (
    BY_NAME[name] for name in ("李芳", "王建国", "马骏", "王明", "刘洋", "张伟")
)
ON, DUE = date(2026, 6, 1), date(2026, 6, 30)


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 6, 1, 9, tzinfo=ZONE))


def at(one: School, day: date) -> School:
    one.now = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
    return one


def demand(one: School, owner: str = MING, by: str = WANG, capacity: str = "l1_secretary") -> str:
    return one.demanded(owner, by, "把值班表上墙", DUE, ON, capacity)


def answered(one: School, tail: str = "0160-1") -> None:
    one.say(MING, f"整改 {tail} 完成：已上墙")
    assert "已把整改回复送给" in one.say(MING, "送").reply


def answered_after_a_handover(one: School) -> None:
    """王建国 demanded it, 刘洋 holds his office by the time it is answered."""
    demand(one)
    loses_office(at(one, date(2026, 6, 10)), WANG, cast.ENGINEERING)
    gains_office(one, LIU, cast.ENGINEERING)
    answered(one)


def reminded(one: School, tmp_path: Path, *days: date) -> set[tuple[str, str, str]]:
    """Person, row and step of everything about demands that the clock plans on these mornings."""
    for day in days:
        planning.run(made(one, tmp_path), datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))
    with one.database.transaction() as tx:
        rows = tx.connection.execute(select(occasion).where(occasion.c.duty.in_(["K-15", "K-16"])))
        return {(row.person, row.duty, row.step) for row in rows}


def words_to(one: School, person: str, part: str) -> list[str]:
    with one.database.transaction() as tx:
        bodies = tx.connection.execute(select(owed.c.body).where(owed.c.person == person)).scalars()
        return [body for body in bodies if part in body]


@pytest.mark.requirement("R-165")
@pytest.mark.requirement("R-321")
def test_the_reviewed_side_is_reminded_before_on_and_after_the_last_day(one: School, tmp_path: Path) -> None:
    demand(one)
    demand(one, cast.FIRST)
    days = (date(2026, 6, 2), date(2026, 6, 26), date(2026, 6, 30), date(2026, 7, 1))
    told = {(who, "K-15", step) for who in (MING, LI) for step in ("before", "due", "after")}
    assert reminded(one, tmp_path, *days) == told
    (words,) = words_to(one, MING, "整改1项6月30日到期，还没有回复")
    assert "0160-1 把值班表上墙" in words and "整改 0160-1 完成：" in words and "王明 0160" not in words


@pytest.mark.requirement("R-322")
def test_who_replied_is_not_reminded_and_the_leader_only_after_a_fortnight(
    one: School, tmp_path: Path
) -> None:
    demand(one)
    answered(at(one, date(2026, 6, 10)))
    quiet = (date(2026, 6, 23), date(2026, 6, 26), date(2026, 6, 30), date(2026, 7, 1))
    assert reminded(one, tmp_path, *quiet[:1]) == set()
    assert reminded(one, tmp_path, date(2026, 6, 24), *quiet) == {(WANG, "K-16", "due")}
    (words,) = words_to(one, WANG, "整改回复送给您14天了")
    assert "王明 0160-1 把值班表上墙" in words and "整改回复待阅" in words


def test_a_member_who_moves_keeps_what_was_demanded_of_him(one: School, tmp_path: Path) -> None:
    demand(one)
    moves(one, MING, cast.FIRST, cast.SECOND)
    assert reminded(one, tmp_path, date(2026, 6, 30)) == {(MING, "K-15", "due")}
    answered(at(one, date(2026, 6, 30)))


@pytest.mark.requirement("R-169")
def test_who_holds_the_leaders_post_now_reads_the_reply(one: School) -> None:
    answered_after_a_handover(one)
    assert words_to(one, LIU, "王明整改回复") and not words_to(one, WANG, "王明整改回复")
    assert "没有等您看的整改回复" in one.say(WANG, "认可").reply
    assert "已销号" in one.say(LIU, "认可").reply
    closed = one.entries(f"person:{MING}")[-1]
    assert (closed.kind, closed.stamp.actor, closed.entry.capacity) == (
        "rectification.closed",
        LIU,
        "l1_secretary",
    )


@pytest.mark.requirement("R-169")
def test_a_school_leaders_successor_at_the_contact_point_reads_it(one: School) -> None:
    demand(one, cast.ENGINEERING, MA, "school_leader")
    link = Link(MA, cast.ENGINEERING, "联系点", cast.START)
    one.write([enrolment.unlinked(someone(one, MA), link, date(2026, 6, 9), cast.ENGINEERING)])
    one.say(WANG, "整改 完成：已重签")
    one.say(WANG, "6月5日总支委会，王建国")
    # Still 学校领导, he keeps his word; only who left that post is followed by another.
    assert "马骏同志" in one.say(WANG, "送").reply


def test_nobody_answers_for_the_organisation_but_its_secretary(one: School) -> None:
    demand(one, cast.FIRST)
    assert "没有要您整改" in one.say(ZHANG, "整改").reply
    loses_office(one, LI, cast.FIRST)
    assert "没有要您整改" in one.say(LI, "整改").reply
    # While its chair is empty the 书记 above keeps the branch's desk (O-43).
    assert "要说哪一样" in one.say(WANG, "整改").reply


def test_what_is_over_meanwhile_is_not_written(one: School) -> None:
    number = demand(one)
    one.say(MING, "整改 0160-1 完成：已上墙")
    one.write([one._about(MING, "rectification.cancelled", rectification=number)])
    before = len(one.entries())
    assert "已经办完" in one.say(MING, "送").reply and len(one.entries()) == before


def test_sending_back_asks_which_where_a_promise_waits_too(one: School) -> None:
    for words in ("12月底前给大三学生讲3次论文写作", "1", "签字", "没有"):
        one.say(MING, words)
    demand(one, by=LI, capacity="branch_secretary")
    answered(one)
    # 0160-1 is both a promise of his and a demand: the letter tells them apart.
    assert "整改回复" in one.say(LI, "退 Z-2026-0160-1 没有照片").reply
    assert one.entries(f"person:{MING}")[-1].kind == "rectification.returned"
    answered(one)
    assert one.say(LI, "退 C-2026-0160-1 没有写清").reply.startswith("已退回")
    assert one.entries(f"person:{MING}")[-1].kind == "commitment.returned"


def test_what_is_late_is_seen_by_the_secretary(one: School) -> None:
    demand(one, by=LI, capacity="branch_secretary")
    late = at(one, date(2026, 7, 2)).say(LI, "逾期").reply
    assert "整改没有回复" in late and "王明（0160-1）" in late
    own = one.say(MING, "我的").reply
    assert "要整改的1项" in own


def replied(one: School, *people: str) -> None:
    """Replies of some members that wait for 王建国."""
    for person in people:
        demand(one, person)
        one.say(person, "整改 完成：值班表已上墙")
        one.say(person, "送")


def kinds(one: School, person: str) -> list[str]:
    return [
        entry.kind.partition(".")[2] for entry in one.entries(f"person:{person}") if "rectif" in entry.kind
    ]


def test_of_several_replies_the_chosen_one_is_read_before_it_is_closed(one: School) -> None:
    replied(one, MING, LIU)
    assert "看哪一件" in one.say(WANG, "认可").reply
    shown = one.say(WANG, "1").reply
    assert "整改情况：值班表已上墙" in shown and "将认可并销号" in shown and "退回王明" not in shown
    assert "请核对，将退回" in one.say(WANG, "退 照片没有").reply
    assert "已退回" in one.say(WANG, "确认").reply
    assert sorted(kinds(one, MING) + kinds(one, LIU)).count("returned") == 1


@pytest.mark.parametrize(
    "words",
    [
        "退休教师周福生生病了", "退款的事找谁", "退党的手续怎么办", "退群了吗", "退了", "退回来的材料在哪里拿", "打回电话给我",
        "谢谢领导认可", "同意整改", "送材料", "存档",
    ],
)  # fmt: skip
def test_everyday_words_send_nothing_back_and_close_nothing(one: School, words: str) -> None:
    replied(one, MING)
    one.say(WANG, words)
    assert kinds(one, MING) == ["demanded", "done", "replied"]


def test_a_reason_that_names_somebody_is_read_back_whole(one: School) -> None:
    replied(one, MING)
    assert "张伟没有谈话" in one.say(WANG, "退 张伟没有谈话").reply.replace(" ", "")
    assert kinds(one, MING)[-1] == "replied"
    one.say(WANG, "确认")
    assert one.entries(f"person:{MING}")[-1].data["reason"] == "张伟没有谈话"


def test_a_promise_and_a_reply_of_one_number_are_told_apart_by_a_digit(one: School) -> None:
    for words in ("12月底前给大三学生讲3次论文写作", "1", "签字", "没有"):
        one.say(MING, words)
    demand(one, by=LI, capacity="branch_secretary")
    answered(one)
    for words in ("退 没有照片", "退 0160-1 没有照片"):
        asked = one.say(LI, words).reply
        assert "退回哪一件" in asked and "承诺 王明" in asked and "整改回复 王明 0160-1" in asked
    assert "已退回王明的整改回复" in one.say(LI, "2").reply
    assert one.entries(f"person:{MING}")[-1].data["reason"] == "没有照片"


@pytest.mark.requirement("R-169")
def test_a_successor_uses_the_words_he_was_sent(one: School) -> None:
    answered_after_a_handover(one)
    assert "已退回王明的整改回复" in one.say(LIU, "退 公示栏照片没有").reply


@pytest.mark.parametrize("told", ["投入1500元，已修好", "301-2房间已清理", "共100-200字的记录补好"])
def test_what_is_counted_in_the_words_is_no_number(one: School, told: str) -> None:
    demand(one)
    assert f"整改情况：{told}" in one.say(MING, f"整改完成：{told}").reply


@pytest.mark.parametrize("told", ["还没完成", "没有完成，差一张照片", "完成不了，缺经费"])
def test_what_is_not_done_is_progress(one: School, told: str) -> None:
    demand(one)
    assert "请核对：" in one.say(MING, f"整改 0160-1 {told}").reply
    one.say(MING, "确认")
    assert kinds(one, MING) == ["demanded", "progress"]


def test_too_long_a_text_is_refused_and_never_cut(one: School) -> None:
    demand(one)
    assert "太长了" in one.say(MING, "整改 0160-1 完成：已经" + "做了" * 600).reply
    assert kinds(one, MING) == ["demanded"]


def test_pictures_go_with_the_reply_whether_they_come_first_or_later(one: School) -> None:
    demand(one)
    one.photo(MING)
    assert "附上刚才发的照片" in one.say(MING, "整改 0160-1 完成：照片补上了").reply
    one.photo(MING)
    one.say(MING, "送")
    done = next(entry for entry in one.entries(f"person:{MING}") if entry.kind == "rectification.done")
    assert len(done.data["attachments"]) == 2
    assert "照片2张已存台账" in one.say(WANG, "整改回复待阅").reply


def test_a_picture_after_a_return_begins_the_next_reply(one: School) -> None:
    demand(one, LI)
    one.say(LI, "整改 完成：已上墙")
    one.say(LI, "送")
    one.say(WANG, "退 公示栏照片没有")
    assert "附到整改0153-1的回复里（退回的原因：公示栏照片没有）" in one.photo(LI).reply
    assert "整改情况：已补" in one.say(LI, "已补 送").reply
    assert "已把整改回复送给王建国同志" in one.say(LI, "送").reply
    assert "已销号" in one.say(WANG, "认可").reply


def test_who_sends_and_reads_himself_is_told_so_and_signs_as_each(one: School) -> None:
    demand(one, cast.FIRST)
    loses_office(one, LI, cast.FIRST)
    one.say(WANG, "整改 完成：已改到晚上开放")
    one.say(WANG, "6月5日支部大会，王建国")
    assert "您就是看回复的领导" in one.say(WANG, "送").reply
    one.say(WANG, "认可")
    last = [entry for entry in one.entries() if entry.kind.startswith("rectification")][-2:]
    assert [entry.kind for entry in last] == ["rectification.replied", "rectification.closed"]
    assert last[1].entry.capacity == "l1_secretary"


@pytest.mark.requirement("R-168")
def test_what_comes_back_after_its_day_is_pressed_for_anew(one: School, tmp_path: Path) -> None:
    demand(one)
    answered(at(one, date(2026, 6, 29)))
    at(one, date(2026, 7, 7)).say(WANG, "退 没有照片")
    days = [date(2026, 7, day) for day in range(8, 17)]
    assert reminded(one, tmp_path, *days) == {(MING, "K-15", step) for step in ("before", "due", "after")}
    assert words_to(one, MING, "领导看后退回，等您补好再送")


def test_what_is_said_anew_keeps_its_pictures_and_what_is_refused_the_draft(one: School) -> None:
    demand(one)
    one.say(MING, "整改 0160-1 完成：已上墙")
    one.photo(MING)
    assert "太长了" in one.say(MING, "整改 0160-1 完成：" + "做了" * 300).reply
    assert "已上墙，附照片" in one.say(MING, "整改 0160-1 完成：已上墙，附照片").reply
    one.say(MING, "送")
    done = next(entry for entry in one.entries(f"person:{MING}") if entry.kind == "rectification.done")
    assert len(done.data["attachments"]) == 1 and done.data["text"] == "已上墙，附照片"


def test_the_longest_reply_reaches_its_leader_in_one_message(one: School) -> None:
    one.demanded(cast.FIRST, WANG, "把值班表上墙并每周检查" * 20, DUE, ON, "l1_secretary")
    one.say(LI, "整改 完成：" + "已做" * 200)
    one.say(LI, "讨论" * 50)
    pushes = one.say(LI, "送").pushes
    assert [len(push.text.encode()) <= 2048 for push in pushes] == [True]
