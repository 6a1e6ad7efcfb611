"""Plans reminders: what is due by now and was never planned becomes an owed row, one a person and day (R-320)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.decisions import Action, Decision
from bot.parts import Bot
from bot.scheduler import flood, holidays, pending, words
from domain import coverage
from domain.duties import gathering, record
from domain.people import Organisation
from domain.profile import Profile
from domain.reminders import Occasion, Pending, plan, send_at
from storage import occasions, owed
from storage.db import Transaction
from storage.owed import Owed

STEP = 20
"""People planned in one transaction; more would keep turns waiting (house, 4)."""
EXPIRES = timedelta(days=3)
FOREMOST = (record.CODE, coverage.MEMBERS)
FIRST = ("R-355", "", "first")


@dataclass(frozen=True, slots=True)
class Branch:
    """What planning one branch needs, read in one go."""

    org: Organisation
    pendings: tuple[Pending, ...]
    due: dict[str, tuple[Occasion, ...]]
    names: dict[str, str]
    greeted: frozenset[str]


def run(bot: Bot, now: datetime) -> list[Decision]:
    """Plan every branch as of a moment; safe to repeat and to run twice at once."""
    found = list(read_all(bot, now))
    keys = {one.key for branch in found for due in branch.due.values() for one in due}
    state = "held" if flood.is_unforeseen(bot, keys, now) else "waiting"
    return [decision for branch in found for decision in _plan_branch(bot, branch, now, state)]


def read_all(bot: Bot, now: datetime, orgs: Collection[str] | None = None) -> Sequence[Branch]:
    """Every organisation, or some, with what is due; each in a reading transaction of its own."""
    with bot.database.reading() as tx:
        found = gathering.units(pending.scene(tx, bot.profile, now))
    return _merged([read(bot, org, now) for org in found if orgs is None or org.id in orgs])


def _merged(found: Sequence[Branch]) -> Sequence[Branch]:
    """Whoever has something due in several organisations hears it in one message (R-321)."""
    everything: dict[str, tuple[Occasion, ...]] = {}
    for branch in found:
        for who, due in branch.due.items():
            everything[who] = everything.get(who, ()) + due
    said: set[str] = set()
    merged = []
    for branch in found:
        own = {who: _in_order(everything[who]) for who in branch.due if who not in said}
        said |= own.keys()
        merged.append(replace(branch, due=own))
    return merged


def _in_order(due: Sequence[Occasion]) -> tuple[Occasion, ...]:
    """The month's record and the members' reviews first: they come most often and are looked for first."""
    return tuple(sorted(due, key=lambda one: (one.pending.duty not in FOREMOST, one.pending.duty)))


def read(bot: Bot, org: Organisation, now: datetime) -> Branch:
    """One branch: its duties and what of them is due and new."""
    with bot.database.reading() as tx:
        at = pending.scene(tx, bot.profile, now)
        pendings = pending.of_unit(at, org)
        people = sorted({one.person for one in pendings})
        pairs = sorted({(one.duty, one.period) for one in pendings} | {FIRST[:2]})
        known = occasions.known(tx, pairs, people) if people else set()
        names = {id: person.name for id, person in at.roster.people(people).items()}
    due = plan(pendings, known, now, holidays.calendar(bot.profile))
    greeted = frozenset(key[2] for key in known if key[0] == FIRST[0])
    return Branch(org, tuple(pendings), due, names, greeted)


def _plan_branch(bot: Bot, branch: Branch, now: datetime, state: str) -> list[Decision]:
    people = sorted(branch.due)
    made: list[Decision] = []
    for at in range(0, len(people), STEP):
        chosen = people[at : at + STEP]
        made += bot.database.attempt(lambda tx: _write(tx, bot.profile, branch, chosen, now, state))  # noqa: B023
        bot.database.give_way()
    return made + _skipped(branch)


def _write(
    tx: Transaction, profile: Profile, branch: Branch, people: Sequence[str], now: datetime, state: str
) -> list[Decision]:
    made: list[Decision] = []
    greeted = {key[2] for key in occasions.known(tx, [FIRST[:2]], people)}
    pairs = {(one.pending.duty, one.pending.period) for who in people for one in branch.due[who]}
    known = occasions.known(tx, sorted(pairs), people)
    for who in people:
        fresh = tuple(one for one in branch.due[who] if one.key not in known)
        if fresh:
            row = _row(profile, branch, who, fresh, now, is_first=who not in greeted)
            owed.put(tx, [replace(row, state=state)])
            occasions.keep(tx, _keys(fresh, who, who not in greeted), _key(who, fresh), now)
            made += [_decision(one, "held" if state == "held" else "planned", "") for one in fresh]
    return made


def _keys(fresh: Sequence[Occasion], who: str, is_first: bool) -> list[occasions.Key]:
    own = [one.key for one in fresh]
    return [*own, (*FIRST[:2], who, FIRST[2])] if is_first else own


def _key(who: str, fresh: Sequence[Occasion]) -> str:
    return "push|" + "|".join(["+".join(f"{one.key[0]} {one.key[1]} {one.key[3]}" for one in fresh), who])


def text_of(
    profile: Profile, branch: Branch, who: str, fresh: Sequence[Occasion], day: date, is_first: bool
) -> str:
    """The words of one person's reminder; somebody's first also says who is speaking (R-355)."""
    text = words.message(branch.names[who], fresh, day)
    return words.first(profile, text) if is_first else text


def _row(
    profile: Profile, branch: Branch, who: str, fresh: Sequence[Occasion], now: datetime, is_first: bool
) -> Owed:
    main = fresh[0]
    return Owed(
        key=_key(who, fresh),
        kind="text",
        body={"text": text_of(profile, branch, who, fresh, now.date(), is_first)},
        created=now,
        not_before=_leaves(profile, who, now),
        person=who,
        unit=branch.org.id,
        duty=main.pending.duty,
        step=main.step.code,
        period=main.pending.period,
        deadline=now + EXPIRES,
    )


def _leaves(profile: Profile, who: str, now: datetime) -> datetime:
    names = ("push.first_hour", "push.quiet_from", "push.quiet_to")
    return send_at(who, now, *(profile.hour(name) for name in names))


def _skipped(branch: Branch) -> list[Decision]:
    return [_left_out(one) for one in branch.pendings if one.reason]


def _left_out(one: Pending) -> Decision:
    return Decision("plan", one.person, one.duty, "", "skipped", one.reason)


def _decision(one: Occasion, action: Action, reason: str) -> Decision:
    return Decision("plan", one.pending.person, one.pending.duty, one.step.code, action, reason)
