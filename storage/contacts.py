"""Accounts of people on the roads, read in bulk."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from domain.contacts import Contact, folded
from storage import models
from storage.db import Transaction


def of_account(tx: Transaction, channel: str, account: str) -> Contact | None:
    """The binding of an account."""
    c = models.table(Contact).c
    found = models.find(tx, Contact, c.channel == channel, c.account == folded(account), limit=1)
    return found[0] if found else None


def person_of(tx: Transaction, channel: str, account: str) -> str | None:
    """Who is behind an account."""
    found = of_account(tx, channel, account)
    return found.person if found else None


def accounts_of(tx: Transaction, channel: str, people: Collection[str]) -> dict[str, str]:
    """The account, as the platform wrote it, of each of these people who has one on this road."""
    c = models.table(Contact).c
    rows = tx.connection.execute(
        select(c.person, c.shown).where(c.channel == channel, c.person.in_(people)).order_by(c.account)
    )
    return {row.person: row.shown for row in rows}


def bound(tx: Transaction, channel: str) -> list[Contact]:
    """Every binding on a road."""
    return models.find(tx, Contact, models.table(Contact).c.channel == channel)
