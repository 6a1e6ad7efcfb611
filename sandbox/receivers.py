"""Who a message/send reaches: accounts, parties and tags, split into valid and invalid (wecom §8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.call import Call, words
from sandbox.errors import ApiError
from sandbox.world import ACTIVE

MOST_USERS, MOST_PARTIES, MOST_TAGS = 1000, 100, 100


@dataclass(frozen=True)
class Receivers:
    """Case-folded accounts that get the message, and what was refused, joined as WeCom joins it."""

    users: list[str]
    invalid_users: list[str]
    invalid_parties: list[str]
    invalid_tags: list[str]

    def refused(self) -> dict[str, str]:
        """The fields of the answer that name who was not reached."""
        lists = {
            "invaliduser": self.invalid_users,
            "invalidparty": self.invalid_parties,
            "invalidtag": self.invalid_tags,
        }
        return {name: "|".join(ids) for name, ids in lists.items() if ids}


def receivers_of(call: Call, body: dict[str, Any]) -> Receivers:
    """Everybody addressed; raises 82001, 40032, 82002, 82003 or 81013."""
    users, parties, tags = (_ids(words(body, name)) for name in ("touser", "toparty", "totag"))
    _check_counts(users, parties, tags)
    found = _everybody(call) if "@all" in users else _addressed(call, users, parties, tags)
    if not found.users:
        raise ApiError(81013)
    return found


def _ids(joined: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in joined.split("|") if part.strip()))


def _check_counts(users: list[str], parties: list[str], tags: list[str]) -> None:
    if not (users or parties or tags):
        raise ApiError(82001)
    for ids, most, errcode in (
        (users, MOST_USERS, 40032),
        (parties, MOST_PARTIES, 82002),
        (tags, MOST_TAGS, 82003),
    ):
        if len(ids) > most:
            raise ApiError(errcode)


def _reach(call: Call) -> Callable[[str], bool]:
    """Tells whether an account in any case of letters gets messages of this app."""
    sees, users = call.world.eyes(call.app), call.world.users

    def reaches(account: str) -> bool:
        user = users.get(account.casefold())
        return user is not None and user.status == ACTIVE and sees(user)

    return reaches


def _everybody(call: Call) -> Receivers:
    return Receivers(list(filter(_reach(call), call.world.users)), [], [], [])


def _addressed(call: Call, users: list[str], parties: list[str], tags: list[str]) -> Receivers:
    reaches, world = _reach(call), call.world
    departments = {str(d) for d in world.visible_departments(call.app)}
    known_tags = {str(t) for t in world.tags}
    reached = [u.casefold() for u in users if reaches(u)]
    wanted = [int(p) for p in parties if p in departments]
    members = list(world.within(wanted)) if wanted else []
    members += [user for t in tags if t in known_tags for user in world.tagged(int(t))]
    reached += [m.userid.casefold() for m in members if reaches(m.userid)]
    return Receivers(
        users=list(dict.fromkeys(reached)),
        invalid_users=[u.lower() for u in users if not reaches(u)],
        invalid_parties=[p for p in parties if p not in departments],
        invalid_tags=[t for t in tags if t not in known_tags],
    )
