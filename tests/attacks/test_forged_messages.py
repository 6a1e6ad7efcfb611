"""Messages that are forged, repeated, misdated, or sent under a name that only looks like somebody's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sandbox import plain
from storage.tables import conversation, inbox, owed, setting
from tests import school
from tests.cast import BY_NAME, FIRST
from tests.school import School
from tests.sealed import AGENT, CORP, URL, Sealed, envelope, opened

LI, ZHANG = BY_NAME["李芳"], BY_NAME["张伟"]


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database."""
    return school.new(sqlite_url)


@pytest.fixture
def road(made: School, tmp_path: Path) -> Sealed:
    """The road of a real callback."""
    return Sealed(made, tmp_path)


def sent(road: Sealed, account: str, number: str, words: str, stamp: int | None = None) -> str:
    """One text under a MsgId and an account of the attacker's choice."""
    moment = stamp if stamp is not None else int(road.school.now.timestamp())
    xml = plain.message(CORP, account, moment, "text", [("Content", words)], "999", AGENT)
    query, data = envelope(xml.replace("<MsgId>999<", f"<MsgId>{number}<"))
    return opened(road.client.post(URL, query_string=query, data=data))


def rows(made: School, table: object) -> int:
    """How many rows a table has."""
    with made.database.transaction() as tx:
        return len(tx.connection.execute(table.select()).all())


@pytest.mark.requirement("R-291")
def test_the_same_number_from_two_people_is_two_messages(road: Sealed) -> None:
    assert "李芳" not in sent(road, "zhangwei", "77", "我的台账")
    assert "李芳" in sent(road, "lifang", "77", "我的台账")


@pytest.mark.requirement("R-291")
@pytest.mark.parametrize(("one", "other"), [(("a|1", "2"), ("a", "1|2")), (("a1", "2"), ("a", "12"))])
def test_no_account_and_number_run_together_into_those_of_another(
    road: Sealed, one: tuple[str, str], other: tuple[str, str]
) -> None:
    sent(road, *one, "你好")
    sent(road, *other, "你好")
    assert rows(road.school, inbox) == 2


@pytest.mark.requirement("R-291")
def test_a_message_replayed_under_a_new_envelope_says_the_same_and_writes_nothing(road: Sealed) -> None:
    made = road.school
    made.publish(BY_NAME["许峰"], "每月听课两次", date(2026, 12, 20))
    stamp = int(made.now.timestamp())
    first = sent(road, "lifang", "5", "免 许峰 住院", stamp)
    sent(road, "lifang", "6", "确认", stamp)
    before = len(made.entries())
    made.now += timedelta(days=400)
    assert sent(road, "LiFang", "5", "免 许峰 住院", stamp) == first
    sent(road, "lifang", "6", "确认", stamp)
    assert len(made.entries()) == before


@pytest.mark.requirement("R-291")
def test_what_is_not_sealed_with_our_key_is_refused_and_leaves_nothing(road: Sealed) -> None:
    xml = plain.message(CORP, "lifang", 1, "text", [("Content", "全签")], "1", AGENT)
    query, data = envelope(xml)
    turned = data.replace(b"CDATA[", b"CDATA[AAAA", 1)
    for wrong in ({**query, "msg_signature": "0" * 40}, {**query, "nonce": "other"}, query):
        response = road.client.post(URL, query_string=wrong, data=turned if wrong is query else data)
        assert (response.status_code, response.data) == (403, b"")
    assert rows(road.school, inbox) == 0


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize("account", ["ſunli", "ｌｉｆａｎｇ", "lіfang", "lifang\u200b", "Ｌifang", "Kunli"])
def test_an_account_that_only_looks_like_somebodys_is_a_stranger(road: Sealed, account: str) -> None:
    assert "还不认识您" in sent(road, account, "1", "我的台账")


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize("account", ["LIFANG", "LiFang"])
def test_the_case_of_an_account_does_not_matter(road: Sealed, account: str) -> None:
    assert "李芳" in sent(road, account, "1", "我的台账")


@pytest.mark.parametrize("stamp", [0, -1, 10**12, 4_102_444_800, 1])
def test_a_moment_that_cannot_be_is_replaced_by_that_of_the_arrival(road: Sealed, stamp: int) -> None:
    sent(road, "zhangwei", "1", "作承诺：12月20日之前为2名新教师各听课4次并书面反馈", stamp)
    for n, words in enumerate(("1", "签字"), 2):
        sent(road, "zhangwei", str(n), words, stamp)
    proposed = [one for one in road.school.entries() if one.kind == "commitment.proposed"]
    assert [one.stamp.at.date() for one in proposed] == [road.school.now.date()]


@pytest.mark.requirement("R-292")
def test_a_stranger_who_writes_a_thousand_times_costs_one_request_and_three_messages(made: School) -> None:
    for n in range(60):
        made.say("stranger", ("许峰 教工第一党支部", "赵敏 教工第一党支部", "高远 教工第一党支部")[n % 3])
        made.say("stranger", "张伟，许峰，" * 400)
    assert len([tell for one in made.outcomes for tell in one.pushes]) == 3
    assert (rows(made, conversation), rows(made, owed)) == (1, 3)
    with made.database.transaction() as tx:
        names = tx.connection.execute(setting.select()).all()
    assert len([one for one in names if "stranger" in str(one)]) == 1


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize("words", ["许峰 教工第一党支部", "不在名单 教工第一党支部", "韩雪 教工第一党支部"])
def test_a_stranger_cannot_tell_whether_a_name_is_in_the_roster(made: School, words: str) -> None:
    assert made.say("stranger", words).reply.startswith("收到。已请支部核对")


@pytest.mark.requirement("R-292")
@pytest.mark.parametrize(
    "words", ["同意 0159", "待绑定", "台账 张伟", "全签", "停发", "谁没交", "1", "确认", "继续"]
)
def test_a_stranger_commands_nothing(made: School, words: str) -> None:
    made.say("stranger", "许峰 教工第一党支部")
    outcome = made.say("stranger", words)
    assert outcome.entries == () and not any(name in outcome.reply for name in ("李芳", "刘洋"))
    made.photo("stranger")
    assert rows(made, owed) == 1


def test_a_stranger_of_old_hears_nothing_of_what_he_was(made: School) -> None:
    from domain import enrolment
    from tests.attacks.handing_over import someone

    made.say(ZHANG, "作承诺：12月20日之前为2名新教师各听课4次并书面反馈")
    made.write([enrolment.released(someone(made, ZHANG), "wecom", "zhangwei")])
    for words in ("继续", "确认", "签字", "我的台账"):
        outcome = made.say("zhangwei", words)
        assert outcome.entries == () and "听课" not in outcome.reply


def test_somebody_in_no_branch_gets_a_sentence_to_everything(made: School) -> None:
    from tests.attacks.handing_over import moves

    made.say(ZHANG, "作承诺：12月20日之前为2名新教师各听课4次并书面反馈")
    moves(made, ZHANG, FIRST)
    for handler in made.talk.handlers.values():
        for words in (*handler.words, "1", "确认", "撤回", "继续", "取消"):
            assert made.say(ZHANG, words).reply
