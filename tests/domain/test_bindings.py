"""Requests of unknown accounts: never twice, never too many, answered by the right person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.authority import may
from domain.bindings import (
    Request,
    asked,
    asked_to_answer,
    candidates,
    closed,
    key_of,
    read,
    waiting,
)
from domain.introductions import Introduction
from domain.people import RoleKind
from tests import cast
from tests.domain.memory_roster import MemoryRoster

NOW = datetime(2026, 7, 6, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 7, 6)
ZHANG = Introduction("张伟", cast.FIRST)


def request(said: Introduction = ZHANG, now: datetime = NOW, before: Request | None = None) -> Request | None:
    return asked(before, "wecom", "zw88", said, now)


def test_a_request_is_kept_as_words_and_read_again() -> None:
    first = request()
    assert first and read(first.words) == first
    assert read(None) is None and first.key == key_of("wecom", "ZW88 ")


@pytest.mark.requirement("R-292")
def test_the_same_claim_is_not_made_twice_while_it_waits() -> None:
    first = request()
    assert request(before=first, now=NOW + timedelta(days=6)) is first
    late = request(before=first, now=NOW + timedelta(days=8))
    assert late and late.asked != first.asked  # type: ignore[union-attr]


def test_an_account_asks_three_times_a_day_at_most() -> None:
    now: Request | None = None
    for name in ("甲乙", "丙丁", "戊己"):
        now = request(Introduction(name, cast.FIRST), before=now)
    assert now and now.count == 3
    assert request(before=now) is None
    assert request(before=closed(now)) is None
    assert request(before=now, now=NOW + timedelta(days=1))


def test_only_requests_that_are_open_wait() -> None:
    first = request()
    assert first is not None
    assert waiting({first.key: first.words}, NOW) == [first]
    assert waiting({first.key: closed(first).words}, NOW) == []
    assert waiting({first.key: first.words}, NOW + timedelta(days=8)) == []


def test_only_the_claimed_branch_is_searched_for_the_name() -> None:
    roster = MemoryRoster()
    roster.known["7"] = roster.add("7", cast.FIRST)
    found = candidates(roster, Request("wecom", "zw88", "张伟", cast.FIRST, NOW.isoformat()), DAY)
    assert [person.id for person in found] == ["2010018"]


@pytest.mark.requirement("R-292")
def test_the_branchs_secretary_is_asked_then_the_one_above_then_the_administrators() -> None:
    roster, one = MemoryRoster(), Request("wecom", "zw88", "张伟", cast.FIRST, NOW.isoformat())
    assert asked_to_answer(roster, one, ["2010018"], DAY) == ["2005007"]
    assert asked_to_answer(roster, one, ["2005007"], DAY) == ["2003011"]
    roster.roles = [role for role in roster.roles if role.role is not RoleKind.SECRETARY]
    assert asked_to_answer(roster, one, [], DAY) == ["2009012"]


def test_no_other_secretary_may_answer() -> None:
    roster, one = MemoryRoster(), Request("wecom", "zw88", "张伟", cast.FIRST, NOW.isoformat())
    allowed = [id for id, person in roster.known.items() if may(roster, person, "bind", one.org, DAY).allowed]
    assert allowed == ["2000001", "2003011", "2005007", "2009012"]
