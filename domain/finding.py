"""What roster and ledger say to a question about others: the same few statements for a branch of 5 and of 500."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from domain import standing
from domain.asked import Question, round_in
from domain.duties import Member, Window
from domain.duties.sight import Sight
from domain.organisations import path, start_of
from domain.people import WITH_MEMBERS, Organisation, Role, RoleKind
from domain.periods import Period
from domain.permissions import Target, is_head
from domain.reviews import Review
from domain.standing import (
    OF_ITEMS,
    ORG_PROMISE,
    ORGANISATIONS,
    PROMISE,
    RECTIFICATION,
    REPORT,
    REVIEW,
    ROUND,
    Object,
    Standing,
)

# Databases take only so many values in one statement; a branch never comes near it.
MOST_VALUES = 5000
Found = TypeVar("Found")
Starts = Mapping[str, date | None]
Answer = list[tuple[Period, Standing]]


def found(at: Sight, asked: Question) -> Answer:
    """How it stands in each window of the question."""
    return _ASK[asked.duty](at, asked) if asked.windows else []


def _starts(at: Sight, orgs: Sequence[Organisation]) -> Starts:
    """Each one's 启用日期; for several the tree is read once instead of path by path."""
    if len(orgs) == 1:
        return {orgs[0].id: start_of(at.roster.path(orgs[0].id))}
    tree = {org.id: org for org in at.roster.orgs()}
    return {org.id: start_of(path(tree, org.id)) for org in orgs}


def _day(at: Sight, asked: Question) -> date:
    return min(at.today, asked.period.end)


def _members(at: Sight, asked: Question) -> list[Member]:
    orgs, day = [org for org in asked.orgs if org.kind in WITH_MEMBERS], _day(at, asked)
    belonging = at.roster.members([org.id for org in orgs], day) if orgs else ()
    heads = {(role.person, role.org) for role in _heads(at, orgs, day)} if asked.duty in _BY_HEADS else set()
    order = {org.id: n for n, org in enumerate(orgs)}
    kept = [Member(one, org) for one, org in belonging if one.is_member and (one.id, org) not in heads]
    return sorted(kept, key=lambda one: (order[one.org], one.person.id))


_BY_HEADS = (REVIEW, ROUND)
"""Nobody reviews himself, so a branch's list goes without its own 书记 (R-038)."""


def _heads(at: Sight, orgs: Sequence[Organisation], day: date) -> list[Role]:
    held = at.roster.holders(RoleKind.SECRETARY, [org.id for org in orgs], day) if orgs else ()
    return [role for role in held if is_head(at.roster, role, day)]


def _reports(at: Sight, asked: Question) -> Answer:
    members, starts = _members(at, asked), _starts(at, asked.orgs)
    items = _bulk(at.facts.commitments_of, _ids(members))
    return [
        (
            month,
            standing.reports(
                members,
                month,
                at.profile,
                items,
                _bulk(lambda ids: at.facts.reports(ids, month.label), _ids(members)),  # noqa: B023
                _waived(at, REPORT, month, members),
                starts,
            ),
        )
        for month in asked.windows
    ]


def _reviews(at: Sight, asked: Question) -> Answer:
    (window,), members = asked.windows, _members(at, asked)
    given = _given(at, _ids(members), Window(window.label, window.start, window.end))
    waived, counts = _waived(at, REVIEW, window, members), at.profile.flag("review.common_only_counts")
    return [(window, standing.reviews(members, window, given, waived, _starts(at, asked.orgs), counts))]


def _promises(at: Sight, asked: Question) -> Answer:
    (year,), members = asked.windows, _members(at, asked)
    items = _bulk(at.facts.commitments_of, _ids(members))
    waived = _waived(at, PROMISE, year, members)
    return [(year, standing.promises(members, year, at.profile, items, waived, _starts(at, asked.orgs)))]


