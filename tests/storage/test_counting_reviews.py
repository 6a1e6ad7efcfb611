"""What the database counts is what the rules say of each member, on random small schools and on both engines (R-140)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import periods
from domain.coverage_windows import Span
from domain.covered import Counted
from domain.duties import Member, Window, reviewed
from domain.people import Membership, Person, Role, RoleKind
from domain.reviews import Review
from domain.tallies import Tally
from domain.waivers import Waiver
from storage import coverage, models, schema
from storage.codec import ZONE, to_row
from storage.db import Database, Transaction
from storage.roster_questions import MOST_NAMED
from storage.tables import person

pytestmark = pytest.mark.slow

QUARTER = periods.quarter(2026, 2)
SPAN = Span("K-08", Window(QUARTER.label, QUARTER.start, QUARTER.end), (("K-08", QUARTER.label),))
DAY = date(2026, 6, 20)
BRANCHES, PEOPLE = ("甲支部", "乙支部", "丙支部"), tuple(f"p{n}" for n in range(8))
ORGS = (*BRANCHES, "某总支")

days = st.sampled_from(
    [date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 5), date(2026, 6, 30), date(2026, 7, 1)]
)
people = st.builds(
    Person,
    st.just(""),
    st.just("某"),
    political=st.sampled_from(["中共党员", "中共党员", "预备党员", "群众"]),
    status=st.sampled_from(["在册", "在册", "在册", "长期请假", "转出"]),
)


@st.composite
def memberships(draw: st.DrawFn, who: str) -> list[Membership]:
    """One branch, or one after the other."""
    first, second = draw(st.sampled_from(BRANCHES)), draw(st.sampled_from(BRANCHES))
    moved = draw(st.sampled_from([None, date(2026, 5, 1), date(2026, 6, 20), date(2026, 6, 21)]))
    start = date(2026, 1, 1)
    if moved is None:
        return [Membership(who, first, start, draw(st.sampled_from([None, date(2026, 6, 19)])))]
    return [Membership(who, first, start, moved - timedelta(days=1)), Membership(who, second, moved)]


roles = st.builds(
    Role,
    st.sampled_from(PEOPLE),
    st.sampled_from([RoleKind.SECRETARY, RoleKind.SECRETARY, RoleKind.DEPUTY]),
    st.sampled_from(ORGS),
    st.sampled_from([date(2026, 1, 1), date(2026, 6, 21)]),
    st.sampled_from([None, None, date(2026, 6, 19)]),
    acting=st.booleans(),
)
words = st.sampled_from(["好", "好", "好", ""])
reviews = st.builds(
    Review,
    st.just(""), st.just("s"), st.sampled_from(["member", "member", "member", "secretary"]),
    st.sampled_from(PEOPLE), st.just("某"), st.sampled_from(ORGS), st.sampled_from(PEOPLE),
    st.sampled_from(["branch_secretary", "direct_secretary", "l1_secretary", "school_leader"]),
    st.just(datetime(2026, 5, 5, 10, tzinfo=ZONE)), days,
    st.sampled_from(["periodic", "periodic", "daily"]), st.just("individual"), words, words, words,
    common_only=st.booleans(), upward=st.sampled_from([False, False, True]),
    state=st.sampled_from(["confirmed", "confirmed", "registered", "voided"]),
    external=st.sampled_from([None, None, {"name": '巡视组"counts":true', "counts": False}, {"name": "甲", "counts": True}]),
)  # fmt: skip
waivers = st.builds(
    Waiver,
    st.sampled_from(PEOPLE),
    st.sampled_from(["K-08", "K-05"]),
    st.sampled_from([QUARTER.label, "2026-Q1"]),
    st.just("甲支部"),
    st.just(""),
    st.just(""),
)


@dataclass
class Small:
    """A school of eight, with whatever happened in it."""

    people: list[Person]
    bonds: list[Membership]
    roles: list[Role]
    reviews: list[Review]
    waivers: list[Waiver]


@st.composite
def schools(draw: st.DrawFn) -> Small:
    return Small(
        [replace(draw(people), id=id, number=id) for id in PEOPLE],
        [bond for id in PEOPLE for bond in draw(memberships(id))],
        list({(r.person, r.role, r.org, r.start): r for r in draw(st.lists(roles, max_size=6))}.values()),
        [replace(one, number=f"P-{n}") for n, one in enumerate(draw(st.lists(reviews, max_size=14)))],
        list({(w.subject, w.duty, w.period): w for w in draw(st.lists(waivers, max_size=4))}.values()),
    )


def written(tx: Transaction, small: Small) -> None:
    """The school straight into the tables."""
    tx.connection.execute(person.insert(), [{**to_row(one), "sound": "mou"} for one in small.people])
    for things in (small.bonds, small.roles, small.reviews, small.waivers):
        for one in things:
            tx.connection.execute(models.table(type(one)).insert(), [{**to_row(one), "archive": "a"}])


def held(bond: Membership | Role) -> bool:
    return bond.start <= DAY and (bond.end is None or bond.end >= DAY)


def expected(small: Small, common_counts: bool) -> dict[str, Counted]:
    """The same, person by person, by the rule that 谁还没点评 goes by."""
    given = [one for one in small.reviews if one.state != "voided"]
    waived = {one.subject for one in small.waivers if (one.duty, one.period) == SPAN.spared[0]}
    found = {}
    for org in BRANCHES:
        members = [Member(who, org) for who in _members(small, org)]
        duties = reviewed.duties(members, QUARTER, given, waived, {org: date(2026, 1, 1)}, common_counts)
        if members:
            found[org] = Counted(
                sum((Tally.of(one.state) for one in duties), Tally()),
                _reviewed_as(given, members, ("branch_secretary", "direct_secretary")),
                _reviewed_as(given, members, ("l1_secretary",)),
            )
    return found


def _members(small: Small, org: str) -> Iterator[Person]:
    secretaries = [r for r in small.roles if r.role is RoleKind.SECRETARY and r.org == org and held(r)]
    filled = any(not role.acting for role in secretaries)
    heads = {role.person for role in secretaries if not (role.acting and filled)}
    here = {bond.person for bond in small.bonds if bond.org == org and held(bond)}
    return (who for who in small.people if who.is_member and who.id in here - heads)


def _reviewed_as(given: Sequence[Review], members: Sequence[Member], capacities: tuple[str, ...]) -> int:
    done = {
        (one.subject, one.org)
        for one in given
        if one.satisfies_duty and one.target == "member" and one.day in QUARTER
        if one.capacity in capacities or one.external is not None
    }
    return sum((one.person.id, one.org) in done for one in members)


@pytest.mark.requirement("R-140", "R-040", "R-037", "R-038", "R-133", "R-137", "R-016")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(small=schools(), common_counts=st.booleans(), is_named=st.booleans())
def test_counting_in_the_database_is_counting_people(
    database_url: str, small: Small, common_counts: bool, is_named: bool
) -> None:
    database = Database(database_url)
    with database.transaction() as tx:
        schema.create(tx.connection)
        written(tx, small)
        asked = BRANCHES if is_named else [*BRANCHES, *(f"另{n}" for n in range(MOST_NAMED))]
        assert coverage.members(tx, asked, SPAN, DAY, common_counts) == expected(small, common_counts)
        tx.undo()
    database.dispose()


JUDGED = {
    "target",
    "subject",
    "org",
    "capacity",
    "day",
    "kind",
    "merits",
    "gaps",
    "directions",
    "common_only",
    "upward",
    "state",
    "external",
}
TOLD = {"number", "session", "subject_name", "reviewer", "at", "manner", "text", "selection", "occasion", "place", "grade",
        "attachments", "version", "answer", "reason", "acting"}  # fmt: skip


def test_a_new_field_of_a_review_is_either_counted_with_or_known_not_to_matter() -> None:
    assert {field.name for field in fields(Review)} == JUDGED | TOLD, (
        "see storage/coverage.py and reviews above"
    )
