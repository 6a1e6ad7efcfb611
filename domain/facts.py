"""What a rule or a handler may ask of the ledger. It can read, and nothing else; storage satisfies it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.attestations import Attestation
from domain.clockwork import Pile
from domain.commitments import Commitment, Goal, State
from domain.contacts import Contact
from domain.coverage_windows import Span
from domain.covered import Counted, Reviewed
from domain.duties import Window
from domain.entries import Written
from domain.leaves import Leave
from domain.rectifications import Rectification
from domain.rectifications import State as Stage
from domain.reports import Report
from domain.resending import Reminder
from domain.review_plans import ReviewPlan
from domain.reviews import Review
from domain.snoozes import Snooze
from domain.transfers import Transfer
from domain.waivers import Waiver


class Facts(Protocol):
    """Questions to the read models; lists come in the order of numbers, months or days."""

    def commitment(self, number: str) -> Commitment | None: ...
    def commitments_of(self, owners: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        """Items owned by these people or organisations; all states when none is named."""

    def commitments_to_sign(self, orgs: Collection[str]) -> Sequence[Commitment]:
        """Items and changes that wait for the secretary of one of these organisations."""

    def commitments_in(self, orgs: Collection[str], states: Collection[State] = ()) -> Sequence[Commitment]:
        """Items that belong to these organisations, whoever owns them."""

    def goals_in(self, org: str) -> Sequence[Goal]:
        """The wording of every item that belongs to an organisation; far less than the items themselves."""

    def report(self, person: str, month: str) -> Report | None: ...
    def reports(self, people: Collection[str], month: str) -> Sequence[Report]: ...
    def reports_of(self, person: str) -> Sequence[Report]: ...
    def waivers(self, duty: str, period: str, people: Collection[str]) -> Sequence[Waiver]: ...
    def attestations(self, orgs: Collection[str], periods: Collection[str]) -> Sequence[Attestation]:
        """What was said to be done on paper, for these organisations and labels of windows."""

    def review_plan(self, org: str, round: str) -> ReviewPlan | None: ...
    def review(self, number: str) -> Review | None: ...
    def reviews_of(self, subjects: Collection[str], since: date, until: date) -> Sequence[Review]:
        """Reviews of these people or organisations on days from `since` to `until` inclusive, no voided ones."""

    def reviews_in(self, orgs: Collection[str], since: date, until: date) -> Sequence[Review]:
        """The same of whatever was reviewed in these organisations: themselves, their 书记, their members."""

    def members_counted(
        self, orgs: Collection[str], span: Span, day: date, common_counts: bool
    ) -> Mapping[str, Counted]:
        """By branch, how many of its members on that day were reviewed in the window, without its own 书记."""

    def things_reviewed(self, orgs: Collection[str], window: Window) -> Reviewed:
        """Which organisations and 书记 were reviewed in the window so that it counts."""

    def reviews_by(self, reviewer: str, since: date, until: date) -> Sequence[Review]: ...
    def rectification(self, number: str) -> Rectification | None: ...
    def rectifications_of(self, owners: Collection[str]) -> Sequence[Rectification]: ...
    def rectifications_in(self, orgs: Collection[str], states: Collection[Stage]) -> Sequence[Rectification]:
        """Those of reviews which counted in these organisations, in some states or (without any) in all."""

    def replies_waiting(self) -> Sequence[Rectification]:
        """Those whose reply no leader has accepted or sent back yet, of the whole school."""

    def leaves(self, people: Collection[str], first: date, last: date) -> Sequence[Leave]:
        """The leaves of these people that touch any day from `first` to `last` inclusive."""

    def transfer(self, person: str) -> Transfer | None:
        """The latest transfer of somebody, whatever became of it."""

    def transfers(self, orgs: Collection[str]) -> Sequence[Transfer]:
        """The open transfers out of or into these organisations."""

    def count(self, archive: str, kind: str, year: int) -> int:
        """How many entries of a kind an archive has from the beginning of that year on; for running numbers."""

    def history(self, archive: str, limit: int = 20) -> Sequence[Written]:
        """The latest entries of an archive, newest first; erased ones are left out."""

    def setting(self, key: str) -> str | None:
        """A word kept for the whole installation, such as the hold of all pushes."""

    def settings(self, prefix: str) -> Mapping[str, str]:
        """All such words that are not empty and whose key begins like this, in the order of keys."""

    def contact(self, channel: str, account: str) -> Contact | None:
        """Whom an account of a road speaks for."""

    def contacts_of(self, people: Collection[str]) -> Sequence[Contact]: ...
    def told(self, keys: Collection[str]) -> set[str]:
        """Those of these messages (`Tell.key`) which were owed already, sent or not."""

    def pushed(self, person: str, about: str) -> Mapping[str, bool]:
        """The messages owed to somebody whose `Tell.key` begins like this, and whether each has reached him."""

    def waiting(self) -> int:
        """How many messages to people have not left yet."""

    def piles(self, units: Collection[str] | None, now: datetime, since: datetime) -> Sequence[Pile]:
        """What has not arrived, by state and reason, the most first; failed ones from `since` on.

        Of everybody, or of the reminders that arise in these organisations.
        """

    def snoozes(self, people: Collection[str]) -> Sequence[Snooze]: ...
    def reminders(self, people: Collection[str]) -> Sequence[Reminder]:
        """Every reminder of a duty that was ever owed to these people, planned or by somebody's word."""

    def losing(self, since: datetime) -> Sequence[str]:
        """The organisations in which reminders since then did not arrive, the most first."""
