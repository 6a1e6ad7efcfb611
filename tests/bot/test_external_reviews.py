"""外部点评: what a leader from outside said counts as one more review, covers only where that is set, and is labelled (R-040)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.dispatcher import Dispatcher
from domain.coverage import duties_of, still_owed
from domain.people import Role, RoleKind
from domain.profile import merged
from domain.reviews import Review
from storage import ledger, models
from storage.codec import ZONE
from storage.facts import FactsView
from storage.roster import RosterView
from tests import cast, school
from tests.attacks.handing_over import loses_office
from tests.cast import BY_NAME, FIRST
from tests.school import School

LI, WANG, ZHANG, LIU, HE, WU = (BY_NAME[name] for name in ("李芳", "王建国", "张伟", "刘洋", "何敏", "吴婷"))
WORDS = "登记外部点评 市教育工委王强处长点评刘洋：谈话细；不足是记录少；下一步每周记一次"


@pytest.fixture
def made(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 7, 31, 15, 20, tzinfo=ZONE))


def counting(made: School) -> None:
    """The office lets external reviews cover."""
    profile = merged(made.dispatcher.profile, {"review.external_counts": True}, "own")
    made.dispatcher = Dispatcher(made.database, made.talk, profile)


def review(made: School, number: str) -> Review:
    with made.database.transaction() as tx:
        found = FactsView(tx).review(number)
    assert found is not None
    return found


def owed_members(made: School) -> set[str]:
    """Whom 李芳 still must review this quarter."""
    with made.database.transaction() as tx:
        roster, facts, day = RosterView(tx), FactsView(tx), made.now.date()
        actor = roster.person(LI)
        assert actor is not None
        duties = [one for one in duties_of(roster, made.dispatcher.profile, actor, day) if one.code == "K-08"]
        given = facts.reviews_of([one.object for one in duties], date(2026, 7, 1), date(2026, 9, 30))
        return {one.object for one in still_owed(duties, given, ())}


@pytest.mark.requirement("R-040")
def test_it_counts_as_a_review_but_covers_nobody_by_default(made: School) -> None:
    made.say(LI, WORDS)
    assert "不评等次" in made.say(LI, "1").reply
    made.say(LI, "确认")
    kept = review(made, "P-2026-0155-1")
    assert kept.external == {"name": "王强", "unit": "市教育工委", "post": "处长", "counts": False}
    assert (kept.kind, kept.satisfies_duty) == ("daily", False)
    assert LIU in owed_members(made)
    assert "点评：1次" in made.say(LI, "台账 刘洋").reply


@pytest.mark.requirement("R-040")
def test_it_covers_where_the_office_says_so_and_stays_so_when_that_changes(made: School) -> None:
    plain = made.dispatcher
    counting(made)
    made.say(LI, WORDS)
    assert "计为本季度定期点评" in made.say(LI, "1").reply
    made.say(LI, "确认")
    assert LIU not in owed_members(made)
    made.dispatcher = plain
    assert review(made, "P-2026-0155-1").satisfies_duty
    assert LIU not in owed_members(made)


@pytest.mark.requirement("R-044")
def test_it_is_seen_by_those_who_see_any_review_and_by_nobody_else(made: School) -> None:
    for words in (WORDS, "确认"):
        made.say(LI, words)
    for who in (LI, WANG, WU):
        assert "市教育工委处长王强（外部点评，李芳登记）" in made.say(who, "看看刘洋的点评").reply
    assert "市教育工委处长王强（外部点评，李芳登记）" in made.say(LIU, "看点评").reply
    for who in (ZHANG, HE, BY_NAME["赵强"]):
        assert "王强" not in made.say(who, "看看刘洋的点评").reply


@pytest.mark.requirement("R-040")
def test_the_leader_from_outside_becomes_nobody_here(made: School) -> None:
    people = len(list(cast.PEOPLE))
    for words in (WORDS, "确认"):
        made.say(LI, words)
    with made.database.transaction() as tx:
        assert not RosterView(tx).named("王强")
        everybody = RosterView(tx).members([org.id for org in cast.ORGS], made.now.date())
    assert len(everybody) == people
    assert not [
        one
        for one in made.entries()
        if one.kind.startswith(("person.", "contact.")) and "王强" in str(one.data)
    ]
    assert made.say("wangqiang", "看点评").reply and not made.outcomes[-1].entries


@pytest.mark.requirement("R-041")
def test_a_deputy_registers_it_in_his_own_and_his_secretarys_name(made: School) -> None:
    from domain import enrolment
    from tests.attacks.handing_over import someone

    acting = Role("2017019", RoleKind.SECRETARY, FIRST, cast.START, date(2026, 8, 31), "代书记", acting=True)
    made.write([enrolment.given(someone(made, "2017019"), acting, FIRST)])
    made.say("2017019", WORDS)
    done = made.say("2017019", "确认")
    assert done.entries[0].data["acting"] == "代李芳"
    told = next(tell.text for tell in done.pushes if tell.person == LIU)
    assert "由代党支部书记赵敏（代李芳）登记" in told
    assert "赵敏（代李芳）登记" in made.say(LIU, "看点评").reply


@pytest.mark.requirement("R-151")
def test_who_registered_it_may_withdraw_it_and_the_next_secretary_may_not(made: School) -> None:
    for words in (WORDS, "确认"):
        made.say(LI, words)
    loses_office(made, LI, FIRST)
    for words in ("撤回", "记错了人", "确认"):
        made.say(LI, words)
    assert review(made, "P-2026-0155-1").state == "voided"


def test_photos_go_with_it_and_a_rebuild_gives_the_same(made: School) -> None:
    made.say(LI, WORDS)
    made.photo(LI, "photo-1")
    done = made.say(LI, "确认")
    assert len(done.entries[0].data["attachments"]) == 1
    before = review(made, "P-2026-0155-1")
    with made.database.transaction() as tx:
        archive = [one for one, _ in ledger.entries(tx, f"person:{LIU}")]
    state = None
    for written in archive:
        for model in models.models_fed_by(written.kind) if hasattr(models, "models_fed_by") else ():
            if model.name == "review":
                state = model.fold(state, written)
    assert state in (None, before) and replace(before) == before
