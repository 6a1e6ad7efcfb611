"""解卡: puts somebody's open draft aside because his 书记 asked for it, under the lock of his own conversation.

There is nothing to call, so all of it is one transaction: done once, or not at all and again.
"""

from __future__ import annotations

from datetime import datetime

from bot import texts
from bot.decisions import Action, Decision
from bot.engine import beside
from bot.engine.state import Draft, from_state, put_aside, to_state
from bot.parts import Bot
from bot.roads import TO_PEOPLE
from domain.access import was_freed
from domain.authority import may
from domain.entries import SYSTEM, Stamp
from domain.people import Person
from storage import claims, ledger, owed, speakers
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView
from storage.speakers import Speaker

KINDS = ("free",)


def free(bot: Bot, now: datetime) -> list[Decision]:
    """Everybody whom somebody asked to free."""
    decisions: list[Decision] = []
    while some := free_some(bot, now):
        decisions += some
    return decisions


def free_some(bot: Bot, now: datetime) -> list[Decision]:
    """One of them; empty when there is none. Any number of workers may do this at once."""
    return bot.database.attempt(lambda tx: _one(tx, bot, now))


def _one(tx: Transaction, bot: Bot, now: datetime) -> list[Decision]:
    found = claims.due(tx, KINDS, (TO_PEOPLE,), now, 1)
    return [_free(tx, bot, claim.row, now) for claim in found]


def _free(tx: Transaction, bot: Bot, row: Owed, now: datetime) -> Decision:
    roster = RosterView(tx)
    speaker, by = speakers.find_person(tx, row.person), roster.person(str(row.body["by"]))
    claims.settle(tx, [row.key], "done", "", now)
    if speaker is None or speaker.person is None or by is None:
        return _decision(row, "skipped", "名单里没有这个人")
    home = roster.branch_of(row.person, now.date())
    if not may(roster, by, "free", home.id if home else "", now.date()).allowed:
        return _decision(row, "skipped", "交代的人现在不管这个支部")
    draft = from_state(speaker.state).draft
    if draft is None or _is_younger(draft, row):
        owed.put(tx, [_news(row, by.id, texts.not_stuck(speaker.person.name), now)])
        return _decision(row, "skipped", "没有办到一半的事")
    _put_aside(tx, speaker, draft, now)
    _write(tx, row, speaker.person, now)
    owed.put(tx, _told(bot, row, speaker.person, by, draft, now))
    return _decision(row, "planned", "已解卡")


def _is_younger(draft: Draft, row: Owed) -> bool:
    """Whether it was begun after somebody asked: then it is not what he was stuck with."""
    asked = datetime.fromisoformat(str(row.body["at"]))
    return bool(draft.started) and datetime.fromisoformat(draft.started) > asked


def _put_aside(tx: Transaction, speaker: Speaker, draft: Draft, now: datetime) -> None:
    conversation = put_aside(from_state(speaker.state), beside.closed(draft), now)
    speakers.save(tx, speaker.key, to_state(conversation), now)


def _write(tx: Transaction, row: Owed, person: Person, now: datetime) -> None:
    branch = RosterView(tx).branch_of(person.id, now.date())
    entry = was_freed(person, branch, str(row.body["by"]), str(row.body["capacity"]))
    ledger.append(tx, [entry], Stamp(SYSTEM, now, now, {"channel": "system"}))


def _told(bot: Bot, row: Owed, person: Person, by: Person, draft: Draft, now: datetime) -> list[Owed]:
    handler = bot.dispatcher.talk.handlers.get(draft.handler)
    words = texts.freed(by.name, handler.title if handler else "", not draft.is_leavable)
    return [
        _news(row, person.id, words, now),
        _news(row, by.id, texts.freed_receipt(person.name), now),
    ]


def _news(row: Owed, person: str, words: str, now: datetime) -> Owed:
    return Owed(f"freed|{row.key}|{person}", "text", {"text": words}, now, now, person)


def _decision(row: Owed, action: Action, reason: str) -> Decision:
    return Decision("deliver", row.person, "", "", action, reason)
