"""The roster as it stands before an import: everybody with their bonds, and what the last import said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.contacts import folded
from domain.people import Link, Membership, Organisation, Person, Role

Said = Mapping[str, Any]
PERSONAL = ("gender", "ethnicity", "birth", "joined_party", "education")


@dataclass(frozen=True, slots=True)
class Record:
    """One person with all bonds, past ones too. `personal` holds PERSONAL; `said` is None if never imported."""

    person: Person
    personal: Mapping[str, str] = field(default_factory=dict)
    said: Said | None = None
    bonds: Sequence[Membership] = ()
    roles: Sequence[Role] = ()
    links: Sequence[Link] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation and what the last import said of it."""

    org: Organisation
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The whole roster by 编号 and by organisation id."""

    people: Mapping[str, Record] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)

    def ids(self) -> dict[str, str]:
        """Every 编号 by its folded form: S2024015 and s2024015 are one."""
        return {folded(id): id for id in self.people}

    def accounts(self) -> dict[str, str]:
        """Who has an account, by its folded form."""
        return {folded(one.account): id for id, one in self.people.items() if one.account}


def holds(bond: Membership | Role | Link, day: date) -> bool:
    """Whether a bond lasts on that day or begins later."""
    return bond.end is None or bond.end >= day


def home(bonds: Sequence[Membership], day: date) -> str:
    """The organisation somebody belongs to on that day, or will belong to; empty for none."""
    lasting = [bond for bond in bonds if holds(bond, day)]
    return max(lasting, key=lambda bond: bond.start).org if lasting else ""


def settled(new: Any, said: Said | None, key: str, now: Any) -> Any:
    """What a cell makes of the present value: a word that differs from the last import's wins, the same leaves it.

    In a row that was never imported an empty cell says nothing.
    """
    if said is None or key not in said:
        return new or now
    return new if new != said[key] else now


def settled_set(new: frozenset[Any], said: frozenset[Any] | None, now: frozenset[Any]) -> frozenset[Any]:
    """The same for a cell with several words, each for itself."""
    if said is None:
        return new or now
    return (now - (said - new)) | (new - said)
