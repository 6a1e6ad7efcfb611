"""An ordinary member who tries every door learns nothing about others and changes nothing of theirs."""

from __future__ import annotations

from datetime import date

import pytest

from tests import school
from tests.cast import BY_NAME
from tests.school import School

LIU, XU, HAN, ZHANG2 = (BY_NAME[name] for name in ("刘洋", "许峰", "韩雪", "张伟二"))
# 刘洋 may know who his own secretary is; of everybody else he hears no name he did not say himself.
OTHERS = ("韩雪", "方明", "赵强", "周福生", "王建国", "教工第二", "听课七次")


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database, with something to be curious about in another branch."""
    made = school.new(sqlite_url)
    made.publish(HAN, "听课七次", date(2026, 12, 20))
    made.publish(XU, "听课七次", date(2026, 12, 20))
    made.reviewed(HAN, BY_NAME["赵强"], date(2026, 5, 5))
    return made


COMMANDS = (
    "签 0165-1", "全签", "退 0165-1 不好", "公开", "催一下", "催 1", "免 1 住院", "停发", "恢复发送", "开始", "待绑定",
    "同意 0165", "不是账号 someone", "谁没交", "二支部谁没交", "名单", "未绑定", "还欠谁", "待签", "点评覆盖", "哪些书记还没点评过", "逾期",
    "抽5人", "预演", "台账", "台账 2018006", "台账 韩学", "看2018006的点评", "看看韩学的点评", "2018006交了吗",
    "点评2018006：好", "点评韩学：工作认真", "点评2012034", "免 2018006 住院", "催 2018006", "转出 2018006",
    "看点评 P-2026-0165-1", "回应 P-2026-0165-1 不对", "我的承诺 0165-1", "撤回", "继续", "帮助", "我的", "登记表 2018006",
)  # fmt: skip


@pytest.mark.requirement("R-305", "R-344", "R-044")
@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_of_an_office_works_for_a_member_or_tells_him_names(made: School, words: str) -> None:
    before = len(made.entries())
    for said in (words, "1", "2", "确认", "继续", "1"):
        outcome = made.say(LIU, said)
        assert not [name for name in OTHERS if name in outcome.reply], outcome.reply
        assert outcome.pushes == () and outcome.files == ()
    assert len(made.entries()) == before


@pytest.mark.requirement("R-044")
def test_a_refusal_is_the_same_whether_or_not_there_is_a_review(made: School) -> None:
    with_one = made.say(LIU, "看看韩雪的点评").reply
    without = made.say(LIU, "看看方明的点评").reply
    assert with_one.replace("韩雪", "") == without.replace("方明", "")


@pytest.mark.requirement("R-305")
@pytest.mark.parametrize("words", ["谁没交", "教工第二党支部谁没交", "名单", "未绑定", "台账 韩雪", "台账 2018006", "免 韩雪 住院",
                                   "催一下韩雪", "催 2018006", "韩雪交了吗", "韩学交了吗", "谁还没点评", "待签", "公开",
                                   "点评覆盖", "二支部点评覆盖", "哪些书记还没点评过", "二支部书记谁没点评"])  # fmt: skip
def test_a_secretary_hears_no_name_of_the_branch_beside(made: School, words: str) -> None:
    for said in (words, "1"):
        outcome = made.say(BY_NAME["李芳"], said)
        assert not [name for name in ("方明", "赵强", "周福生", "听课七次（韩") if name in outcome.reply]
        assert "韩雪" not in outcome.reply or "韩雪" in words
        assert HAN not in {tell.person for tell in outcome.pushes}
