"""Questions to the read models as the rules ask them (`domain.facts.Facts`), within one turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, union_all

from domain.attestations import Attestation
from domain.clockwork import STATES, Pile
from domain.commitments import Commitment, Goal, State
from domain.contacts import Contact
from domain.coverage_windows import Span
from domain.covered import Counted, Reviewed
from domain.duties import Window
from domain.entries import Written
from domain.leaves import Leave
from domain.people import Membership
from domain.rectifications import Rectification
from domain.rectifications import State as Stage
from domain.reports import Report
from domain.resending import LOST, Reminder
from domain.review_plans import ReviewPlan
from domain.reviews import Review
from domain.snoozes import Snooze
from domain.transfers import OPEN, Transfer
from domain.waivers import Waiver
from storage import contacts, coverage, ledger, models
from storage.codec import ZONE, moment
from storage.db import Coming, Transaction
from storage.prepared import Prepared
from storage.tables import occasion, owed, setting

_SETTING = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key_")))
_COMMITMENT = models.table(Commitment).c
_OWNED = models.Finder(Commitment, _COMMITMENT.owner == bindparam("whose_"))
_GOALS = Prepared(
    select(_COMMITMENT.number, _COMMITMENT.owner, _COMMITMENT.goal, _COMMITMENT.state)
    .where(_COMMITMENT.org == bindparam("org_"))
    .order_by(_COMMITMENT.number)
)
_BOND = models.table(Membership).c
# A row is there even where the branch has no item, so that its name comes with the answer.
_GOALS_AT_HOME = Prepared(
    select(_BOND.org, _COMMITMENT.number, _COMMITMENT.owner, _COMMITMENT.goal, _COMMITMENT.state)
    .select_from(models.table(Membership).outerjoin(models.table(Commitment), _COMMITMENT.org == _BOND.org))
    .where(
        _BOND.person == bindparam("person_"),
        _BOND.start <= bindparam("day_"),
        or_(_BOND.end.is_(None), _BOND.end >= bindparam("day_")),
    )
    .order_by(_BOND.org, _COMMITMENT.number)
)
_BELONGING = models.Finder(Commitment, _COMMITMENT.org == bindparam("whose_"))


class FactsView:
    """The ledger as one transaction sees it; what was asked once in a turn is not asked again."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[Any, ...], list[Any]] = {}
        self._goals: dict[str, list[Goal]] = {}
        self._coming: dict[tuple[Any, ...], Coming] = {}
        self._goals_coming: Coming | None = None

    def commitment(self, number: str) -> Commitment | None:
        return models.get(self._tx, Commitment, number)

    def commitments_of(self, owners: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        if len(owners) == 1:
            return self._of_one(_OWNED, next(iter(owners)), states)
        return self._commitments(_COMMITMENT.owner.in_(owners), states)

    def commitments_in(self, orgs: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        if len(orgs) == 1:
            return self._of_one(_BELONGING, next(iter(orgs)), states)
        key = ("in", *sorted(orgs), *states)
        return self._once(key, lambda: self._commitments(_COMMITMENT.org.in_(orgs), states))

    def _once(self, key: tuple[Any, ...], ask: Callable[[], list[Any]]) -> Sequence[Any]:
        if key not in self._known:
            self._known[key] = self._coming.pop(key, ask)()
        return self._known[key]

    def foresee_record(self, person: str, month: str) -> None:
        """Somebody's items and record of a month will be asked for: have both come with the next question."""
        if (_OWNED, person) not in self._known:
            self._coming[(_OWNED, person)] = _OWNED.later(self._tx, whose_=person)
        models.foresee(self._tx, Report, person, month)

    def foresee_goals(self, person: str, day: date) -> None:
        """The wordings at somebody's branch will be asked for: have them come with the next question."""
        rows = _GOALS_AT_HOME.later(self._tx.connection, person_=person, day_=day.isoformat())
        self._goals_coming = Coming(self._tx, lambda: list(rows()))

    def foresee_count(self, archive: str, kind: str, year: int) -> None:
        """The entries of a kind will be counted: have their number come with the next question."""
        self._coming[(archive, kind, year)] = ledger.counting(self._tx, archive, kind, _new_year(year))

    def _of_one(self, finder: models.Finder, whose: str, states: Collection[State]) -> Sequence[Commitment]:
        known = self._once((finder, whose), lambda: finder.run(self._tx, whose_=whose))
        return [one for one in known if not states or one.state in states]

    def commitments_to_sign(self, orgs: Collection[str]) -> Sequence[Commitment]:
        waiting = or_(_COMMITMENT.state == str(State.SIGNED), _COMMITMENT.pending.is_not(None))
        theirs = (_COMMITMENT.signer_org.in_(orgs), waiting)
        return self._once(("to sign", *sorted(orgs)), lambda: models.find(self._tx, Commitment, *theirs))

    def _commitments(self, where: Any, states: Collection[State]) -> list[Commitment]:
        chosen = [models.table(Commitment).c.state.in_([str(state) for state in states])] if states else []
        return models.find(self._tx, Commitment, where, *chosen)

    def goals_in(self, org: str) -> Sequence[Goal]:
        if self._goals_coming is not None:
            self._take_goals(self._goals_coming())
        if org not in self._goals:
            rows = list(_GOALS.run(self._tx.connection, org_=org))
            self._tx.catch_up()
            self._goals[org] = [_goal(*row) for row in rows]
        return self._goals[org]

    def _take_goals(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._goals_coming = None
        if rows:
            home = rows[0][0]
            self._goals[home] = [_goal(*goal) for org, *goal in rows if org == home and goal[0] is not None]

    def report(self, person: str, month: str) -> Report | None:
        return models.get(self._tx, Report, person, month)

    def reports(self, people: Collection[str], month: str) -> Sequence[Report]:
        c = models.table(Report).c
        return models.find(self._tx, Report, c.person.in_(people), c.month == month)

    def reports_of(self, person: str) -> Sequence[Report]:
        return models.find(self._tx, Report, models.table(Report).c.person == person)

    def waivers(self, duty: str, period: str, people: Collection[str]) -> Sequence[Waiver]:
        c = models.table(Waiver).c
        return models.find(self._tx, Waiver, c.subject.in_(people), c.duty == duty, c.period == period)

    def attestations(self, orgs: Collection[str], periods: Collection[str]) -> Sequence[Attestation]:
        c = models.table(Attestation).c
        wanted = (c.org.in_(orgs), c.period.in_(periods))
        key = ("attested", *sorted(orgs), *sorted(periods))
        return self._once(key, lambda: models.find(self._tx, Attestation, *wanted))

    def review_plan(self, org: str, round: str) -> ReviewPlan | None:
        return models.get(self._tx, ReviewPlan, org, round)

    def review(self, number: str) -> Review | None:
        return models.get(self._tx, Review, number)

    def reviews_of(self, subjects: Collection[str], since: date, until: date) -> Sequence[Review]:
        return self._reviews(models.table(Review).c.subject.in_(subjects), since, until)

    def reviews_in(self, orgs: Collection[str], since: date, until: date) -> Sequence[Review]:
        key = ("reviewed in", *sorted(orgs), since, until)
        return self._once(key, lambda: self._reviews(models.table(Review).c.org.in_(orgs), since, until))

    def members_counted(
        self, orgs: Collection[str], span: Span, day: date, common_counts: bool
    ) -> Mapping[str, Counted]:
        return coverage.members(self._tx, orgs, span, day, common_counts)

    def things_reviewed(self, orgs: Collection[str], window: Window) -> Reviewed:
        return coverage.things(self._tx, orgs, window)

    def reviews_by(self, reviewer: str, since: date, until: date) -> Sequence[Review]:
        return self._reviews(models.table(Review).c.reviewer == reviewer, since, until)

    def _reviews(self, where: Any, since: date, until: date) -> list[Review]:
        c = models.table(Review).c
        days = c.day.between(since.isoformat(), until.isoformat())
        return models.find(self._tx, Review, where, days, c.state != "voided")

    def rectification(self, number: str) -> Rectification | None:
        return models.get(self._tx, Rectification, number)

    def rectifications_of(self, owners: Collection[str]) -> Sequence[Rectification]:
        return models.find(self._tx, Rectification, models.table(Rectification).c.owner.in_(owners))

    def rectifications_in(self, orgs: Collection[str], states: Collection[Stage]) -> Sequence[Rectification]:
        c = models.table(Rectification).c
        chosen = [c.state.in_([str(state) for state in states])] if states else []
        return models.find(self._tx, Rectification, c.org.in_(orgs), *chosen)

    def replies_waiting(self) -> Sequence[Rectification]:
        replied = models.table(Rectification).c.state == str(Stage.REPLIED)
        return self._once(("replies",), lambda: models.find(self._tx, Rectification, replied))

    def leaves(self, people: Collection[str], first: date, last: date) -> Sequence[Leave]:
        c = models.table(Leave).c
        touches = (c.start <= last.isoformat(), c.end >= first.isoformat())
        return models.find(self._tx, Leave, c.person.in_(people), *touches)

    def transfer(self, person: str) -> Transfer | None:
        return models.get(self._tx, Transfer, person)

    def transfers(self, orgs: Collection[str]) -> Sequence[Transfer]:
        c = models.table(Transfer).c
        here = or_(c.origin.in_(orgs), c.target.in_(orgs))
        return models.find(self._tx, Transfer, c.state == OPEN, here)

    def count(self, archive: str, kind: str, year: int) -> int:
        coming = self._coming.pop((archive, kind, year), None)
        return coming() if coming else ledger.count(self._tx, archive, kind, _new_year(year))

    def history(self, archive: str, limit: int = 20) -> Sequence[Written]:
        return ledger.latest(self._tx, archive, limit)

    def setting(self, key: str) -> str | None:
        found: str | None = _SETTING.run(self._tx.connection, key_=key).scalar()
        return found

    def settings(self, prefix: str) -> Mapping[str, str]:
        c = setting.c
        query = select(c.key, c.value).where(c.key.startswith(prefix, autoescape=True), c.value != "")
        return {row.key: row.value for row in self._tx.connection.execute(query.order_by(c.key))}

    def contact(self, channel: str, account: str) -> Contact | None:
        return contacts.of_account(self._tx, channel, account)

    def contacts_of(self, people: Collection[str]) -> Sequence[Contact]:
        return models.find(self._tx, Contact, models.table(Contact).c.person.in_(people))

    def pushed(self, person: str, about: str) -> Mapping[str, bool]:
        own = (owed.c.person == person, owed.c.key.startswith(about, autoescape=True))
        rows = self._tx.connection.execute(select(owed.c.key, owed.c.state).where(*own))
        return {row.key: row.state == "done" for row in rows}

    def told(self, keys: Collection[str]) -> set[str]:
        return set(self._tx.connection.execute(select(owed.c.key).where(owed.c.key.in_(keys))).scalars())

    def waiting(self) -> int:
        left = select(func.count()).where(owed.c.state == "waiting", owed.c.kind == "text")
        return int(self._tx.connection.execute(left).scalar_one())

    def piles(self, units: Collection[str] | None, now: datetime, since: datetime) -> Sequence[Pile]:
        is_due, n = owed.c.not_before <= moment(now), func.count().label("n")
        open_ones = and_(owed.c.state.in_(STATES[:-1]), owed.c.kind.in_(("text", "file")))
        lately = and_(owed.c.state == "failed", owed.c.done_at >= moment(since), owed.c.kind != "fetch")
        theirs = [owed.c.unit.in_(units)] if units is not None else []
        query = select(owed.c.state, owed.c.reason, is_due.label("due"), n)
        alike = query.where(or_(open_ones, lately), *theirs).group_by("state", "reason", "due")
        rows = self._tx.connection.execute(alike.order_by(n.desc(), "reason"))
        return [Pile(row.state, row.reason, bool(row.due), row.n) for row in rows]

    def snoozes(self, people: Collection[str]) -> Sequence[Snooze]:
        return models.find(self._tx, Snooze, models.table(Snooze).c.person.in_(people))

    def reminders(self, people: Collection[str]) -> Sequence[Reminder]:
        of, how = occasion.c, (owed.c.created.label("at"), owed.c.state)
        planned = select(of.person, of.duty, of.period, *how).join(owed, owed.c.key == of.owed)
        # What was planned carries several duties in one message; what somebody had sent names its one.
        by_hand = select(owed.c.person, owed.c.duty, owed.c.period, *how).where(owed.c.step == "manual")
        both = union_all(planned.where(of.person.in_(people)), by_hand.where(owed.c.person.in_(people)))
        rows = self._tx.connection.execute(both)
        return [
            Reminder(row.person, row.duty, row.period, datetime.fromisoformat(row.at), row.state)
            for row in rows
        ]

    def losing(self, since: datetime) -> Sequence[str]:
        lost = (owed.c.state.in_(LOST), owed.c.duty != "", owed.c.created >= moment(since))
        query = select(owed.c.unit).where(*lost).group_by(owed.c.unit)
        return list(self._tx.connection.execute(query.order_by(func.count().desc(), owed.c.unit)).scalars())


_STATES = {str(state): state for state in State}


def _goal(number: str, owner: str, goal: str, state: str) -> Goal:
    return Goal(number, owner, goal, _STATES[state])


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZONE)
