"""The monthly records of the sample school: most in time, some late, and of the last month some still missing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.sample.events import ZONE, Event, Member, moment, workday
from bot.sample.goals import DIFFICULTIES, STATEMENTS
from bot.sample.promises import Item
from domain import monthly, periods
from domain.periods import Period
from domain.profile import Profile

# Who has not handed in the month that is being reported, and who was late with it (domain, S-12).
MISSING = ("2013008", "2016011", "2007033", "2018006", "2020016")
LATE = "2011045"


def of_member(
    rng: random.Random,
    member: Member,
    items: Sequence[Item],
    signer: tuple[str, str],
    profile: Profile,
    now: datetime,
) -> Iterator[Event]:
    """Somebody's records of all months up to now, and what their 书记 makes of what is done."""
    if not items:
        return
    month, last = periods.month_of(min(item.published for item in items)), monthly.due_month(now, profile)
    while month.start <= last.start:
        live = [item for item in items if _is_live(item, month, profile)]
        is_missing = month.start == last.start and member.person.id in MISSING
        if live and not is_missing:
            yield from _month(rng, member, live, month, signer, profile, is_last=month.start == last.start)
        month = month.next


def _is_live(item: Item, month: Period, profile: Profile) -> bool:
    return item.published <= monthly.window(month, profile).opens and month.start <= item.ends.start


def _month(
    rng: random.Random,
    member: Member,
    live: Sequence[Item],
    month: Period,
    signer: tuple[str, str],
    profile: Profile,
    is_last: bool,
) -> Iterator[Event]:
    window = monthly.window(month, profile)
    is_late = member.person.id == LATE if is_last else rng.random() < 0.06
    at = _handed_in(rng, window.opens, window.due, is_late)
    said = [_said(rng, item, month, n) for n, item in enumerate(live)]
    data = {
        "month": f"{month.start:%Y-%m}",
        "late": is_late,
        "items": said,
        "statement": rng.choice(STATEMENTS),
        "proxy": None,
    }
    done = [item for item in live if item.ends.start == month.start]
    declared = [
        member.entry(
            "commitment.declared",
            {"commitment": item.number, "effect": item.goal.effect, "month": data["month"]},
        )
        for item in done
    ]
    yield Event(at, member.person.id, (member.entry("report.submitted", data), *declared))
    if done and rng.random() < 0.8:
        fulfilled = [
            member.entry("commitment.fulfilled", {"commitment": one.number}, signer[1]) for one in done
        ]
        yield Event(moment(rng, workday(at.date() + timedelta(days=4))), signer[0], tuple(fulfilled))


def _handed_in(rng: random.Random, opens: date, due: date, is_late: bool) -> datetime:
    if is_late:
        return datetime.combine(due + timedelta(days=1), time(10, rng.randrange(60)), ZONE)
    return moment(rng, opens + timedelta(days=rng.randrange((due - opens).days + 1)), 9, 22)


def _said(rng: random.Random, item: Item, month: Period, n: int) -> dict[str, object]:
    told: dict[str, object] = {"commitment": item.number}
    if item.ends.start == month.start:
        return {**told, "status": "done", "text": item.goal.effect, "effect": item.goal.effect}
    chance = rng.random()
    if chance < 0.05:
        return {**told, "status": "none", "text": "这个月没有进展，下月补上"}
    words = item.goal.steps[(month.start.month + n + len(item.number)) % len(item.goal.steps)]
    if chance < 0.10:
        return {**told, "status": "difficult", "text": words, "difficulty": rng.choice(DIFFICULTIES)}
    return {**told, "status": "ongoing", "text": words}
