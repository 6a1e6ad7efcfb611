"""A sight of many organisations which reads for all of them at once what it is asked of one.

So whatever computes the duties of one organisation costs the same few statements for four and for four hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from domain.attestations import Attestation
from domain.commitments import Commitment, State
from domain.duties.sight import Sight
from domain.facts import Facts
from domain.leaves import Leave
from domain.organisations import path
from domain.people import Organisation, Person, Role, RoleKind, Roster
from domain.profile import Profile
from domain.rectifications import Rectification
from domain.rectifications import State as Stage
from domain.reports import Report
from domain.reviews import Review
from domain.snoozes import Snooze
from domain.waivers import Waiver

MOST_VALUES = 5000
Found = TypeVar("Found")


@dataclass(frozen=True)
class Ahead:
    """The same moment of the same school, read ahead."""

    roster: Roster
    facts: Facts
    profile: Profile
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()


def ahead(at: Sight, units: Sequence[Organisation]) -> Ahead:
    """A sight for asking about each of these organisations in turn."""
    roster = RosterAhead(at.roster, [unit.id for unit in units])
    facts = FactsAhead(at.facts, roster)
    # What they do not know themselves they hand on, so they are whole without naming everything.
    return Ahead(cast(Roster, roster), cast(Facts, facts), at.profile, at.now)


class Batch(Generic[Found]):
    """Answers about some ids, each asked for once and together with all that will be asked for next."""

    def __init__(self, ask: Callable[[Sequence[str]], Iterable[Found]], key: Callable[[Found], str]) -> None:
        self._ask, self._key = ask, key
        self._known: set[str] = set()
        self._found: dict[str, list[Found]] = {}

    def of(self, wanted: Collection[str], others: Callable[[], Collection[str]]) -> list[Found]:
        """Everything about the wanted ids; if any is new, the others are read with it."""
        if not self._known.issuperset(wanted):
            self._read(sorted({*wanted, *others()} - self._known))
        return [one for id in wanted for one in self._found.get(id, ())]

    @property
    def everything(self) -> list[Found]:
        """All that was read so far."""
        return [one for found in self._found.values() for one in found]

    def _read(self, ids: Sequence[str]) -> None:
        self._known.update(ids)
        for at in range(0, len(ids), MOST_VALUES):
            for one in self._ask(ids[at : at + MOST_VALUES]):
                self._found.setdefault(self._key(one), []).append(one)


class RosterAhead:
    """Who belongs to and leads the organisations; the tree is read once."""

    def __init__(self, roster: Roster, units: Sequence[str]) -> None:
        self._roster, self.units = roster, units
        self._tree = {org.id: org for org in roster.orgs()}
        self._members: dict[date, Batch[tuple[Person, str]]] = {}
        self._holders: dict[tuple[RoleKind, date], Batch[Role]] = {}
        self._posts: dict[date, dict[str, list[Role]]] = {}
        self._people: dict[str, Person | None] = {}
        self._reachable = Batch(roster.has_account, str)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._roster, name)

    def everybody(self) -> list[str]:
        """Whoever belonged to the organisations on a day that was asked for, and the organisations themselves."""
        people = {one.id for batch in self._members.values() for one, _ in batch.everything}
        return [*people, *self.units]

    def org(self, id: str) -> Organisation | None:
        return self._tree.get(id)

    def orgs(self) -> Sequence[Organisation]:
        return list(self._tree.values())

    def children(self, orgs: Collection[str]) -> Sequence[Organisation]:
        return [one for one in self._tree.values() if one.parent in orgs]

    def path(self, org: str) -> Sequence[Organisation]:
        return path(self._tree, org)

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        if day not in self._members:
            self._members[day] = Batch(lambda ids: self._roster.members(ids, day), lambda one: one[1])
        return self._members[day].of(orgs, lambda: self.units)

    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]:
        if (role, day) not in self._holders:
            self._holders[role, day] = Batch(
                lambda ids: self._roster.holders(role, ids, day), lambda one: one.org
            )
        return self._holders[role, day].of(orgs, lambda: self._tree)

    def roles_of(self, person: str, day: date) -> Sequence[Role]:
        if day not in self._posts:
            self._posts[day] = posts = dict[str, list[Role]]()
            for role in (one for kind in RoleKind for one in self.holders(kind, self._tree, day)):
                posts.setdefault(role.person, []).append(role)
        return self._posts[day].get(person, ())

    def has_account(self, ids: Collection[str]) -> set[str]:
        return set(self._reachable.of(ids, self.everybody))

    def person(self, id: str) -> Person | None:
        if id not in self._people:
            held = {role.person for batch in self._holders.values() for role in batch.everything}
            found = self._roster.people(sorted(new := {id, *held} - self._people.keys()))
            self._people |= {one: found.get(one) for one in new}
        return self._people[id]


class FactsAhead:
    """What the ledger says of all of them."""

    def __init__(self, facts: Facts, roster: RosterAhead) -> None:
        self._facts, self._roster = facts, roster
        self._batches: dict[tuple[Any, ...], Batch[Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._facts, name)

    def commitments_of(self, owners: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        found: list[Commitment] = self._people("owned", self._facts.commitments_of, "owner", owners)
        return [one for one in found if not states or one.state in states]

    def commitments_in(self, orgs: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        found: list[Commitment] = self._orgs(
            ("in", *states), lambda ids: self._facts.commitments_in(ids, states), "org", orgs
        )
        return found

    def commitments_to_sign(self, orgs: Collection[str]) -> Sequence[Commitment]:
        found: list[Commitment] = self._orgs(
            ("to sign",), self._facts.commitments_to_sign, "signer_org", orgs
        )
        return found

    def reports(self, people: Collection[str], month: str) -> Sequence[Report]:
        found: list[Report] = self._people(
            ("reports", month), lambda ids: self._facts.reports(ids, month), "person", people
        )
        return found

    def waivers(self, duty: str, period: str, people: Collection[str]) -> Sequence[Waiver]:
        found: list[Waiver] = self._people(
            ("waived", duty, period), lambda ids: self._facts.waivers(duty, period, ids), "subject", people
        )
        return found

    def reviews_of(self, subjects: Collection[str], since: date, until: date) -> Sequence[Review]:
        found: list[Review] = self._people(
            ("reviews", since, until),
            lambda ids: self._facts.reviews_of(ids, since, until),
            "subject",
            subjects,
        )
        return found

    def rectifications_in(self, orgs: Collection[str], states: Collection[Stage]) -> Sequence[Rectification]:
        found: list[Rectification] = self._orgs(
            ("demanded in", *states), lambda ids: self._facts.rectifications_in(ids, states), "org", orgs
        )
        return found

    def reviews_in(self, orgs: Collection[str], since: date, until: date) -> Sequence[Review]:
        found: list[Review] = self._orgs(
            ("reviewed in", since, until), lambda ids: self._facts.reviews_in(ids, since, until), "org", orgs
        )
        return found

    def attestations(self, orgs: Collection[str], periods: Collection[str]) -> Sequence[Attestation]:
        found: list[Attestation] = self._orgs(
            ("attested", *sorted(periods)), lambda ids: self._facts.attestations(ids, periods), "org", orgs
        )
        return found

    def leaves(self, people: Collection[str], first: date, last: date) -> Sequence[Leave]:
        found: list[Leave] = self._people(
            ("leaves", first, last), lambda ids: self._facts.leaves(ids, first, last), "person", people
        )
        return found

    def snoozes(self, people: Collection[str]) -> Sequence[Snooze]:
        found: list[Snooze] = self._people(("snoozed",), self._facts.snoozes, "person", people)
        return found

    def _people(self, what: Any, ask: Any, key: str, ids: Collection[str]) -> list[Any]:
        return self._batch(what, ask, key).of(ids, self._roster.everybody)

    def _orgs(self, what: Any, ask: Any, key: str, ids: Collection[str]) -> list[Any]:
        return self._batch(what, ask, key).of(ids, lambda: self._roster.units)

    def _batch(self, what: Any, ask: Any, key: str) -> Batch[Any]:
        if what not in self._batches:
            self._batches[what] = Batch(ask, lambda one: str(getattr(one, key)))
        return self._batches[what]
