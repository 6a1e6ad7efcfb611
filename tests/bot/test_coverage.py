"""点评覆盖 speaks of the same duties as 还欠谁 and the reminders, and its parts add up to the whole (R-112, R-140)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot import profiles
from bot.engine.state import Conversation
from bot.engine.turn import Context
from bot.handlers import _coverage
from bot.messages import Message
from domain import coverage, enrolment
from domain.covered import Chair, Coverage
from domain.duties import ReviewDuty, State
from domain.people import Membership, Organisation, OrgKind, Person, Role, RoleKind
from domain.periods import parse_code
from domain.reviews import Review
from domain.scope import below
from domain.tallies import Tally
from storage import models, people
from storage.codec import ZONE, to_row
from storage.db import Database, Transaction
from storage.facts import FactsView
from storage.roster import RosterView
from tests import cast, school
from tests.school import School

WITH_ROUND, WITHOUT = datetime(2026, 4, 20, 10, tzinfo=ZONE), datetime(2026, 9, 20, 10, tzinfo=ZONE)
SECRETARIES = {role.person: role.org for role in cast.ROLES if role.role is RoleKind.SECRETARY}
HOME = {id: org for id, _, _, org, _ in cast.PEOPLE}
OF_BRANCH = {org: id for id, org in SECRETARIES.items()}


LIBRARY, LIBRARIAN, LIN, HAN = "图书馆直属党支部", "2099001", "2015021", "2018006"


def with_special_cases(one: School) -> Database:
    """A 直属党支部, a branch without a 书记 (O-43), and a member who acts for his own 书记 (R-041)."""
    direct = Organisation(LIBRARY, LIBRARY, OrgKind.DIRECT_BRANCH, cast.SCHOOL, "图书馆", "O010", cast.START)
    entries = [enrolment.founded(direct)]
    with one.database.transaction() as tx:
        for n in range(3):
            who = Person(f"209900{n + 1}", f"馆员{n}", f"08{n:02}")
            people.save(tx, who)
            bond = Membership(who.id, LIBRARY, cast.START)
            entries += [enrolment.enrolled(who), enrolment.joined(who, bond, LIBRARY)]
            if who.id == LIBRARIAN:
                entries.append(enrolment.given(who, _secretary(who.id, LIBRARY), LIBRARY))
        lin, han = (RosterView(tx).person(id) for id in (LIN, HAN))
    assert lin and han
    entries.append(enrolment.ended(lin, _secretary(LIN, cast.STUDENTS), date(2026, 2, 1), cast.STUDENTS))
    entries.append(enrolment.given(han, replace(_secretary(HAN, cast.SECOND), acting=True), cast.SECOND))
    one.write(entries)
    return one.database


def _secretary(person: str, org: str) -> Role:
    return Role(person, RoleKind.SECRETARY, org, cast.START, None, "书记")


def context(tx: Transaction, now: datetime, profile: str) -> Context:
    message = Message("wecom", "wuting", "test", "text", now, now, "点评覆盖", "")
    roster = RosterView(tx)
    kept = (Conversation(), roster, FactsView(tx), profiles.load(profile))
    return Context(message, "点评覆盖", now, roster.person("2008030"), *kept)


def reviews(luck: random.Random, now: datetime) -> Iterator[Review]:
    """Some of the reviews that are owed, some of them too early, not whole, by another, or only 共同."""
    for n in range(luck.randint(5, 40)):
        kind = luck.choice(["member", "member", "member", "org", "secretary"])
        subject, org, capacity = _target(luck, kind)
        on = date(now.year, luck.choice([now.month, now.month, 1]), luck.randint(1, 19))
        at = datetime(on.year, on.month, on.day, 9, tzinfo=ZONE)
        yield Review(
            f"P-{n}", "s", kind, subject, "某", org, "x", capacity, at, on,
            luck.choice(["periodic", "periodic", "periodic", "daily"]), "individual", "好",
            luck.choice(["慢", "慢", ""]), "快些", common_only=luck.random() < 0.2,
        )  # fmt: skip


def _target(luck: random.Random, kind: str) -> tuple[str, str, str]:
    if kind == "member":
        id = luck.choice(list(HOME))
        return id, HOME[id], luck.choice(["branch_secretary", "branch_secretary", "l1_secretary"])
    org = luck.choice([one for one in cast.ORGS if one.id in OF_BRANCH]).id
    return (org if kind == "org" else OF_BRANCH[org]), org, "l1_secretary"


def owed(ctx: Context, person: str, given: list[Review], code: str) -> list[ReviewDuty]:
    """What 还欠谁 would say of a 书记: all his duties of one row, as the reviews left them."""
    actor = ctx.roster.person(person)
    assert actor is not None
    duties = coverage.duties_of(ctx.roster, ctx.profile, actor, ctx.today)
    return coverage.settled([one for one in duties if one.code == code], given, ())


@pytest.mark.requirement("R-112", "R-140", "R-142")
@pytest.mark.parametrize("now", [WITH_ROUND, WITHOUT])
@pytest.mark.parametrize("profile", ["harbin", "qingdao"])
def test_each_secretarys_count_is_his_own_list_of_duties(
    database_url: str, now: datetime, profile: str
) -> None:
    database = with_special_cases(school.new(database_url, now))
    for seed in range(12):
        with database.transaction() as tx:
            given = list(reviews(random.Random(seed), now))
            rows = [{**to_row(one), "archive": "a"} for one in given]
            tx.connection.execute(models.table(Review).insert(), rows)
            ctx = context(tx, now, profile)
            asked = _coverage.question(ctx, None, below(ctx.roster, [cast.SCHOOL]))
            for one in _coverage.found(ctx, asked):
                assert counts(one.chairs) == {
                    id: (len(duties), sum(each.state is State.DONE for each in duties))
                    for id in sorted({*SECRETARIES, LIBRARIAN} - {LIN})
                    if (duties := owed(ctx, id, given, one.span.code))
                }
                assert_adds_up(asked, one)
            tx.undo()


def counts(chairs: list[Chair]) -> dict[str, tuple[int, int]]:
    return {one.head.person: (one.owed, one.done) for one in chairs}


def assert_adds_up(asked: _coverage.Question, whole: Coverage) -> None:
    """The parts of the school hold everybody once; what is the school's own stands only in the whole."""
    parts = whole.split(asked.part_of).values()
    assert sum((one.of_members for one in parts), Tally()) == whole.of_members
    for type in ("org", "secretary"):
        for level in (True, False):
            assert sum((one.of_things(type, level) for one in parts), Tally()) == whole.of_things(type, level)
    own = [one for one in whole.chairs if one.head.org == cast.SCHOOL]
    assert sum(len(one.chairs) for one in parts) + len(own) == len(whole.chairs)