def _org_promises(at: Sight, asked: Question) -> Answer:
    (year,) = asked.windows
    items = _bulk(at.facts.commitments_of, [org.id for org in asked.orgs])
    return [(year, standing.org_promises(asked.orgs, year, at.profile, items, _starts(at, asked.orgs)))]


def _organisations(at: Sight, asked: Question) -> Answer:
    (half,) = asked.windows
    window = Window(half.label, half.start, half.end)
    return [(half, _of_targets(at, asked, _above(at, asked), window))]


def _round(at: Sight, asked: Question) -> Answer:
    (year,), window = asked.windows, round_in(at, asked.windows[0])
    if window is None:
        return []
    members = {
        Target("member", one.person.id, one.org): standing.of_member(one) for one in _members(at, asked)
    }
    return [(year, _of_targets(at, asked, {**_above(at, asked), **members}, window))]


def _above(at: Sight, asked: Question) -> dict[Target, Object]:
    """The organisations and those who lead them, without the asker's own: he is reviewed from above (R-038)."""
    heads = _heads(at, asked.orgs, _day(at, asked))
    people = at.roster.people([role.person for role in heads]) if heads else {}
    own = {role.org for role in heads if role.person == asked.asker}
    objects = dict[Target, Object]()
    for org in asked.orgs:
        if org.id not in own:
            objects[Target("org", org.id, org.id)] = Object(org.id, org.name, org.id)
            for role in (one for one in heads if one.org == org.id and one.person in people):
                who = people[role.person]
                objects[Target("secretary", who.id, org.id)] = Object(
                    f"{who.id}@{org.id}", f"{org.name}书记{who.name}", org.id, who
                )
    return objects


def _of_targets(at: Sight, asked: Question, objects: Mapping[Target, Object], window: Window) -> Standing:
    given = _given(at, sorted({one.subject for one in objects}), window)
    return standing.targets(asked.duty, objects, window, given, _starts(at, asked.orgs))


def _given(at: Sight, subjects: Sequence[str], window: Window) -> list[Review]:
    return _bulk(lambda ids: at.facts.reviews_of(ids, window.opens, window.due), subjects)


def _items(at: Sight, asked: Question) -> Answer:
    (year,) = asked.windows
    made = at.facts.commitments_in([org.id for org in asked.orgs]) if asked.orgs else ()
    waiting = {one.id for one in standing.items(asked.duty, made, year, {}).missing}
    owners = {item.owner for item in made if item.number in waiting}
    people = at.roster.people(sorted(owners)) if owners else {}
    return [(year, standing.items(asked.duty, made, year, people))]


def _demands(at: Sight, asked: Question) -> Answer:
    (year,) = asked.windows
    made = _bulk(lambda ids: at.facts.rectifications_in(ids, ()), [org.id for org in asked.orgs])
    people = at.roster.people(sorted({one.owner for one in made if not one.is_of_org})) if made else {}
    return [(year, standing.demands(made, year, people))]


def _waived(at: Sight, duty: str, window: Period, members: Sequence[Member]) -> set[str]:
    given = _bulk(lambda ids: at.facts.waivers(duty, window.label, ids), _ids(members))
    return {one.subject for one in given}


def _ids(members: Sequence[Member]) -> list[str]:
    return [one.person.id for one in members]


def _bulk(ask: Callable[[Sequence[str]], Sequence[Found]], ids: Sequence[str]) -> list[Found]:
    parts = (ids[at : at + MOST_VALUES] for at in range(0, len(ids), MOST_VALUES))
    return [one for some in parts for one in ask(some)]


_ASK: dict[str, Callable[[Sight, Question], Answer]] = {
    REPORT: _reports,
    REVIEW: _reviews,
    PROMISE: _promises,
    ORG_PROMISE: _org_promises,
    ORGANISATIONS: _organisations,
    ROUND: _round,
    RECTIFICATION: _demands,
    **dict.fromkeys(OF_ITEMS, _items),
}
