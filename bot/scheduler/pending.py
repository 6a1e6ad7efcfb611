"""Which duties of a branch's people are open at a moment: the monthly 写实 (K-05) and the quarterly 点评 (K-08).

A branch costs the same few statements however many people belong to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import coverage, monthly
from domain.commitments import Commitment
from domain.people import WITH_MEMBERS, Organisation, Person, RoleKind
from domain.periods import Period
from domain.profile import Profile
from domain.reminders import Pending
from domain.snoozes import Snooze
from storage import models
from storage.db import Transaction
from storage.facts import FactsView
from storage.roster import RosterView

FRAIL = "年老体弱"
"""R-148: no deadline presses on these members; their secretary enters for them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one transaction knows of a moment."""

    tx: Transaction
    roster: RosterView
    facts: FactsView
    profile: Profile
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()


def scene(tx: Transaction, profile: Profile, now: datetime) -> Scene:
    """The views for planning at a moment."""
    return Scene(tx, RosterView(tx), FactsView(tx), profile, now)


def branches(at: Scene) -> list[Organisation]:
    """Every organisation that has members."""
    return [org for org in at.roster.orgs() if org.kind in WITH_MEMBERS]


def of_branch(at: Scene, branch: Organisation) -> list[Pending]:
    """Every duty of K-05 and K-08 that the people of a branch have, open or with the reason why not."""
    members = _members(at, branch, at.today)
    found = [*_reports(at, branch, _of_month(at, branch, members)), *_reviews(at, branch, members)]
    people = {one.person for one in found}
    reachable = at.roster.has_account(people) if people else set()
    return _snoozed(at, [_reachable(one, reachable) for one in found])


def of_person(at: Scene, branch: Organisation, person: str, duties: Collection[str]) -> list[Pending]:
    """The same for one person and some duties, which costs less when a single message is about to leave."""
    members = _members(at, branch, at.today)
    found: list[Pending] = []
    if monthly.DUTY in duties:
        own = [one for one in _of_month(at, branch, members) if one.id == person]
        found += _reports(at, branch, own)
    found += _reviews(at, branch, members) if coverage.MEMBERS in duties else []
    return _snoozed(at, [one for one in found if one.person == person])


def _members(at: Scene, branch: Organisation, day: date) -> list[Person]:
    return [person for person, _ in at.roster.members([branch.id], day) if person.is_member]


def _of_month(at: Scene, branch: Organisation, members: list[Person]) -> list[Person]:
    """Whose 写实 of the month that is due belongs to the branch: its members of the month's last day (S-15)."""
    last = monthly.due_month(at.now, at.profile).end
    return members if last >= at.today else _members(at, branch, last)


def _reachable(pending: Pending, reachable: Collection[str]) -> Pending:
    if pending.reason or pending.person in reachable:
        return pending
    return replace(pending, reason="没有绑定企业微信")


def _snoozed(at: Scene, pendings: Sequence[Pending]) -> list[Pending]:
    c = models.table(Snooze).c
    people = sorted({one.person for one in pendings if not one.reason})
    snoozes = models.find(at.tx, Snooze, c.person.in_(people)) if people else []
    until = {(one.person, one.duty, one.period): one.until for one in snoozes}
    return [replace(one, snoozed_until=until.get((one.person, one.duty, one.period))) for one in pendings]


def _reports(at: Scene, branch: Organisation, members: Sequence[Person]) -> list[Pending]:
    month = monthly.due_month(at.now, at.profile)
    window, ids = monthly.window(month, at.profile), [person.id for person in members]
    items: dict[str, list[Commitment]] = {}
    for item in at.facts.commitments_of(ids) if ids else ():
        items.setdefault(item.owner, []).append(item)
    reported = {report.person for report in at.facts.reports(ids, month.label)} if ids else set()
    waived = {one.subject for one in at.facts.waivers(monthly.DUTY, month.label, ids)} if ids else set()
    starts = coverage.starts_on(at.roster, branch.id)
    away = {one.person for one in at.facts.leaves(ids, at.today, at.today)} if ids else set()
    made = []
    for person in members:
        live = monthly.live_items(items.get(person.id, ()), month, at.profile)
        reason = _why_no_report(person, branch, month, starts, at.profile, live, reported, waived, away)
        note = {"goals": [[item.goal, item.due.isoformat()] for item in live]}
        made.append(
            Pending(
                monthly.DUTY, person.id, month.label, branch.id, window.opens, window.due, reason, None, note
            )
        )
    return made


def _why_no_report(
    person: Person,
    branch: Organisation,
    month: Period,
    starts: date | None,
    profile: Profile,
    live: Sequence[Commitment],
    reported: Collection[str],
    waived: Collection[str],
    away: Collection[str],
) -> str:
    reasons = (
        (not monthly.has_begun(month, profile, starts), "所在组织那时还没有启用"),
        (branch.opened_on is None, "书记还没有回复“开始”"),
        (person.id in reported, "已交"),
        (person.id in waived, "已免"),
        (person.id in away, "请假"),
        (person.status == "长期请假", "长期请假"),
        (FRAIL in person.categories, "年老体弱，不催"),
        (not live, "没有公开的承诺"),
    )
    return next((words for holds, words in reasons if holds), "")


def _reviews(at: Scene, branch: Organisation, members: Sequence[Person]) -> list[Pending]:
    """The duty of those who must review this branch's members, one for each reviewer."""
    window = coverage.member_window(at.profile, at.today)
    if window is None or not members:
        return []
    people = {person.id: person for person in members}
    made = []
    for reviewer in _reviewers(at, branch):
        duties = [
            one
            for one in coverage.duties_of(at.roster, at.profile, reviewer, at.today)
            if one.code == coverage.MEMBERS and one.target.org == branch.id
        ]
        if not duties:
            continue
        ids = [one.target.subject for one in duties]
        done = at.facts.reviews_of(ids, window.start, window.end)
        waived = {one.subject for one in at.facts.waivers(coverage.MEMBERS, window.label, ids)}
        left = [one.target.subject for one in coverage.still_owed(duties, done, waived)]
        made.append(_review_pending(branch, reviewer, window, len(duties), left, people))
    return made


def _reviewers(at: Scene, branch: Organisation) -> list[Person]:
    held = at.roster.holders(RoleKind.SECRETARY, [branch.id], at.today)
    if not held and branch.parent:
        held = at.roster.holders(RoleKind.SECRETARY, [branch.parent], at.today)
    # Whoever acts for the 书记 has the pen meanwhile, so it is he who is reminded.
    acting = [role for role in held if role.acting]
    found = (at.roster.person(role.person) for role in acting or held)
    return [person for person in found if person is not None]


def _review_pending(
    branch: Organisation,
    reviewer: Person,
    window: Period,
    total: int,
    left: Sequence[str],
    people: Mapping[str, Person],
) -> Pending:
    closed = "书记还没有回复“开始”" if branch.opened_on is None else ""
    reason = closed or ("" if left else "已全部点评")
    names = [people[one].name for one in left if one in people]
    note = {"branch": branch.name, "total": total, "left": names}
    return Pending(
        coverage.MEMBERS, reviewer.id, window.label, branch.id, window.start, window.end, reason, None, note
    )
