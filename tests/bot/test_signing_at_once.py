"""Several secretaries on several phones: every item is signed once, and everybody is told the truth."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from bot.messages import Message
from domain import enrolment
from domain.commitment_entries import proposed
from domain.commitments import Commitment, State
from domain.entries import Entry
from domain.people import Role, RoleKind
from storage.facts import FactsView
from storage.roster import RosterView
from tests import cast, school
from tests.school import School

COMMITTERS = (
    "2010018",
    "2011045",
    "2014023",
    "2013008",
    "2016011",
    "2007033",
    "2010052",
    "2017019",
    "2003011",
)
SIGNERS = ("2005007", "2006015", "2015021", "2004009")
DUE = date(2026, 12, 31)


def items(one: School, n: int) -> list[Entry]:
    """Items of the first branch's members, signed by them."""
    with one.database.transaction() as tx:
        people = RosterView(tx).people(COMMITTERS)
    entries: list[Entry] = []
    for at in range(n):
        who = people[COMMITTERS[at % len(COMMITTERS)]]
        number = f"C-2026-{who.number}-{at // len(COMMITTERS) + 1}"
        item = Commitment(
            number, "person", who.id, who.name, cast.FIRST, cast.FIRST, "annual", f"走访企业{at + 1}家", DUE, DUE,
            State.SIGNED, date(2026, 3, 1), "duty",
        )  # fmt: skip
        entries += proposed(item, "self", cast.FIRST)
    return entries


def four_secretaries(one: School) -> None:
    with one.database.transaction() as tx:
        people = RosterView(tx).people(SIGNERS)
    posts = [Role(person, RoleKind.SECRETARY, cast.FIRST, date(2026, 2, 1)) for person in SIGNERS[1:]]
    one.write([enrolment.given(people[post.person], post, cast.FIRST) for post in posts])


def all_at_once(one: School, people: Sequence[str], text: str) -> list[str]:
    """Let several people send the same words at the same moment, each in a thread."""
    together = Barrier(len(people))

    def say(person: str) -> str:
        key = f"{person}|{text}"
        message = Message("wecom", cast.ACCOUNT[person], key, "text", one.now, one.now, text)
        together.wait(timeout=30)
        return one.dispatcher.handle(message).reply

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(say, people))


def signatures(one: School) -> list[str]:
    signed = (entry for entry in one.entries() if entry.kind == "commitment.signed")
    return [entry.data["commitment"] for entry in signed if entry.data["capacity"] != "self"]


@pytest.mark.requirement("R-074")
def test_four_people_who_sign_the_same_fifty_items_at_once_give_fifty_signatures(database_url: str) -> None:
    one = school.new(database_url)
    four_secretaries(one)
    one.write(items(one, 50))
    for reply in all_at_once(one, SIGNERS, "全签"):
        assert "将签字50件" in reply
    replies = all_at_once(one, SIGNERS, "确认")
    assert sorted("已签50件" in reply for reply in replies) == [False, False, False, True]
    assert sum("已经签过了" in reply for reply in replies) == 3
    assert len(signatures(one)) == len(set(signatures(one))) == 50
    with one.database.transaction() as tx:
        assert len(FactsView(tx).commitments_in([cast.FIRST], [State.FIXED])) == 50


@pytest.mark.requirement("R-074")
def test_the_same_number_signed_four_times_at_once_is_signed_once(database_url: str) -> None:
    one = school.new(database_url)
    four_secretaries(one)
    one.write(items(one, 1))
    replies = all_at_once(one, SIGNERS, "签 0154-1，网上公开")
    assert sum(reply.startswith("已签并公开0154-1") for reply in replies) == 1
    assert sum("已经签过了" in reply for reply in replies) == 3
    assert len(signatures(one)) == 1
    assert [entry.kind for entry in one.entries()].count("commitment.published") == 1
