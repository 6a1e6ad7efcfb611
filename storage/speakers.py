"""Who is speaking and where their conversation stands: one row a speaker, and the lock of a turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.contacts import Contact, folded
from domain.people import Membership, Person
from storage import models
from storage.codec import moment, to_json
from storage.db import Transaction
from storage.prepared import Prepared
from storage.roster_questions import SHOWN, to_person
from storage.tables import conversation, person


@dataclass(frozen=True, slots=True)
class Speaker:
    """`key` names the conversation: the 编号 of somebody known, `channel:account` of a stranger."""

    key: str
    person: Person | None
    state: dict[str, Any]


def _known(by: Any) -> Any:
    contact = models.table(Contact)
    source = person.join(contact, contact.c.person == person.c.id, isouter=True)
    source = source.join(conversation, conversation.c.speaker == person.c.id, isouter=True)
    return select(*SHOWN, conversation.c.state).select_from(source).where(by).limit(1)


_contact = models.table(Contact).c
_BY_ACCOUNT = Prepared(
    _known(and_(_contact.channel == bindparam("channel_"), _contact.account == bindparam("account_")))
)
_BY_ID = Prepared(_known(person.c.id == bindparam("id_")))
_STATE = Prepared(select(conversation.c.state).where(conversation.c.speaker == bindparam("key_")))


def _taking(whose: Any) -> Prepared:
    """Find and lock in one statement, since each is a way to PostgreSQL and back."""
    fresh = select(whose.label("speaker"), literal("{}").label("state"), literal("").label("touched"))
    statement = postgresql.insert(conversation).from_select(["speaker", "state", "touched"], fresh)
    # Touching the row takes its lock whether it is new or not, and gives back its latest state.
    touched = statement.on_conflict_do_update(
        index_elements=["speaker"], set_={"speaker": statement.excluded.speaker}
    )
    taken = touched.returning(conversation.c.speaker, conversation.c.state).cte("taken")
    source = taken.join(person, person.c.id == taken.c.speaker, isouter=True)
    return Prepared(select(*SHOWN, taken.c.state, taken.c.speaker).select_from(source))


_account = select(_contact.person).where(
    _contact.channel == bindparam("channel_"), _contact.account == bindparam("account_")
)
_TAKE = _taking(func.coalesce(_account.scalar_subquery(), bindparam("stranger")))
_TAKE_PERSON = _taking(bindparam("id_"))


def find(tx: Transaction, channel: str, account: str) -> Speaker:
    """The speaker behind an account of a road, locked for this turn."""
    account_, stranger = folded(account), f"{channel}:{folded(account)}"
    if tx.is_postgresql:
        row = _TAKE.run(tx.connection, channel_=channel, account_=account_, stranger=stranger).first()
        return _taken(row or ())
    row = _BY_ACCOUNT.run(tx.connection, channel_=channel, account_=account_).first()
    if row is not None:
        return _known_speaker(row)
    state = _STATE.run(tx.connection, key_=stranger).scalar()
    return Speaker(stranger, None, json.loads(state) if state else {})


def find_person(tx: Transaction, id: str) -> Speaker | None:
    """Somebody of the roster by 编号, without any account; for commands on the machine itself."""
    row = _BY_ID.run(tx.connection, id_=id).first()
    if row is None or not tx.is_postgresql:
        return _known_speaker(row) if row else None
    return _taken(_TAKE_PERSON.run(tx.connection, id_=id).first() or ())


def _known_speaker(row: Sequence[Any]) -> Speaker:
    return Speaker(row[0], to_person(row), json.loads(row[7]) if row[7] else {})


def _taken(row: Sequence[Any]) -> Speaker:
    who = to_person(row) if row[0] is not None else None
    return Speaker(row[8], who, json.loads(row[7]))


def _saving(make: Any) -> Prepared:
    statement = make(conversation)
    changed = {"state": statement.excluded.state, "touched": statement.excluded.touched}
    return Prepared(statement.on_conflict_do_update(index_elements=["speaker"], set_=changed))


_SAVE = {"sqlite": _saving(sqlite.insert), "postgresql": _saving(postgresql.insert)}


def save(tx: Transaction, key: str, state: dict[str, Any], now: datetime) -> None:
    """Keep where the conversation stands."""
    post = _SAVE[tx.connection.dialect.name].post
    post(tx.connection, speaker=key, state=to_json(state), touched=moment(now))


def leave(tx: Transaction, key: str, state: dict[str, Any]) -> None:
    """Put something into a conversation of which its owner said nothing just now: it stays as old as it was."""
    c = conversation.c
    tx.connection.execute(update(conversation).where(c.speaker == key).values(state=to_json(state)))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody's conversation stands and since when; `org` is the organisation he belongs to."""

    person: str
    org: str
    state: dict[str, Any]
    touched: datetime


def fell_silent(tx: Transaction, since: datetime, until: datetime, day: date) -> list[Standing]:
    """Everybody of the roster who left a draft open and last spoke after `since` and until `until`."""
    c, bond = conversation.c, models.table(Membership)
    on = day.isoformat()
    belongs = (bond.c.start <= on, or_(bond.c.end.is_(None), bond.c.end >= on))
    source = conversation.join(bond, and_(bond.c.person == c.speaker, *belongs))
    silent = (c.touched > moment(since), c.touched <= moment(until), c.state.contains('"draft":'))
    query = select(c.speaker, bond.c.org, c.state, c.touched).select_from(source).where(*silent)
    return [_standing(*row) for row in tx.connection.execute(query.order_by(c.touched, c.speaker))]


def standing(tx: Transaction, person: str) -> Standing | None:
    """One person's conversation as it is now, not locked; None for who never spoke."""
    c = conversation.c
    query = select(c.speaker, c.state, c.touched).where(c.speaker == person, c.touched != "")
    row = tx.connection.execute(query).first()
    return _standing(row[0], "", *row[1:]) if row else None


def _standing(person: str, org: str, state: str, touched: str) -> Standing:
    return Standing(person, org, json.loads(state), datetime.fromisoformat(touched))
