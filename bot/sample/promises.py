"""The promises of the sample school: proposed, signed by both and published at the beginning of the year."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.sample.events import Event, Member, Numbers, moment, workday
from bot.sample.goals import BY_POST, OF_UNITS, TEACHER, Goal
from bot.sample.people import NEWCOMER
from domain import periods
from domain.entries import Entry, Subject
from domain.people import Organisation
from domain.periods import Period

# Whoever is new or needs care has promised nothing this year.
WITHOUT = (NEWCOMER, "1975003")
_CHANNELS = (["board"], ["meeting"], ["meeting", "board"], ["network"])


@dataclass(frozen=True, slots=True)
class Item:
    """One person's promise; `ends` is the month whose record says that it is done."""

    number: str
    goal: Goal
    due: date
    published: date
    ends: Period


def of_member(
    rng: random.Random, numbers: Numbers, member: Member, signer: tuple[str, str], signer_org: str, year: int
) -> tuple[list[Item], list[Event]]:
    """What somebody promised, with its events; `signer` is who countersigns and as what."""
    items: list[Item] = []
    events: list[Event] = []
    goals = BY_POST.get(member.person.post, TEACHER)
    chosen = rng.sample(goals, min(len(goals), rng.choice((1, 2, 2, 3))))
    if not any(goal.due >= (11, 15) for goal in chosen):
        chosen.append(max(goals, key=lambda goal: goal.due))
    for goal in chosen:
        number, due = numbers.next("C", year, member.person.archive), date(year, *goal.due)
        proposed = workday(date(year, 1, 6) + timedelta(days=rng.randrange(45)))
        signed = workday(proposed + timedelta(days=rng.randrange(1, 4)))
        published = workday(signed + timedelta(days=rng.randrange(1, 6)))
        month = periods.month_of(due)
        items.append(Item(number, goal, due, published, month.next if rng.random() < 0.12 else month))
        events += _signed(rng, member, items[-1], signer, signer_org, (proposed, signed))
    return items, events


def _signed(
    rng: random.Random,
    member: Member,
    item: Item,
    signer: tuple[str, str],
    signer_org: str,
    days: tuple[date, date],
) -> Iterator[Event]:
    number = {"commitment": item.number}
    told = {
        "kind": "annual",
        "goal": item.goal.words,
        "due": item.due.isoformat(),
        "matter": item.goal.matter,
        "trigger": "",
    }
    proposed = member.entry("commitment.proposed", {**number, **told, "signer_org": signer_org})
    own = member.entry("commitment.signed", {**number, "capacity": "self"})
    yield Event(moment(rng, days[0]), member.person.id, (proposed, own))
    second = "secretary" if signer_org == member.branch.id else "superior"
    countersigned = member.entry("commitment.signed", {**number, "capacity": second}, signer[1])
    yield Event(moment(rng, days[1]), signer[0], (countersigned,))
    shown = {"channels": rng.choice(_CHANNELS), "on": item.published.isoformat(), "audience": "unit"}
    published = member.entry("commitment.published", {**number, **shown}, signer[1])
    yield Event(moment(rng, item.published), signer[0], (published,))


def of_units(
    rng: random.Random,
    numbers: Numbers,
    orgs: Mapping[str, Organisation],
    heads: Mapping[str, tuple[str, str]],
    year: int,
) -> Iterator[Event]:
    """What the branches and the unit promised, signed by their 书记 and the one above."""
    for n, (name, words, due, matter) in enumerate(OF_UNITS):
        org, above = orgs[name], orgs[name].parent or name
        number = {"commitment": numbers.next("C", year, org.archive)}
        due_on = date(year, *due).isoformat()
        told = {"kind": "annual", "goal": words, "due": due_on, "matter": matter, "trigger": ""}
        days = [workday(date(year, 1, 8) + timedelta(days=n + later)) for later in (0, 1, 3)]
        shown = {"channels": ["board", "network"], "on": days[2].isoformat(), "audience": "unit"}
        own, other = heads[name], heads[above]
        first = _of_unit(org, "proposed", {**number, **told, "signer_org": above}, own[1])
        signed = _of_unit(org, "signed", {**number, "capacity": "secretary"}, own[1])
        second = _of_unit(org, "signed", {**number, "capacity": "superior"}, other[1])
        yield Event(moment(rng, days[0], 8, 12), own[0], (first, signed))
        yield Event(moment(rng, days[1], 13, 18), other[0], (second,))
        yield Event(
            moment(rng, days[2], 18, 20), own[0], (_of_unit(org, "published", {**number, **shown}, own[1]),)
        )


def _of_unit(org: Organisation, event: str, data: Mapping[str, object], capacity: str) -> Entry:
    subject = Subject("org", org.id, org.name)
    return Entry(org.archive, f"commitment.{event}", subject, data, capacity, org.name, org.id)
