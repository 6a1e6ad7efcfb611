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
from bot.handlers import _standing
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
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
OLDER = "\n您后来又问过别的，现在回复编号指那一张；要用这一张，请再问一次。"
FAILED = "刚才问的没有统计出来，请再问一次；还不行请告诉管理员。"


def count(bot: Bot, now: datetime) -> list[Decision]:
    """One question that was put off; empty when there is none."""
    found = bot.database.attempt(lambda tx: claims.take_one(tx, KINDS, (TO_PEOPLE,), now, LEASE))
    return [_one(bot, claim, now) for claim in found]


def _one(bot: Bot, claim: Claim, now: datetime) -> Decision:
    if claim.tries > MOST_TRIES:
        return _given_up(bot, claim, now)
    with bot.database.reading() as tx:
        thought = _thought(tx, bot, claim.row, now)

    def write(tx: Transaction) -> None:
        if thought is not None:
            owed.put(tx, _answer(claim.row, _left(tx, bot, claim.row, *thought), now))
        claims.finish(tx, [claim], "done", now)

    bot.database.attempt(write)
    return _decision(claim.row, "统计好了" if thought else "名单里没有这个人", done=thought is not None)


def _given_up(bot: Bot, claim: Claim, now: datetime) -> Decision:
    """Whatever it is that breaks every worker, its asker hears of it."""

    def write(tx: Transaction) -> None:
        owed.put(tx, _answer(claim.row, Turn(FAILED), now))
        claims.finish(tx, [claim], "failed", now)

    bot.database.attempt(write)
    return _decision(claim.row, "没有统计出来", done=False)


def _decision(row: Owed, reason: str, done: bool) -> Decision:
    return Decision("deliver", row.person, "", "", "planned" if done else "skipped", reason)


def _thought(tx: Transaction, bot: Bot, row: Owed, now: datetime) -> tuple[Context, Turn] | None:
    who, standing = RosterView(tx).person(row.person), speakers.standing(tx, row.person)
    handler = bot.dispatcher.talk.handlers.get(str(row.body["handler"]))
    if who is None or handler is None:
        return None
    # An event, since nothing is said just now: what its owner has open stays untouched.
    message = Message("", "", row.key, "event", now, now, str(row.body["text"]))
    speaker = Speaker(who.id, who, standing.state if standing else {})
    ctx = bot.dispatcher.context(tx, message, speaker, at_leisure=True)
    return ctx, handler.begin(ctx, row.body["fields"])


def _left(tx: Transaction, bot: Bot, row: Owed, ctx: Context, turn: Turn) -> Turn:
    """The answer, its list put where its reader stands by now, under the lock of his conversation.

    A list that he was shown since he asked stays the one that his numbers mean.
    """
    speaker = speakers.find_person(tx, ctx.actor.id)
    if speaker is None:
        return turn
    there = replace(ctx, conversation=known(from_state(speaker.state), bot.dispatcher.talk.handlers))
    if _has_newer(there, row.created):
        return replace(turn, say=turn.say + OLDER) if turn.choices else turn
    speakers.leave(tx, speaker.key, to_state(after(there, turn)))
    return turn


def _has_newer(ctx: Context, asked: datetime) -> bool:
    kept = (ctx.conversation.listed, ctx.conversation.memory.get(_standing.MEMORY, {}).get("at", ""))
    return any(datetime.fromisoformat(at) > asked for at in kept if at)


def _answer(row: Owed, turn: Turn, now: datetime) -> list[Owed]:
    shown = presentable(turn)
    sheets = [
        owed.answer_to(row, f"sheet{n}", "file", {"name": one.name, "rows": one.rows}, now)
        for n, one in enumerate(shown.files, 1)
    ]
    return [owed.answer_to(row, "text", "text", {"text": shown.say}, now), *sheets]
