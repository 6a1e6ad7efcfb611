"""Whom or what a judgement is about, and where that stands in the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding import cues, subjects
from bot.understanding.names import Found
from bot.understanding.places import Place
from bot.understanding.said import Said

_HEAD = 16
_AT = ("到", "在", "去", "来")
_INSIDE = ("的", "看", "里")


@dataclass(frozen=True)
class Judged:
    """A 编号 or organisation (a list where several fit or several are named), and where the naming stands."""

    value: str | list[str]
    start: int
    end: int


def judged(said: Said) -> Judged | None:
    """The person or the organisation of the reach that a leader's sentence is about."""
    person = _person(said)
    place = _place(said)
    if place and place.span[0] <= _HEAD and (person is None or place.span[0] < person.span[0]):
        visited = said.plain[max(0, place.span[0] - 1) : place.span[0]] in _AT
        found = None if visited and person else subjects.several(said, said.plain[place.span[0] :])
        inside = said.plain.startswith(_INSIDE, place.span[1])
        if found and (person is None or found.is_person or not inside):
            return Judged(found.value, place.span[0], place.span[0] + found.end)
    return _people(said, person) if person else None


def _people(said: Said, person: Found) -> Judged:
    words = said.plain[person.span[0] :]
    listed = subjects.several(said, words) if said.names.exact(words) else None
    if listed:
        return Judged(listed.value, person.span[0], person.span[0] + listed.end)
    return Judged(person.value, *person.span)


def _place(said: Said) -> Place | None:
    """The first organisation within reach; where one is merely visited and another is named, that one."""
    if not said.names.leads or said.place is None:
        return None
    own = {org.id for org in said.names.reach}
    first, end = said.place, said.place.span[1]
    if said.plain[max(0, first.span[0] - 1) : first.span[0]] in _AT:
        later = said.places.within(said.plain[end : end + _HEAD])
        first = Place(later.orgs, (later.span[0] + end, later.span[1] + end)) if later else first
    return first if all(org.id in own for org in first.orgs) else None


def _person(said: Said) -> Found | None:
    """The one behind 点评, else the first who is not merely helped by somebody."""
    others = [one for one in said.people if any(each.id != said.ctx.actor.id for each in one.people)]
    named = [one for one in others if cues.REVIEW.search(said.plain[max(0, one.span[0] - 6) : one.span[0]])]
    acting = [
        one for one in others if not cues.TOWARDS.search(said.plain[max(0, one.span[0] - 2) : one.span[0]])
    ]
    return next(iter((*named, *acting, *others)), None)
