"""Plans reminders: what is due by now and was never planned becomes an owed row, one a person and day (R-320)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.decisions import Action, Decision
from bot.parts import Bot
from bot.scheduler import flood, holidays, pending, words
from domain import coverage
from domain.duties import gathering, promise, record
from domain.people import Organisation, RoleKind
from domain.profile import Profile
from domain.reminders import Occasion, Pending, plan, send_at
from storage import occasions, owed
from storage.db import Transaction
from storage.owed import Owed

STEP = 40
"""People planned in one transaction; more would keep turns waiting (house, 4)."""
EXPIRES = timedelta(days=3)
FIRST = ("R-355", "", "first")
OF_MEMBERS, OF_HEADS = (record.CODE, promise.CODE), (coverage.MEMBERS, coverage.ORGANISATIONS)
"""Whose lists go to the unit's own 书记, and whose silence to the one above (R-323)."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What planning one branch needs, read in one go."""

    org: Organisation
    pendings: tuple[Pending, ...]
    due: dict[str, tuple[Occasion, ...]]
    names: dict[str, str]
    heads: tuple[str, ...]
    above: tuple[str, ...]
    greeted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Escalation:
    """What a 书记 is told of a window that ended: `key` is its meaning."""

    head: str
    duty: str
    key: str
    text: str


def run(bot: Bot, now: datetime) -> list[Decision]:
    """Plan every branch as of a moment; safe to repeat and to run twice at once."""
    found = list(read_all(bot, now))
    keys = {one.key for branch in found for due in branch.due.values() for one in due}
    state = "held" if flood.is_unforeseen(bot, keys, now) else "waiting"
    return [decision for branch in found for decision in _plan_branch(bot, branch, now, state)]


def read_all(bot: Bot, now: datetime) -> Sequence[Branch]:
    """Every organisation with what is due; each in a reading transaction of its own."""
    with bot.database.reading() as tx:
        found = gathering.units(pending.scene(tx, bot.profile, now))
    return _merged([read(bot, org, now) for org in found])


def _merged(found: Sequence[Branch]) -> Sequence[Branch]:
    """Whoever has something due in several organisations hears it in one message (R-321)."""
    everything: dict[str, tuple[Occasion, ...]] = {}
    for branch in found:
        for who, due in branch.due.items():
            everything[who] = everything.get(who, ()) + due
    said: set[str] = set()
    merged = []
    for branch in found:
        own = {who: everything[who] for who in branch.due if who not in said}
        said |= own.keys()
        merged.append(replace(branch, due=own))
    return merged


def read(bot: Bot, org: Organisation, now: datetime) -> Branch:
    """One branch: its duties and what of them is due and new."""
    with bot.database.reading() as tx:
        at = pending.scene(tx, bot.profile, now)
        pendings = pending.of_unit(at, org)
        people = sorted({one.person for one in pendings})
        pairs = sorted({(one.duty, one.period) for one in pendings} | {FIRST[:2]})
        known = occasions.known(tx, pairs, people) if people else set()
        names = {id: person.name for id, person in at.roster.people(people).items()}
        heads, above = (_heads(at, id) for id in (org.id, org.parent))
    due = plan(pendings, known, now, holidays.calendar(bot.profile))
    greeted = frozenset(key[2] for key in known if key[0] == FIRST[0])
    return Branch(org, tuple(pendings), due, names, heads, above, greeted)


def _heads(at: pending.Scene, org: str | None) -> tuple[str, ...]:
    held = at.roster.holders(RoleKind.SECRETARY, [org], at.today) if org else ()
    return tuple(role.person for role in held)


def _plan_branch(bot: Bot, branch: Branch, now: datetime, state: str) -> list[Decision]:
    people = sorted(branch.due)
    made: list[Decision] = []
    # First, because the reminders' occasions say that this branch was planned.
    if found := list(escalations(branch)):
        bot.database.attempt(lambda tx: owed.put(tx, [_list(bot.profile, branch, one, now) for one in found]))
    for at in range(0, len(people), STEP):
        chosen = people[at : at + STEP]
        made += bot.database.attempt(lambda tx: _write(tx, bot.profile, branch, chosen, now, state))  # noqa: B023
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


def escalations(branch: Branch) -> Iterable[Escalation]:
    """The private lists of the day after: who still owes, or that nothing at all was done (R-323)."""
    ended = {(one.duty, one.period): one for one in branch.pendings if _has_ended(branch, one)}
    for main in ended.values():
        alike = [one for one in branch.pendings if (one.duty, one.period) == (main.duty, main.period)]
        late = [one for one in alike if not one.reason]
        if main.duty in OF_MEMBERS:
            yield from _lists(branch, main, late)
        elif main.duty in OF_HEADS and all(len(one.note["open"]) == one.note["total"] for one in late):
            text = words.untouched(branch.org.name, main)
            yield from (_escalation(branch, main, head, text) for head in branch.above)


def _has_ended(branch: Branch, one: Pending) -> bool:
    """Whether its step of the day after has come now; an organisation's own promise is its 书记's alone."""
    due = branch.due.get(one.person, ())
    return "@" not in one.period and any(each.pending == one and each.step.code == "after" for each in due)


def _lists(branch: Branch, main: Pending, late: Sequence[Pending]) -> Iterable[Escalation]:
    for head in branch.heads:
        names = [branch.names[one.person] for one in sorted(late, key=_person) if one.person != head]
        if names:
            yield _escalation(branch, main, head, words.escalation(branch.org.name, main, names))


def _person(one: Pending) -> str:
    return one.person


def _escalation(branch: Branch, main: Pending, head: str, text: str) -> Escalation:
    return Escalation(head, main.duty, f"list|{main.duty}|{main.period}|{branch.org.id}|{head}", text)


def _list(profile: Profile, branch: Branch, one: Escalation, now: datetime) -> Owed:
    leaves = _leaves(profile, one.head, now) + timedelta(minutes=2)
    body = {"text": one.text}
    return Owed(one.key, "text", body, now, leaves, one.head, unit=branch.org.id, deadline=now + EXPIRES)


def _leaves(profile: Profile, who: str, now: datetime) -> datetime:
    names = ("push.first_hour", "push.quiet_from", "push.quiet_to")
    return send_at(who, now, *(profile.hour(name) for name in names))


def _skipped(branch: Branch) -> list[Decision]:
    return [_left_out(one) for one in branch.pendings if one.reason]


def _left_out(one: Pending) -> Decision:
    return Decision("plan", one.person, one.duty, "", "skipped", one.reason)


def _decision(one: Occasion, action: Action, reason: str) -> Decision:
    return Decision("plan", one.pending.person, one.pending.duty, one.step.code, action, reason)
