"""What was asked about more units than a message may wait for: a worker plays the question and sends its answer.

Counting only reads, as of one moment and holding nobody up; the answer then leaves its list behind for 催 1 3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.decisions import Decision
from bot.dispatcher import presentable
from bot.engine.state import from_state, known, to_state
from bot.engine.talk import after
from bot.engine.turn import Context, Turn
from bot.messages import Message
from bot.parts import Bot
from bot.roads import TO_PEOPLE
from storage import claims, owed, speakers
from storage.claims import Claim
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView
from storage.speakers import Speaker

KINDS = ("ask",)
LEASE = timedelta(minutes=10)


def count(bot: Bot, now: datetime) -> list[Decision]:
    """One question that was put off; empty when there is none."""
    found = bot.database.attempt(lambda tx: claims.take_one(tx, KINDS, (TO_PEOPLE,), now, LEASE))
    return [_one(bot, claim, now) for claim in found]


def _one(bot: Bot, claim: Claim, now: datetime) -> Decision:
    with bot.database.reading() as tx:
        thought = _thought(tx, bot, claim.row, now)

    def write(tx: Transaction) -> None:
        if thought is not None:
            _leave(tx, bot, *thought, now)
            owed.put(tx, _answer(claim.row, thought[1], now))
        claims.finish(tx, [claim], "done", now)

    bot.database.attempt(write)
    reason = "统计好了" if thought else "名单里没有这个人"
    return Decision("deliver", claim.row.person, "", "", "planned" if thought else "skipped", reason)


def _thought(tx: Transaction, bot: Bot, row: Owed, now: datetime) -> tuple[Context, Turn] | None:
    who, standing = RosterView(tx).person(row.person), speakers.standing(tx, row.person)
    handler = bot.dispatcher.talk.handlers.get(str(row.body["handler"]))
    if who is None or handler is None:
        return None
    # An event, since nothing is said just now: what its owner has open stays untouched.
    message = Message("", "", row.key, "event", now, now, str(row.body["text"]))
    speaker = Speaker(who.id, who, standing.state if standing else {})
    ctx = replace(bot.dispatcher.context(tx, message, speaker), at_leisure=True)
    return ctx, presentable(handler.begin(ctx, row.body["fields"]))


def _leave(tx: Transaction, bot: Bot, ctx: Context, turn: Turn, now: datetime) -> None:
    """Put the answer's list where its reader stands by now, under the lock of his conversation."""
    speaker = speakers.find_person(tx, ctx.actor.id)
    if speaker is None:
        return
    there = replace(ctx, conversation=known(from_state(speaker.state), bot.dispatcher.talk.handlers))
    if there.conversation.draft is not None:
        # While a question is open its answer owns the digits.
        turn = replace(turn, choices=(), shows={})
    speakers.save(tx, speaker.key, to_state(after(there, turn)), now)


def _answer(row: Owed, turn: Turn, now: datetime) -> list[Owed]:
    # The key begins like that of every answer, so that 停发 does not keep it back.
    key = f"file|{row.key}"
    text = Owed(f"{key}|text", "text", {"text": turn.say}, now, now, row.person)
    sheets = [
        Owed(f"{key}|{n}", "file", {"name": one.name, "rows": one.rows}, now, now, row.person)
        for n, one in enumerate(turn.files, 1)
    ]
    return [text, *sheets]
