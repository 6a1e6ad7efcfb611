"""What is owed of promises, signatures and lists: windows, owners, and when nothing is left of it (domain §8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import profiles
from domain import periods
from domain.commitments import Commitment
from domain.commitments import State as ItemState
from domain.duties import Duty, Member, State, Window, above, lists, pendings, promise, signing
from domain.people import Person
from tests import cast

HARBIN = profiles.load("harbin")
YEAR, LI = periods.whole_year(2026), "2005007"
STARTS = {cast.FIRST: date(2026, 1, 1)}
BRANCH = next(org for org in cast.ORGS if org.id == cast.FIRST)


def item(kind: str = "annual", state: ItemState = ItemState.FIXED, **change: object) -> Commitment:
    kept = ("person", "2010018", "张伟", cast.FIRST, cast.FIRST, kind, "听课两次", date(2026, 11, 30))
    made = Commitment("C-2026-0154-1", *kept, date(2026, 11, 30), state, date(2026, 3, 1))
    days = {"signed_on": date(2026, 3, 1), "fixed_on": date(2026, 3, 3)}
    return replace(made, **days, **change)


def waiting(*items: Commitment) -> list[Duty]:
    return signing.duties(items, cast.FIRST, HARBIN, lambda one: [LI], lambda one: [LI])


@pytest.mark.requirement("R-079")
def test_what_both_signed_is_to_be_made_public_within_a_week() -> None:
    (duty,) = waiting(item())
    assert (duty.code, duty.owner, duty.object) == ("K-03", LI, "C-2026-0154-1")
    assert duty.window.due == date(2026, 3, 10) and "open" not in [mark.name for mark in duty.steps]


@pytest.mark.requirement("R-069")
def test_an_urgent_one_is_signed_within_a_day_and_public_within_two() -> None:
    (sign,) = waiting(item("immediate", ItemState.SIGNED))
    (publish,) = waiting(item("immediate"))
    assert [one.code for one in (sign, publish)] == ["K-02", "K-02"]
    assert (sign.note["act"], sign.window.due) == ("sign", date(2026, 3, 2))
    assert (publish.note["act"], publish.window.due) == ("publish", date(2026, 3, 5))


@pytest.mark.parametrize("state", [one for one in ItemState if one is not ItemState.FIXED])
def test_of_an_annual_one_in_any_other_state_nothing_waits(state: ItemState) -> None:
    assert waiting(item(state=state)) == []


def promised(
    *members: Member, items: tuple[Commitment, ...] = (), waived: tuple[str, ...] = ()
) -> list[Duty]:
    return promise.of_members(members, YEAR, HARBIN, items, waived, STARTS)


def member(**change: object) -> Member:
    return Member(Person("2010018", "张伟", **change), cast.FIRST)  # type: ignore[arg-type]


@pytest.mark.requirement("R-067")
def test_a_promise_after_the_fifteenth_of_march_is_late_but_made() -> None:
    in_time, late = item(), item(proposed_on=date(2026, 3, 16))
    assert promised(member(), items=(in_time,))[0].state is State.DONE
    assert promised(member(), items=(late,))[0].state is State.LATE


@pytest.mark.requirement("R-016")
def test_whoever_is_away_for_long_owes_no_promise() -> None:
    (duty,) = promised(member(status="长期请假"))
    assert (duty.state, duty.why) == (State.WAIVED, "长期请假")


@pytest.mark.requirement("R-018")
@pytest.mark.parametrize("kind", ["离退休", "流动", "年老体弱"])
def test_the_retired_and_the_frail_may_promise_and_are_not_pressed(kind: str) -> None:
    (duty,) = promised(member(categories=(kind,)))
    assert duty.is_open and "自愿" in duty.silence


@pytest.mark.requirement("R-062")
def test_an_organisations_promise_is_owed_by_whoever_leads_it() -> None:
    def owed(*items: Commitment) -> Duty:
        return promise.of_organisation(BRANCH, [LI], YEAR, HARBIN, items, date(2026, 1, 1))[0]

    own = item(owner_type="org", owner=cast.FIRST)
    assert (owed().owner, owed().state) == (LI, State.OPEN)
    assert owed(item()).state is State.OPEN and owed(own).state is State.DONE


WINDOW = Window("2026-06", date(2026, 6, 25), date(2026, 7, 5))


def late(person: str, name: str, **change: object) -> Duty:
    return replace(Duty("K-05", person, person, cast.FIRST, WINDOW, note={"name": name}), **change)


@pytest.mark.requirement("R-323")
def test_the_list_of_the_day_after_names_whoever_still_owes_but_the_secretary_herself() -> None:
    found = [late("2010018", "张伟"), late(LI, "李芳"), late("2011045", "刘洋", state=State.DONE)]
    (listed,) = lists.duties(found, cast.FIRST, [LI], date(2026, 7, 6))
    assert listed.note["late"] == ["张伟"] and [mark.name for mark in listed.steps] == ["after"]
    assert lists.duties(found, cast.FIRST, [LI], date(2026, 7, 5)) == []
    assert lists.duties([late(LI, "李芳")], cast.FIRST, [LI], date(2026, 7, 6)) == []


def words(found: list[Duty], day: date = date(2026, 7, 6)) -> list[tuple[str, str, str]]:
    said = above.duties(found, BRANCH, lambda: ["2003011"], day)
    return [(one.code, one.owner, one.window.label) for one in said]


@pytest.mark.requirement("R-323")
def test_the_secretary_above_hears_of_a_unit_only_when_nobody_at_all_has_done_it() -> None:
    nobody = [late("2010018", "张伟"), late("2011045", "刘洋")]
    assert words(nobody) == [("K-05", "2003011", f"2026-06^{cast.FIRST}")]
    assert words(nobody, date(2026, 7, 5)) == []
    assert words([*nobody, late(LI, "李芳", state=State.LATE)]) == []


@pytest.mark.requirement("R-323")
def test_of_one_single_member_nobody_above_hears() -> None:
    waived = late("2011045", "刘洋", state=State.WAIVED)
    frail = late("1975003", "周福生", silence="年老体弱，不催")
    assert words([late("2010018", "张伟"), waived, frail]) == []


@pytest.mark.requirement("R-323")
def test_of_a_secretary_who_reviewed_nobody_it_is_said_and_of_one_who_began_it_is_not() -> None:
    quarter = Window("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
    owed = [Duty("K-08", LI, id, cast.FIRST, quarter) for id in ("2010018", "2011045")]
    assert words(owed, date(2026, 7, 1)) == [("K-08", "2003011", f"2026-Q2^{cast.FIRST}")]
    assert words([owed[0], replace(owed[1], state=State.PARTLY)], date(2026, 7, 1)) == []


@pytest.mark.requirement("R-321")
def test_several_things_of_one_kind_are_one_reminder_with_all_that_is_open() -> None:
    both = [late("1", "甲", owner=LI), late("2", "乙", owner=LI), late("3", "丙", owner=LI, state=State.DONE)]
    (pending,) = pendings(both, cast.FIRST, "")
    assert [one.note["name"] for one in pending.note["open"]] == ["甲", "乙"] and pending.note["owed"] == 3
    (done,) = pendings(both[2:], cast.FIRST, "")
    assert done.reason == "已完成"
