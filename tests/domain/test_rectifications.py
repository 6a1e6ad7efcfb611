"""整改: whatever is written in whatever order, a demand stands in one state, and what is owed of it follows (§11.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import profiles
from domain.duties import Duty, rectifying
from domain.entries import Entry, Stamp, Subject, Written
from domain.rectifications import OVER, OWED, UNANSWERED_AFTER, Rectification, State, fold
from storage.codec import ZONE
from tests import cast

QINGDAO, HARBIN = profiles.load("qingdao"), profiles.load("harbin")
LI, ZHANG, WANG = "2005007", "2010018", "2003011"
ASKED = datetime(2026, 6, 1, 9, tzinfo=ZONE)
NEXT = {
    "planned": State.PLANNED,
    "progress": State.IN_PROGRESS,
    "done": State.DONE,
    "replied": State.REPLIED,
    "returned": State.IN_PROGRESS,
    "closed": State.CLOSED,
    "cancelled": State.CANCELLED,
}
EVENTS = st.sampled_from(sorted(NEXT))


def written(event: str, at: datetime = ASKED, **data: object) -> Written:
    subject = Subject("person", ZHANG, "张伟")
    told = {"rectification": "Z-2026-0154-1", "review": "P-2026-0154-1", **data}
    entry = Entry(f"person:{ZHANG}", f"rectification.{event}", subject, told, "l1_secretary", "", cast.FIRST)
    return Written(entry, Stamp(WANG, at, at, {}), 1, "", "", "", "")


def demanded(**change: object) -> Rectification:
    made = fold(None, written("demanded", requirement="把值班表上墙", due="2026-06-30"))
    assert made is not None
    return replace(made, **change)


def owed(one: Rectification, profile: object = QINGDAO) -> list[Duty]:
    return rectifying.duties([one], cast.FIRST, profile, lambda _: [(ZHANG, "")])  # type: ignore[arg-type]


@pytest.mark.requirement("R-165")
@given(st.lists(EVENTS, max_size=8))
def test_the_last_entry_says_where_a_demand_stands(events: list[str]) -> None:
    one = demanded()
    for n, event in enumerate(events, 1):
        after = fold(one, written(event, ASKED + timedelta(days=n)))
        assert after is not None
        one = after
    assert one.state == (NEXT[events[-1]] if events else State.OPEN)
    assert (one.state in OWED) + (one.state in OVER) + (one.state is State.REPLIED) == 1
    assert bool(owed(one)) == (one.state in OWED)


@pytest.mark.requirement("R-165")
def test_a_demand_is_due_on_the_day_that_was_named_and_its_opening_reminds_nobody() -> None:
    (duty,) = owed(demanded())
    assert (duty.code, duty.owner, duty.window.due) == ("K-15", ZHANG, date(2026, 6, 30))
    assert [mark.name for mark in duty.steps] == ["before", "due", "after"]


def test_what_is_done_is_answered_in_writing_within_a_week_where_the_office_wants_that() -> None:
    done = fold(demanded(), written("done", datetime(2026, 6, 20, 9, tzinfo=ZONE), text="已上墙"))
    assert done is not None
    (duty,) = owed(done)
    assert (duty.code, duty.window.due) == ("K-16", date(2026, 6, 27))
    assert owed(done, HARBIN) == []


@pytest.mark.requirement("R-168")
def test_a_leader_is_asked_once_after_fourteen_days() -> None:
    replied = fold(demanded(), written("replied", ASKED))
    assert replied is not None
    (duty,) = rectifying.to_judge([replied], cast.ENGINEERING, WANG)
    assert duty.window.due == ASKED.date() + UNANSWERED_AFTER and [one.name for one in duty.steps] == ["due"]
    assert not replied.is_unanswered_on(date(2026, 6, 14)) and replied.is_unanswered_on(date(2026, 6, 15))
    assert rectifying.to_judge([demanded()], cast.ENGINEERING, WANG) == []


def test_what_is_sent_back_is_owed_again_and_was_done_on_its_first_day() -> None:
    one = demanded()
    for n, event in enumerate(("done", "replied", "returned", "done"), 1):
        one = fold(one, written(event, ASKED + timedelta(days=n), text=event)) or one
    assert (one.state, one.done_on, one.reply) == (State.DONE, date(2026, 6, 2), "done")
