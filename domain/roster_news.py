"""Whom an import tells of a new 书记, 副书记 or 管理员: both persons and the 书记 above (contract, Roster sheet)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dates import show
from domain.people import Organisation, Role, RoleKind
from domain.roster_people import Fate
from domain.roster_state import Record, holds

WATCHED = (RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.ADMIN)


@dataclass(frozen=True, slots=True)
class News:
    """Words owed to somebody; `key` is their meaning and is never told twice."""

    key: str
    person: str
    unit: str
    text: str


@dataclass(slots=True)
class _Handover:
    """Who left and who took one kind of post at one organisation."""

    out: list[Role]
    into: list[Role]

    @property
    def people(self) -> list[str]:
        return [role.person for role in (*self.out, *self.into)]


def of(
    fates: Sequence[Fate],
    everybody: Mapping[str, Record],
    orgs: Mapping[str, Organisation],
    fresh: Collection[str],
    today: date,
) -> dict[str, tuple[News, ...]]:
    """What is told, by the person with whose row it is written; nothing of organisations that are just imported."""
    told: dict[str, tuple[News, ...]] = {}
    for (org, kind), one in _handovers(fates, fresh).items():
        told |= {person: told.get(person, ()) for person in one.people}
        words = _words(orgs[org], kind, one, everybody)
        key = f"roster|{org}|{kind}|{_meaning(one)}"
        above = _above(orgs[org], everybody, orgs, today)
        receivers = dict.fromkeys([*one.people, *above])
        news = tuple(News(f"{key}|{person}", person, org, words) for person in receivers)
        told[one.people[-1]] += news
    return told


def _handovers(fates: Sequence[Fate], fresh: Collection[str]) -> dict[tuple[str, RoleKind], _Handover]:
    found: dict[tuple[str, RoleKind], _Handover] = {}
    for one in fates:
        over = (*one.posts.cancelled, *one.posts.ended)
        for role in (*over, *one.posts.begun):
            if role.role in WATCHED and role.org not in fresh:
                handover = found.setdefault((role.org, role.role), _Handover([], []))
                (handover.out if role in over else handover.into).append(role)
    return found


def _words(org: Organisation, kind: RoleKind, one: _Handover, everybody: Mapping[str, Record]) -> str:
    word = (one.into or one.out)[0].title or {"admin": "管理员", "deputy": "副书记"}.get(kind, "书记")
    out = [everybody[role.person].person.name for role in one.out]
    return sentence(
        org.name, word, out, [(everybody[role.person].person.name, role.start) for role in one.into]
    )


def sentence(org: str, word: str, out: Iterable[str], into: Iterable[tuple[str, date]]) -> str:
    """A change of a post in words, the same by sheet and by chat."""
    lines = [f"{name}同志不再担任" for name in out]
    lines += [f"{name}同志自{show(start)}起担任" for name, start in into]
    return f"{org}的{word}有变动：" + "，".join(lines) + "。如有不对，请告诉管理员。"


def _meaning(one: _Handover) -> str:
    out = "+".join(f"{role.person}@{role.start}" for role in one.out)
    into = "+".join(f"{role.person}@{role.start}" for role in one.into)
    return f"{out}>{into}"


def _above(
    org: Organisation, everybody: Mapping[str, Record], orgs: Mapping[str, Organisation], today: date
) -> list[str]:
    """The 书记 of the nearest organisation above that has one."""
    at = orgs.get(org.parent or "")
    while at is not None:
        heads = [id for id, record in everybody.items() if _leads(record, at.id, today)]
        if heads:
            return heads
        at = orgs.get(at.parent or "")
    return []


def _leads(record: Record, org: str, today: date) -> bool:
    chairs = (role for role in record.roles if role.role is RoleKind.SECRETARY and role.org == org)
    return any(holds(role, today) for role in chairs)
