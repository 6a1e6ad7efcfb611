"""The reviews of the sample school: each quarter by the 书记, now and then on the spot with photos."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.sample.events import Event, Member, Photo, moment, workday
from bot.sample.remarks import MEMBERS, ONSITE, SECRETARIES, UNITS
from domain.entries import Entry, Subject
from domain.people import Organisation

# Of the quarter that is running some members are still without a review.
LEFT_OVER = 0.4
Head = tuple[str, str]


def of_branch(rng: random.Random, head: Head, members: Sequence[Member], now: datetime) -> Iterator[Event]:
    """Every quarter's reviews of a branch's members by its 书记."""
    others = [member for member in members if member.person.id != head[0]]
    for start in _quarters(now.date()):
        is_running = (start.month - 1) // 3 == (now.month - 1) // 3 and start.year == now.year
        for member in others:
            day = workday(start + timedelta(days=rng.randrange(20, 75)))
            if is_running and rng.random() < LEFT_OVER:
                continue
            grade = rng.choice(("excellent", "good", "good", "good", "fair", None))
            yield _event(
                rng, member, head, day, rng.choice(MEMBERS), {"manner": "individual", "grade": grade}
            )


def _quarters(today: date) -> Iterator[date]:
    for month in (1, 4, 7, 10):
        if date(today.year, month, 1) <= today:
            yield date(today.year, month, 1)


def of_secretaries(
    rng: random.Random,
    head: Head,
    secretaries: Mapping[str, Member],
    orgs: Mapping[str, Organisation],
    now: datetime,
) -> Iterator[Event]:
    """The 总支书记's reviews of the branch secretaries, each about the office; by the name of the branch."""
    for start in _quarters(now.date()):
        for branch, member in secretaries.items():
            day = workday(start + timedelta(days=rng.randrange(25, 80)))
            more = {"manner": "individual", "grade": "good"}
            yield _event(rng, member, head, day, rng.choice(SECRETARIES), more, "secretary", orgs[branch])


def on_the_spot(
    rng: random.Random, head: Head, members: Mapping[str, Member], now: datetime
) -> Iterator[Event]:
    """Reviews by the 总支书记 where the work is done, with photos; the latest a few days ago."""
    for n, (id, place, merits, gaps, directions, scene) in enumerate(ONSITE):
        day = workday(now.date() - timedelta(days=3 + 40 * n))
        more = {"manner": "onsite", "place": place, "kind": "daily", "grade": None}
        yield _event(
            rng, members[id], head, day, (merits, gaps, directions), more, photos=(scene,) * (n % 3 + 1)
        )


def of_unit(rng: random.Random, head: Head, org: Organisation, now: datetime) -> Iterator[Event]:
    """A school leader's visits to the unit, twice a year."""
    subject = Subject("org", org.id, org.name)
    for n, month in enumerate((4, 10)):
        day = workday(date(now.year, month, 18))
        data = _data("org", UNITS[n], {"manner": "onsite", "place": "学院会议室", "grade": "good"})
        photo = Photo(f"A{rng.getrandbits(64):016x}", "meeting")
        data["attachments"] = [photo.id]
        entry = Entry(org.archive, "review.posted", subject, data, head[1], org.name, org.id)
        yield Event(moment(rng, day, 9, 17), head[0], (entry,), (photo,))


def _event(
    rng: random.Random,
    member: Member,
    head: Head,
    day: date,
    parts: tuple[str, str, str],
    more: Mapping[str, object],
    target: str = "member",
    org: Organisation | None = None,
    photos: Sequence[str] = (),
) -> Event:
    data = _data(target, parts, more)
    taken = tuple(Photo(f"A{rng.getrandbits(64):016x}", scene) for scene in photos)
    data["attachments"] = [photo.id for photo in taken]
    where = org or member.branch
    subject = Subject("person", member.person.id, member.person.name)
    entry = Entry(member.person.archive, "review.posted", subject, data, head[1], where.name, where.id)
    return Event(moment(rng, day, 9, 18), head[0], (entry,), taken)


def _data(target: str, parts: tuple[str, str, str], more: Mapping[str, object]) -> dict[str, object]:
    merits, gaps, directions = parts
    return {
        "target": target,
        "kind": "periodic",
        "selection": "named",
        "occasion": "",
        "place": "",
        "common_only": False,
        "upward": False,
        "merits": merits,
        "gaps": gaps,
        "directions": directions,
        "text": f"{merits}；不足是{gaps}；下一步{directions}",
        **more,
    }
