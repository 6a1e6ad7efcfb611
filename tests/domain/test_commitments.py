"""How an item moves: nothing is public without both signatures, whatever comes in whatever order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import commitment_entries, revisions
from domain.commitments import PUBLIC, Commitment, State, fold
from domain.entries import Entry, Stamp, Subject, Written
from domain.people import Organisation, OrgKind

NUMBER, BRANCH = "C-2026-0154-1", Organisation("教工第一党支部", "教工第一党支部", OrgKind.BRANCH)
MOMENT = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
ITEM = {"kind": "annual", "goal": "为大三学生讲3次论文写作", "due": "2026-06-30", "matter": "duty"}
WHO = Subject("person", "2010018", "张伟")

Event = tuple[str, dict[str, Any]]
PROPOSED: Event = ("proposed", {**ITEM, "signer_org": BRANCH.id})
SELF: Event = ("signed", {"capacity": "self"})
SECOND: Event = ("signed", {"capacity": "secretary"})
RETURNED: Event = ("returned", {"reason": "没有写清几次"})
PUBLISHED: Event = ("published", {"channels": ["meeting"], "on": "2026-03-05"})
REVISED: Event = ("revised", {"goal": "为大三学生讲4次论文写作", "due": "2026-07-15", "reason": "出差"})


def written(event: Event) -> Written:
    kind, data = event
    body = {"commitment": NUMBER, **data}
    entry = Entry("person:2010018", f"commitment.{kind}", WHO, body, "", BRANCH.name, BRANCH.id)
    return Written(entry, Stamp("2010018", MOMENT, MOMENT), 1, "", "", "", "")


def after(*events: Event) -> Commitment:
    state = None
    for event in events:
        state = fold(state, written(event))
    assert state is not None
    return state


EVENTS: tuple[Event, ...] = (
    PROPOSED,
    SELF,
    SECOND,
    ("signed", {"capacity": "superior"}),
    RETURNED,
    REVISED,
    ("revised", {"goal": "只改目标，讲5次"}),
    PUBLISHED,
    *(
        (kind, {})
        for kind in (
            "declared",
            "undeclared",
            "fulfilled",
            "accepted",
            "terminated",
            "withdrawn",
            "unfulfilled",
        )
    ),
)


class Signatures:
    """What both sides have put their names to, kept beside the fold in the plainest way."""

    def __init__(self) -> None:
        self.mine: set[tuple[str, date]] = set()
        self.theirs: set[tuple[str, date]] = set()

    def note(self, event: Event, before: Commitment, now: Commitment) -> None:
        if event == SELF:
            self.mine.add((now.goal, now.due))
        if event[0] == "revised" and before.pending != now.pending:
            change = now.pending or {}
            due = date.fromisoformat(change["due"]) if "due" in change else now.due
            self.mine.add((change.get("goal", now.goal), due))
        if event[0] == "signed" and event != SELF:
            self.theirs.add((now.goal, now.due))


@pytest.mark.requirement("R-074")
@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_no_sequence_of_events_makes_public_what_both_have_not_signed(events: Iterable[Event]) -> None:
    signatures, state = Signatures(), after(PROPOSED)
    for event in events:
        before, now = state, fold(state, written(event))
        assert now is not None
        signatures.note(event, before, now)
        state = now
        if state.state in PUBLIC and state.published_on:
            assert (state.goal, state.due) in signatures.mine & signatures.theirs


@pytest.mark.requirement("R-074")
@given(st.lists(st.sampled_from([PROPOSED, SELF, RETURNED, REVISED, PUBLISHED]), max_size=20))
def test_one_signature_is_never_enough(events: Iterable[Event]) -> None:
    assert after(PROPOSED, *events).state in (State.SIGNED, State.RETURNED)


def test_the_second_signature_without_the_first_fixes_nothing() -> None:
    assert after(PROPOSED, SECOND).state is State.SIGNED


def test_an_item_that_exists_cannot_be_proposed_over() -> None:
    other: Event = ("proposed", {**PROPOSED[1], "goal": "别的事"})
    assert after(PROPOSED, SELF, SECOND, PUBLISHED, other) == after(PROPOSED, SELF, SECOND, PUBLISHED)


@pytest.mark.requirement("R-075")
def test_a_returned_item_is_corrected_at_once_and_signed_again_by_both() -> None:
    returned = after(PROPOSED, SELF, RETURNED)
    assert (returned.state, returned.reason, returned.signed_on) == (State.RETURNED, "没有写清几次", None)
    corrected = after(PROPOSED, SELF, RETURNED, REVISED, SELF)
    assert (corrected.state, corrected.goal) == (State.SIGNED, "为大三学生讲4次论文写作")
    assert corrected.due == corrected.original_due == date(2026, 7, 15)
    assert after(PROPOSED, SELF, RETURNED, REVISED, SELF, SECOND).state is State.FIXED


@pytest.mark.requirement("R-077")
def test_a_change_waits_for_the_second_signature_and_keeps_the_first_date() -> None:
    asked = after(PROPOSED, SELF, SECOND, PUBLISHED, REVISED)
    assert (asked.due, asked.pending) == (date(2026, 6, 30), REVISED[1])
    signed = after(PROPOSED, SELF, SECOND, PUBLISHED, REVISED, SECOND)
    assert (signed.due, signed.original_due) == (date(2026, 7, 15), date(2026, 6, 30))
    assert signed.awaits_publication
    assert signed.overdue_on(date(2026, 7, 1))


def test_a_change_made_public_again_awaits_nothing_and_keeps_its_first_day() -> None:
    again: Event = ("published", {"channels": ["network"], "on": "2026-07-02"})
    item = after(PROPOSED, SELF, SECOND, PUBLISHED, REVISED, SECOND, again)
    assert (item.published_on, item.channels) == (date(2026, 3, 5), ("network",))
    assert not item.awaits_publication


def test_a_change_that_is_not_agreed_to_leaves_the_item_as_it_was() -> None:
    item = after(PROPOSED, SELF, SECOND, PUBLISHED, REVISED, RETURNED)
    assert (item.state, item.due, item.pending) == (State.PUBLISHED, date(2026, 6, 30), None)


def test_only_what_is_not_fixed_can_be_withdrawn_by_its_committer() -> None:
    assert after(PROPOSED, SELF, ("withdrawn", {})).state is State.WITHDRAWN
    assert after(PROPOSED, SELF, SECOND, PUBLISHED, ("withdrawn", {})).state is State.PUBLISHED


def test_a_proposal_folds_into_the_very_item_it_was_made_from() -> None:
    item = replace(after(PROPOSED, SELF), flags=("slogan",), link="C-2026-O003-1", text="原话", late=True)
    first, second = commitment_entries.proposed(item, "self", BRANCH.name)
    assert (first.kind, second.kind) == ("commitment.proposed", "commitment.signed")
    assert after(*((one.kind.partition(".")[2], dict(one.data)) for one in (first, second))) == item


def test_an_unchanged_correction_is_only_signed_again() -> None:
    item = after(PROPOSED, SELF, RETURNED)
    assert [one.kind for one in commitment_entries.corrected(item, item.goal, item.due, "self", "")] == [
        "commitment.signed"
    ]


@pytest.mark.requirement("R-077")
def test_a_request_names_only_what_changes() -> None:
    item = after(PROPOSED, SELF, SECOND, PUBLISHED)
    entry = revisions.request(item, item.goal, date(2026, 7, 15), "出差两周")
    assert entry.data == {"commitment": NUMBER, "due": "2026-07-15", "reason": "出差两周"}
    assert (entry.archive, entry.org_id) == ("person:2010018", BRANCH.id)


@pytest.mark.parametrize("events", [(PROPOSED, SELF), (PROPOSED, SELF, SECOND, PUBLISHED, ("fulfilled", {}))])
def test_what_is_not_in_force_cannot_be_asked_to_change(events: tuple[Event, ...]) -> None:
    with pytest.raises(ValueError, match=NUMBER):
        revisions.request(after(*events), None, date(2026, 7, 15), "出差")


def test_a_request_that_changes_nothing_is_refused() -> None:
    item = after(PROPOSED, SELF, SECOND)
    with pytest.raises(ValueError, match=NUMBER):
        revisions.request(item, item.goal, item.due, "没有变化")
