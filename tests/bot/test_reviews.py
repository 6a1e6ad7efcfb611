"""Reviews through the dispatcher: permission twice, words kept, words untouched, labels of each office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.engine.turn import Understanding
from domain import enrolment
from domain.people import Person, Role, RoleKind
from domain.profile import merged
from storage import ledger, models
from storage.codec import ZONE
from tests import cast, school
from tests.school import School

WANG, LI, MA, HE = "2003011", "2005007", "2001002", "2004009"
HAN, LIU = "2018006", "2011045"
WORDS = "点评韩雪：示教片质量高；不足是进度慢；下一步十月前剪完"


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 7, 31, 15, 20, tzinfo=ZONE))


def posted(one: School) -> list[Any]:
    return [each for each in one.entries() if each.kind == "review.posted"]


def end_post(one: School, person: str, org: str, last: date) -> None:
    role = Role(person, RoleKind.SECRETARY, org, cast.START)
    who = Person(person, "王建国", "0152")
    one.write([enrolment.ended(who, role, last, org)])


@pytest.mark.requirement("R-110")
def test_permission_is_asked_again_right_before_writing(one: School) -> None:
    one.say(WANG, WORDS)
    end_post(one, WANG, cast.ENGINEERING, date(2026, 7, 30))
    refused = one.say(WANG, "确认")
    assert "您这里不能登记" in refused.reply
    assert posted(one) == []


@pytest.mark.requirement("R-043")
def test_a_refused_review_keeps_words_and_photos_for_another(one: School) -> None:
    one.photo(HE, "photo-1")
    refused = one.say(HE, "点评刘洋：值班认真")
    assert "李芳" in refused.reply
    assert "72小时" in refused.reply
    one.now += timedelta(hours=71)
    assert "点评谁" in one.say(HE, "继续").reply
    one.say(HE, "吴婷")
    done = one.say(HE, "确认")
    assert [(each.archive, each.data["merits"], len(each.data["attachments"])) for each in done.entries] == [
        ("person:2008030", "值班认真", 1)
    ]


@pytest.mark.requirement("R-043")
def test_refused_words_are_forgotten_after_three_days_unless_taken_up(one: School) -> None:
    one.say(HE, "点评刘洋：值班认真")
    one.now += timedelta(hours=73)
    assert "没有存着的草稿" in one.say(HE, "继续").reply
    one.say(HE, "点评刘洋：值班认真")
    one.say(HE, "继续")
    one.say(HE, "吴婷")
    one.say(HE, "取消")
    one.now += timedelta(days=6)
    assert "对象：吴婷" in one.say(HE, "继续").reply


def test_a_demand_without_anything_demanded_is_asked_for(one: School) -> None:
    one.say(WANG, "点评韩雪：示教片质量高")
    assert "还没说整改什么" in one.say(WANG, "确认 两周内整改").reply
    done = one.say(WANG, "确认 要求：片子剪完，两周内整改")
    assert done.entries[1].data["due"] == "2026-08-14"
    assert "片子剪完" in done.entries[1].data["requirement"]


def test_a_bare_name_that_is_refused_leaves_no_draft_behind(one: School) -> None:
    one.say(HE, "点评刘洋")
    assert "没有存着的草稿" in one.say(HE, "继续").reply


@pytest.mark.requirement("R-119")
@pytest.mark.requirement("R-121")
def test_the_raw_words_are_kept_and_every_cell_is_made_of_them(one: School) -> None:
    one.say(WANG, WORDS)
    for more in ("再加一句：会议记录也清楚", "不足再加：剪辑慢", "建议改成九月底前剪完"):
        one.say(WANG, more)
    data = one.say(WANG, "确认").entries[0].data
    assert data["text"].startswith(WORDS)
    for part in ("merits", "gaps", "directions"):
        assert all(line in data["text"] for line in data[part].split("\n"))
    assert data["directions"] == "九月底前剪完"


@pytest.mark.requirement("R-300")
@pytest.mark.parametrize("nod", ["好的", "收到", "谢谢", "👌", "嗯", "可以"])
def test_a_courtesy_confirms_nothing(one: School, nod: str) -> None:
    one.say(WANG, WORDS)
    assert one.say(WANG, nod).entries == ()
    assert len(one.say(WANG, "确认").entries) == 1


@pytest.mark.row(10)
def test_a_second_confirmation_writes_nothing_more(one: School) -> None:
    one.say(WANG, WORDS)
    one.say(WANG, "确认")
    assert one.say(WANG, "确认").entries == ()
    assert len(posted(one)) == 1


@pytest.mark.requirement("R-122")
@pytest.mark.requirement("R-039")
def test_the_other_office_reads_its_own_words(one: School) -> None:
    there = replace(one, profile="qingdao")
    read = there.say(LI, "点评刘洋：谈话扎实；不足是归档慢；下一步月底归档").reply
    assert "形式：个别" in read
    assert "本学期定期点评" in read
    written = there.say(LI, "确认").entries[0].data
    assert written["manner"] == "individual"
    assert "（个别" in there.say(LIU, "看点评").reply


def test_photos_sent_during_something_else_are_offered_to_the_review(one: School) -> None:
    one.say(WANG, "我要作承诺")
    assert "先替您存" in one.photo(WANG, "photo-1").reply
    one.say(WANG, "取消")
    assert "之前的1张照片要放进来吗" in one.say(WANG, WORDS).reply
    one.say(WANG, "1")
    assert len(one.say(WANG, "确认").entries[0].data["attachments"]) == 1


@pytest.mark.requirement("R-151")
@pytest.mark.requirement("R-165")
def test_withdrawing_a_review_takes_its_demand_with_it(database_url: str) -> None:
    one = school.new(database_url, datetime(2026, 7, 31, 15, 20, tzinfo=ZONE))
    one.say(WANG, WORDS)
    one.say(WANG, "确认 两周内整改")
    one.say(WANG, "撤回")
    one.say(WANG, "点错了人")
    done = one.say(WANG, "确认")
    assert [each.kind for each in done.entries] == ["review.voided", "rectification.cancelled"]
    with one.database.transaction() as tx:
        before = models.rows(tx)
        models.rebuild(tx, list(ledger.entries(tx)))
        assert models.rows(tx) == before


@pytest.mark.requirement("R-158")
def test_an_answer_is_given_once_to_the_review_it_names(one: School) -> None:
    for words in (WORDS, "点评韩雪：会议记录清楚"):
        one.say(WANG, words)
        one.say(WANG, "确认")
    asked = one.say(HAN, "回应 已在剪")
    assert "回应哪一条" in asked.reply
    one.say(HAN, "2")
    done = one.say(HAN, "确认")
    assert [each.data["review"] for each in done.entries] == ["P-2026-0165-1"]
    assert [tell.person for tell in done.pushes] == [WANG]


@pytest.mark.requirement("R-044")
def test_what_was_said_of_a_member_is_not_shown_to_his_colleague(one: School) -> None:
    one.say(LI, "点评刘洋：谈话扎实；不足是归档慢")
    one.say(LI, "确认")
    asked = Understanding("my_reviews", {"person": LIU}, score=1.0)
    one.dispatcher.talk = replace(one.talk, understand=lambda ctx, text: [asked])
    seen = {who: "归档慢" in one.say(who, "看看刘洋的点评").reply for who in (LIU, WANG, LI, "2014023", HAN)}
    assert seen == {LIU: True, WANG: True, LI: True, "2014023": False, HAN: False}


def test_somebody_without_an_account_is_reviewed_and_not_said_to_be_told(one: School) -> None:
    one.say(WANG, "点评周福生：坚持给学生讲校史")
    done = one.say(WANG, "确认")
    assert "已告知赵强" in done.reply
    assert [tell.person for tell in done.pushes] == ["2006015"]


@pytest.mark.requirement("R-148")
def test_an_old_member_is_reviewed_without_hurry(one: School) -> None:
    assert "上门或打电话" in one.say("2006015", "点评周福生").reply


@pytest.mark.requirement("R-142")
def test_a_past_quarter_can_be_asked_for(one: School) -> None:
    assert "2026年6月30日前" in one.say(LI, "上季度我还欠谁的").reply


@pytest.mark.requirement("R-293")
def test_a_long_list_of_names_goes_into_a_file(one: School) -> None:
    one.dispatcher.profile = merged(one.dispatcher.profile, {"chat.names_in_text": 3}, "own")
    outcome = one.say(LI, "还欠谁")
    assert "共9个" in outcome.reply
    assert [len(file.rows) for file in outcome.files] == [9]


@pytest.mark.requirement("R-298")
def test_going_back_never_loses_what_the_leader_said_first(one: School) -> None:
    one.say(WANG, "点评张伟：台账清楚")
    one.say(WANG, "2")
    assert "1 张伟 讲师" in one.say(WANG, "返回").reply
    one.say(WANG, "1")
    one.say(WANG, "返回")
    assert "前面没有了" in one.say(WANG, "返回").reply
    one.say(WANG, "2")
    assert one.say(WANG, "确认").entries[0].data["merits"] == "台账清楚"


def test_a_bare_digit_is_no_review(one: School) -> None:
    one.say(WANG, "点评韩雪")
    assert "请用一句话说说" in one.say(WANG, "2").reply


def test_another_target_in_the_middle_drops_the_question_about_the_first(one: School) -> None:
    assert "是否同时点评书记林涛" in one.say(WANG, "点评研究生支部：学术氛围浓").reply
    assert "对象：方明" in one.say(WANG, "改1 方明").reply


@pytest.mark.requirement("R-120")
def test_a_deadline_in_the_words_themselves_is_offered_as_a_demand(one: School) -> None:
    read = one.say(WANG, "点评方明：实验室卫生差，灭火器过期，两周内整改").reply
    assert "要限期整改，例：确认 两周内整改" in read
    done = one.say(WANG, "确认 两周内整改")
    assert done.entries[1].data["due"] == "2026-08-14"


@pytest.mark.requirement("R-135")
def test_another_person_can_be_named_at_the_read_back(one: School) -> None:
    one.say(WANG, WORDS)
    assert "对象：方明" in one.say(WANG, "不是韩雪，是方明").reply
    assert "1 张伟 讲师" in one.say(WANG, "对象改成张伟").reply
    one.say(WANG, "2")
    assert "没找到" in one.say(WANG, "对象改成没有此人").reply
    assert [each.archive for each in one.say(WANG, "确认").entries] == ["person:2012034"]


def test_photos_can_be_taken_out_again(one: School) -> None:
    one.say(WANG, WORDS)
    one.photo(WANG, "photo-1")
    assert "照片1张" not in one.say(WANG, "照片不要了").reply
    assert one.say(WANG, "确认").entries[0].data["attachments"] == []
