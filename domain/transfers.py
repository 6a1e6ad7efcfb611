"""转出: a transfer between branches, proposed by the old 书记 and done only once the new one accepts (R-231, S-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain import commitment_entries, signing
from domain.commitments import Commitment, State
from domain.entries import Entry, Subject, Written
from domain.people import Organisation, Person, Roster

OPEN, ACCEPTED, REFUSED, CANCELLED = "open", "accepted", "refused", "cancelled"
FOLLOWING = (State.SIGNED, State.RETURNED, State.FIXED, State.PUBLISHED, State.DECLARED)
"""The items that are still something to be done, so that they go with their owner."""
UNDECIDED = (State.PUBLISHED,)
"""The items of which the member says after a transfer whether they go on."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """The latest transfer of a person. `on` is the first day in the new branch, `note` the old one's 转出小结.

    `settled` are the commitments of which the member has said what becomes of them.
    """

    person: str
    name: str
    origin: str
    target: str
    on: date
    reason: str = ""
    note: str = ""
    by: str = ""
    state: str = OPEN
    answer: str = ""
    settled: tuple[str, ...] = ()


def fold(state: Transfer | None, written: Written) -> Transfer | None:
    """The transfer after one more entry; a new proposal takes the place of whatever was before."""
    data, event = written.data, written.kind.partition(".")[2]
    if event == "proposed":
        return Transfer(
            written.entry.subject.id,
            written.entry.subject.name,
            data["from"],
            data["to"],
            date.fromisoformat(data["on"]),
            data.get("reason", ""),
            data.get("note", ""),
            written.stamp.actor,
        )
    if state is None:
        return None
    if event == "settled":
        return replace(state, settled=(*state.settled, data["commitment"]))
    if event == "unsettled":
        return replace(state, settled=tuple(one for one in state.settled if one != data["commitment"]))
    # 撤回 of an acceptance opens it again; every other event closes it.
    return replace(state, state=OPEN if event == "reopened" else event, answer=data.get("reason", ""))


def proposed(
    person: Person,
    origin: Organisation,
    target: Organisation,
    on: date,
    reason: str,
    note: str,
    capacity: str,
) -> Entry:
    """The old branch's wish, with its 转出小结; nothing changes yet."""
    data = {"from": origin.id, "to": target.id, "on": on.isoformat(), "reason": reason, "note": note}
    return _entry(person, "proposed", origin, capacity, **data)


def answered(person: Person, event: str, org: Organisation, capacity: str, reason: str = "") -> Entry:
    """`accepted`, `refused`, `cancelled` or `reopened`."""
    return _entry(person, event, org, capacity, **({"reason": reason} if reason else {}))


def settled(person: Person, org: Organisation, number: str, choice: str) -> Entry:
    """The member said what becomes of one item: kept, changed or ended."""
    return _entry(person, "settled", org, "self", commitment=number, choice=choice)


def unsettled(person: Person, org: Organisation, number: str) -> Entry:
    """What was said of one item is taken back."""
    return _entry(person, "unsettled", org, "self", commitment=number)


def _entry(person: Person, event: str, org: Organisation, capacity: str, **data: str) -> Entry:
    subject = Subject("person", person.id, person.name)
    return Entry(person.archive, f"transfer.{event}", subject, data, capacity, org.name, org.id)


def following(
    roster: Roster, person: Person, items: Iterable[Commitment], org: Organisation, day: date, capacity: str
) -> tuple[Entry, ...]:
    """Unfinished items into the custody of the branch their owner belongs to (R-230); their words stay."""
    signer = signing.signer_org_of_member(roster, person, org, day)
    moved = (replace(one, org=org.id) for one in items if one.org != org.id and one.state in FOLLOWING)
    return tuple(
        commitment_entries.of(one, "moved", {"signer_org": signer}, capacity, org.name) for one in moved
    )


def undecided(transfer: Transfer | None, items: Iterable[Commitment]) -> list[Commitment]:
    """The items of which a transferred member has not said yet what becomes of them (R-077, S-15)."""
    if transfer is None or transfer.state != ACCEPTED:
        return []
    return [
        one
        for one in items
        if one.state in UNDECIDED
        and one.pending is None
        and one.number not in transfer.settled
        and one.published_on is not None
        and one.published_on < transfer.on
    ]
