"""Somebody or something named in one breath with branch, post or office: 二支部的张伟, 实验师张伟, 二支部书记."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.names import Found
from bot.understanding.said import Said
from domain.people import RoleKind

_SECRETARY = re.compile(r"的?\s*(?:党?支部|总支)?书记(?![\u4e00-\u9fff]{2,3}(?:[,:\s]|同志))")
_OF = re.compile(r"(?:的|里的?|那个)?\s*")
_AND = re.compile(r"\s*(?:[、,]|和|与|还有|以及|跟)\s*")
_BESIDE = re.compile(r"[\s(,:]*")
_WINDOW = 14


@dataclass(frozen=True)
class Subject:
    """The 编号 or organisation (a list where several fit or several are named), and where the naming ends."""

    value: str | list[str]
    end: int
    is_person: bool


def at(said: Said, plain: str) -> Subject | None:
    """Whom or what some words begin with."""
    place = said.places.at(plain)
    if place is None:
        return _posted(said, plain) or _person(said, plain)
    role = _SECRETARY.match(plain, place.span[1])
    if role:
        return Subject(_holders(said, [org.id for org in place.orgs]), role.end(), is_person=True)
    start = _OF.match(plain, place.span[1]).end()  # type: ignore[union-attr]
    found = said.names.at(plain[start:])
    if found is None:
        return Subject(place.value, place.span[1], is_person=False)
    inside = _inside(said, found, {org.id for org in place.orgs})
    return Subject(inside.value, start + found.span[1], is_person=True)


def several(said: Said, plain: str) -> Subject | None:
    """Like `at`, with those joined to the first by 、 or 和 (R-132)."""
    first = at(said, plain)
    if first is None:
        return None
    values, end = _listed(first.value), first.end
    while (joint := _AND.match(plain, end)) and (more := said.names.exact(plain[joint.end() :])):
        values, end = [*values, *_listed(more.value)], joint.end() + more.span[1]
    unique = list(dict.fromkeys(values))
    return Subject(unique[0] if len(unique) == 1 else unique, end, first.is_person)


def whole(said: Said, plain: str) -> Subject | None:
    """Whom or what some words name, if they name nothing else."""
    if not said.places.at(plain.strip()):
        person = said.names.whole(plain.strip())
        return Subject(person.value, person.span[1], is_person=True) if person else None
    found = at(said, plain.strip())
    return found if found and not plain.strip()[found.end :].strip(" 的,:、") else None


def _person(said: Said, plain: str) -> Subject | None:
    found = said.names.at(plain)
    return Subject(_narrowed(said, found, plain).value, found.span[1], is_person=True) if found else None


def _posted(said: Said, plain: str) -> Subject | None:
    """实验师张伟: the post stands before the name."""
    for post in {one.post for one in said.names.near if one.post and plain.startswith(one.post)}:
        found = said.names.exact(plain[len(post) :])
        people = tuple(one for one in found.people if one.post == post) if found else ()
        if found and people:
            return Subject(Found(people, found.span).value, len(post) + found.span[1], is_person=True)
    return None


def _narrowed(said: Said, found: Found, plain: str) -> Found:
    """Of several bearers of a name the one whose post or branch is said beside it."""
    if len(found.people) == 1:
        return found
    beside = plain[_BESIDE.match(plain, found.bare_end).end() :][:_WINDOW]  # type: ignore[union-attr]
    posted = tuple(one for one in found.people if one.post and beside.startswith(one.post))
    if posted:
        return Found(posted, found.span)
    place = said.places.at(beside)
    return _inside(said, found, {org.id for org in place.orgs}) if place else found


def _inside(said: Said, found: Found, orgs: set[str]) -> Found:
    people = tuple(one for one in found.people if said.names.org_of(one) in orgs)
    return Found(people or found.people, found.span)


def _holders(said: Said, orgs: list[str]) -> str | list[str]:
    holders = said.ctx.roster.holders(RoleKind.SECRETARY, orgs, said.ctx.today)
    ids = [role.person for role in holders]
    return ids[0] if len(ids) == 1 else ids


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
