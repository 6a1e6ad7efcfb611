"""Whom the app can see, and what they are called (wecom §12, §16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.channels.base import ChannelError
from bot.channels.wecom.callbacks import fold
from bot.channels.wecom.client import Api
from bot.channels.wecom.errors import UNSEEN

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class VisibleRange:
    """可见范围: the members, departments and tags that the administrator gave to the app."""

    accounts: tuple[str, ...]
    departments: tuple[int, ...]
    tags: tuple[int, ...]


def visible_range(api: Api) -> VisibleRange:
    """As the administrator set it; departments and tags stand for their members."""
    answer = api.agent.get(api.app.agent_id)
    return VisibleRange(
        tuple(_account(row) for row in _rows(_part(answer, "allow_userinfos"), "user")),
        tuple(_numbers(_part(answer, "allow_partys"), "partyid")),
        tuple(_numbers(_part(answer, "allow_tags"), "tagid")),
    )


def names(api: Api) -> dict[str, str]:
    """Name by account, of everybody in the visible range; one call for each department, tag and single member."""
    seen = visible_range(api)
    tagged = [_allowed(partial(api.tag.get_users, tag)) for tag in seen.tags]
    departments = {*seen.departments, *_departments(api)}
    found: dict[str, str] = {}
    for tag in tagged:
        departments.update(_numbers(tag, "partylist"))
        found |= _named(_rows(tag, "userlist"))
    for department in sorted(departments):
        found |= _named(_members(api, department))
    known = {fold(account) for account in found}
    single = (account for account in seen.accounts if fold(account) not in known)
    return found | _named(_allowed(partial(api.user.get, who)) for who in single)


def callback_addresses(api: Api) -> tuple[str, ...]:
    """From where WeCom calls us: addresses, some ending in a star (wecom §3.11)."""
    addresses = api.get("getcallbackip").get("ip_list")
    return tuple(map(str, addresses)) if isinstance(addresses, list) else ()


def _departments(api: Api) -> list[int]:
    """The list holds the departments below as well; an app for single members sees none."""
    rows = _rows(_allowed(partial(api.get, "department/list")), "department")
    return [row["id"] for row in rows if isinstance(row.get("id"), int)]


def _members(api: Api, department: int) -> list[Answer]:
    params = {"department_id": department}
    return _rows(_allowed(partial(api.get, "user/simplelist", params=params)), "userlist")


def _allowed(call: Callable[[], Answer]) -> Answer:
    """The answer, or nothing where the app may not look; raises every other ChannelError."""
    try:
        return call()
    except ChannelError as error:
        if error.code in UNSEEN:
            return {}
        raise


def _named(rows: Iterable[Answer]) -> dict[str, str]:
    return {_account(row): str(row.get("name", "")) for row in rows if _account(row)}


def _account(row: Answer) -> str:
    return str(row.get("userid") or "")


def _part(answer: Answer, name: str) -> Answer:
    part = answer.get(name)
    return part if isinstance(part, dict) else {}


def _rows(answer: Answer, name: str) -> list[Answer]:
    rows = answer.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _numbers(answer: Answer, name: str) -> list[int]:
    numbers = answer.get(name)
    return [number for number in numbers if isinstance(number, int)] if isinstance(numbers, list) else []
