"""Tells the secretary of a branch, once, that one of her people does not get our messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.people import Person, RoleKind
from storage import owed
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView


def tell(tx: Transaction, accounts: Mapping[str, str], now: datetime) -> None:
    """`accounts` are those that could not be reached, by 编号."""
    roster = RosterView(tx)
    known = roster.people(list(accounts))
    rows = [_row(roster, person, accounts[person.id], now) for person in known.values()]
    owed.put(tx, [row for row in rows if row is not None])


def _row(roster: RosterView, person: Person, account: str, now: datetime) -> Owed | None:
    receiver = _responsible(roster, person, now)
    if receiver is None:
        return None
    text = (
        f"{person.name}（{person.id}）收不到我的消息：账号“{account}”在企业微信里找不到，或不在应用的可见范围内。"
        "请核对账号；账号没错的话，请管理员把他加入可见范围。"
    )
    return Owed(f"unreachable|{person.id}|{account}", "text", {"text": text}, now, now, person=receiver)


def _responsible(roster: RosterView, person: Person, now: datetime) -> str | None:
    """The branch's secretary, or an administrator when it is the secretary herself or there is none."""
    branch = roster.branch_of(person.id, now.date())
    everywhere = [org.id for org in roster.orgs()]
    holders = [
        *(roster.holders(RoleKind.SECRETARY, [branch.id], now.date()) if branch else ()),
        *roster.holders(RoleKind.ADMIN, everywhere, now.date()),
    ]
    return next((role.person for role in holders if role.person != person.id), None)
