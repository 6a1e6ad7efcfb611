"""Whose unfinished commitments lie with another branch than the one they belong to today (R-230)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from domain.commitments import Commitment
from domain.people import Membership
from domain.transfers import FOLLOWING
from storage import models
from storage.db import Transaction


def displaced(tx: Transaction, day: date) -> list[str]:
    """The people, in one statement; in the order of 编号."""
    item, bond = models.table(Commitment).c, models.table(Membership).c
    on = day.isoformat()
    query = (
        select(item.owner)
        .join(models.table(Membership), bond.person == item.owner)
        .where(item.owner_type == "person", item.state.in_([str(state) for state in FOLLOWING]))
        .where(bond.start <= on, or_(bond.end.is_(None), bond.end >= on), bond.org != item.org)
    )
    return sorted(set(tx.connection.execute(query).scalars()))