@pytest.mark.requirement("R-036", "R-038")
def test_everybody_is_counted_once_leaders_in_their_own_branch_and_no_secretary_in_hers(
    sqlite_url: str,
) -> None:
    database = school.new(sqlite_url, WITHOUT).database
    with database.transaction() as tx:
        ctx = context(tx, WITHOUT, "harbin")
        whole = _coverage.found(ctx, _coverage.question(ctx, None, below(ctx.roster, [cast.SCHOOL])))[0]
    heads = [id for id, org in SECRETARIES.items() if HOME[id] == org]
    assert whole.of_members.owed == len(cast.PEOPLE) - len(heads)
    # 郑国栋 and 马骏 are plain members of 机关第三党支部.
    assert whole.members[cast.THIRD].owed == sum(org == cast.THIRD for org in HOME.values()) - 1


@pytest.mark.requirement("R-350")
def test_a_unit_that_began_after_the_window_opened_owes_nothing_in_it(sqlite_url: str) -> None:
    database = school.new(sqlite_url, WITHOUT).database
    with database.transaction() as tx:
        ctx = context(tx, WITHOUT, "harbin")
        asked = _coverage.question(ctx, parse_code("2026"), below(ctx.roster, [cast.SCHOOL]))
        tree = {id: replace(org, starts_on=None) for id, org in asked.tree.items()}
        tree[cast.ENGINEERING] = replace(tree[cast.ENGINEERING], starts_on=date(2026, 7, 1))
        by_window = {one.span.window.label: one for one in _coverage.found(ctx, replace(asked, tree=tree))}
    assert by_window["2026-Q2"].of_members == Tally() and not by_window["2026-H1"].things
    assert set(by_window["2026-Q3"].members) == {cast.FIRST, cast.SECOND, cast.STUDENTS}
